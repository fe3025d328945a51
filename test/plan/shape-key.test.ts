import { describe, expect, it } from 'vitest'
import { queryKey, whereKey } from '../../src/plan/shape-key.js'
import { id, library } from './graphs.js'
import { errorOf, modelOf, parse } from './support.js'

const book = modelOf(library, 'book')

/** Key and values of a query on books. */
function shape(query: unknown): { readonly key: string; readonly values: unknown[] } {
  const values: unknown[] = []
  return { key: queryKey(query, book, values), values }
}

const sameKey = (a: unknown, b: unknown): boolean => shape(a).key === shape(b).key

describe('R36: the plan key of a query', () => {
  it('leaves values out, and lists them in the order of the query', () => {
    const when = new Date(0)
    const first = shape({ where: { title: 'a', pages: { $gt: 1 }, printed: when }, limit: 5, offset: 2 })
    const second = shape({
      where: { title: 'b', pages: { $gt: 20 }, printed: new Date(9) },
      limit: 1,
      offset: 0,
    })
    expect(first.key).toBe(second.key)
    expect(first.values).toEqual(['a', 1, when, 5, 2])
  })

  it('holds names, operators, options and their order', () => {
    expect(sameKey({ where: { title: 'a' } }, { where: { state: 'a' } })).toBe(false)
    expect(sameKey({ where: { pages: { $gt: 1 } } }, { where: { pages: { $gte: 1 } } })).toBe(false)
    expect(sameKey({ limit: 1, offset: 2 }, { offset: 1, limit: 2 })).toBe(false)
    expect(sameKey({ select: ['title'] }, { select: ['pages'] })).toBe(false)
    expect(sameKey({ select: ['title'] }, { omit: ['title'] })).toBe(false)
    expect(sameKey({ orderBy: { title: 'asc' } }, { orderBy: { title: 'desc' } })).toBe(false)
    expect(sameKey({ deleted: 'only' }, { deleted: 'include' })).toBe(false)
    expect(sameKey({ populate: { author: true } }, { populate: { author: {} } })).toBe(false)
    expect(sameKey({ populate: { author: true } }, { count: { lists: true } })).toBe(false)
  })

  it('tells null from a value, because null is another statement', () => {
    expect(sameKey({ where: { pages: null } }, { where: { pages: 1 } })).toBe(false)
    expect(shape({ where: { pages: null } }).values).toEqual([])
  })

  it('takes a list of values as one value, and notes whether null is among them', () => {
    const list = [1, 2, 3]
    expect(shape({ where: { pages: { $in: list } } }).values).toEqual([list])
    expect(sameKey({ where: { pages: { $in: [1] } } }, { where: { pages: { $in: [1, 2, 3] } } })).toBe(true)
    expect(sameKey({ where: { pages: { $in: [1] } } }, { where: { pages: { $in: [1, null] } } })).toBe(false)
  })

  it('takes a JSON value as one value, whatever is in it', () => {
    const meta = { a: [1, { b: null }], $: undefined }
    expect(shape({ where: { meta: { $eq: meta } } }).values).toEqual([meta])
    expect(shape({ where: { meta: { a: { b: 1 } } } }).values).toEqual([{ a: { b: 1 } }])
    expect(sameKey({ where: { meta: { a: 1 } } }, { where: { meta: { b: [2] } } })).toBe(true)
    expect(shape({ where: { lists: { $some: { $link: { info: { deep: {} } } } } } }).values).toEqual([
      { deep: {} },
    ])
  })

  it('holds $exists, but no other boolean', () => {
    expect(sameKey({ where: { pages: { $exists: true } } }, { where: { pages: { $exists: false } } })).toBe(
      false,
    )
    expect(sameKey({ where: { lent: true } }, { where: { lent: false } })).toBe(true)
  })

  it('leaves out what is undefined', () => {
    expect(
      sameKey({ where: { pages: undefined, title: 'a' }, limit: undefined }, { where: { title: 'b' } }),
    ).toBe(true)
  })

  it('holds that there is a signal or a cursor, which is not for every call, but not which', () => {
    expect(sameKey({ signal: AbortSignal.abort() }, { signal: new AbortController().signal })).toBe(true)
    expect(sameKey({ after: 'a' }, {})).toBe(false)
  })

  it('lists values of nested nodes where they stand', () => {
    const { values } = shape({
      populate: {
        author: { where: { name: 'x' }, populate: { books: { limit: 3, where: { pages: 7 } } } },
        lists: { offset: 1, where: { $link: { rank: 2 } } },
        chapters: { by: { where: { name: 'y' } } },
      },
      count: { lists: { where: { name: 'z' } } },
    })
    expect(values).toEqual(['x', 3, 7, 1, 2, 'y', 'z'])
  })

  it('is never that of another shape, however names are chosen', () => {
    const mark = String.fromCharCode(3)
    expect(sameKey({ where: { [`title${mark}pages`]: 1 } }, { where: { title: 'a', pages: 1 } })).toBe(false)
    expect(errorOf(() => parse(library, 'book', { where: { [`title${mark}pages`]: 1 } })).code).toBe(
      'KIN_UNKNOWN_FIELD',
    )
    expect(sameKey({ deleted: 'onlylimit' }, { deleted: 'only', limit: 1 })).toBe(false)
    expect(sameKey({ where: { title: { $in: 'ab' } } }, { where: { title: { $in: ['a', 'b'] } } })).toBe(
      false,
    )
  })

  it('refuses what is nested without end', () => {
    const cycle: Record<string, unknown> = {}
    cycle['$not'] = cycle
    const error = errorOf(() => whereKey(cycle, book, []))
    expect(error.code).toBe('KIN_INVALID_QUERY')
    expect(error.message).toBe('The query is nested more than 40 levels deep.')
    const tree: Record<string, unknown> = {}
    tree['author'] = { populate: { books: { populate: tree } } }
    expect(errorOf(() => shape({ populate: tree })).code).toBe('KIN_INVALID_QUERY')
    const order: Record<string, unknown> = {}
    order['author'] = order
    expect(errorOf(() => shape({ orderBy: order })).code).toBe('KIN_INVALID_QUERY')
  })

  it('takes __proto__ for a name like any other', () => {
    const where: unknown = JSON.parse('{ "__proto__": { "title": "a" } }')
    const error = errorOf(() => parse(library, 'book', { where }))
    expect(error.code).toBe('KIN_UNKNOWN_FIELD')
    expect(error.path).toBe('where.__proto__')
  })

  it('agrees with the parser on the values, for queries that use everything', () => {
    const everything = {
      where: {
        $or: [
          { title: { $like: 'a%' } },
          { $and: [{ pages: { $in: [1, null] } }, { $not: { lent: true } }] },
        ],
        meta: { $ne: { a: 1 } },
        notes: { $contains: 'x', $size: { $gte: 2 } },
        origin: { city: 'Rome', country: { name: 'Italy' } },
        chapters: { $some: { by: { name: 'n' }, marks: { $contains: 4 } }, $size: 3 },
        readers: { $some: id(1), $none: { name: 'b' } },
        author: { $ne: id(2), mentor: { name: 'm' } },
        tags: { $contains: id(3), $every: { text: 't' } },
        lists: { $some: { name: 'l', $link: { rank: { $lt: 9 }, info: { $eq: { z: 1 } } } } },
      },
      limit: 10,
      orderBy: [{ author: { name: 'asc' } }, { tags: { $size: 'desc' }, origin: { city: 'asc' } }],
      populate: { lists: { where: { $link: { rank: 1 } }, orderBy: { $link: { rank: 'desc' } }, limit: 2 } },
      offset: 4,
    }
    const { values } = parse(library, 'book', everything)
    expect(values).toEqual([
      'a%',
      [1],
      true,
      { a: 1 },
      'x',
      2,
      'Rome',
      'Italy',
      'n',
      4,
      3,
      id(1),
      'b',
      id(2),
      'm',
      id(3),
      't',
      'l',
      9,
      { z: 1 },
      10,
      1,
      2,
      4,
    ])
  })
})
