import { describe, expect, it } from 'vitest'
import type { Cursor } from '../../../src/testing/oracle/index.js'
import { idsOf, refusal } from './fixture.js'
import { shop } from './shop.js'

describe('order, limit and offset', () => {
  it.each([
    ['R9: ascending id unless ordered', undefined, 'p1 p2 p3 p4 p6'],
    ['R9: null is the smallest', { likes: 'asc' }, 'p2 p3 p4 p1 p6'],
    ['descending', { likes: 'desc' }, 'p6 p1 p4 p3 p2'],
    ['R9: a list of orders', [{ author: 'desc' }, { name: 'asc' }], 'p4 p2 p1 p3 p6'],
    [
      'R9: a hidden or missing to-one sorts as null, then by id',
      { author: { name: 'asc' } },
      'p4 p6 p2 p1 p3',
    ],
    ['a reference sorts by its raw id', { author: 'asc' }, 'p6 p1 p3 p2 p4'],
    ['through a to-one and an inverse to-one', { author: { profile: { name: 'desc' } } }, 'p1 p3 p2 p4 p6'],
    ['by the number of live targets', [{ tags: { $size: 'desc' } }, { name: 'asc' }], 'p1 p4 p6 p3 p2'],
  ])('%s', (_title, orderBy, ids) => {
    expect(idsOf(shop().oracle.model('post').find({ orderBy })).join(' ')).toBe(ids)
  })

  it('limit and offset come after the order', () => {
    const posts = shop().oracle.model('post')
    expect(idsOf(posts.find({ orderBy: { likes: 'desc' }, offset: 1, limit: 2 }))).toEqual(['p1', 'p4'])
    expect(posts.find({ limit: 0 })).toEqual([])
  })

  it.each([
    ['a negative limit', { limit: -1 }, 'KIN_INVALID_VALUE'],
    ['a direction that is none', { orderBy: { name: 'up' } }, 'KIN_INVALID_QUERY'],
    ['an order by an unknown field', { orderBy: { nam: 'asc' } }, 'KIN_UNKNOWN_FIELD'],
    ['an unknown option', { wher: {} }, 'KIN_UNKNOWN_OPTION'],
    ["'inherit' at the root", { deleted: 'inherit' }, 'KIN_INVALID_QUERY'],
  ] as const)('refuses %s', (_title, query, code) => {
    const { oracle } = shop()
    expect(refusal(oracle, () => oracle.model('post').find(query))).toBe(code)
  })
})

describe('findPage', () => {
  it.each([
    ['by id', {}],
    ['by a field with ties and nulls', { orderBy: { likes: 'desc' }, deleted: 'include' }],
    ['through an association', { orderBy: { author: { name: 'asc' } }, where: { name: { $ne: 'two' } } }],
  ])('R11: walking all pages is find, forwards and backwards, %s', (_title, query) => {
    const posts = shop().oracle.model('post')
    for (const limit of [1, 2, 3]) {
      const walked: string[] = []
      let page = posts.findPage({ ...query, limit, total: true })
      walked.push(...(idsOf(page.records) as string[]))
      while (page.next !== null) {
        expect(page.hasNext).toBe(true)
        page = posts.findPage({ ...query, limit, after: page.next })
        walked.push(...(idsOf(page.records) as string[]))
      }
      expect(walked).toEqual(idsOf(posts.find(query)))
      const back: string[] = idsOf(page.records) as string[]
      while (page.previous !== null) {
        page = posts.findPage({ ...query, limit, after: page.previous })
        back.unshift(...(idsOf(page.records) as string[]))
      }
      expect(back).toEqual(walked)
    }
  })

  it('by offset, with totals', () => {
    const page = shop().oracle.model('post').findPage({ offset: 2, limit: 2, total: true })
    expect({ ...page, records: idsOf(page.records), next: null, previous: null }).toEqual({
      records: ['p3', 'p4'],
      next: null,
      previous: null,
      hasNext: true,
      total: 5,
      page: 2,
      pages: 3,
    })
  })

  it('R11: a cursor belongs to its query, and $size pages by offset only', () => {
    const { oracle } = shop()
    const posts = oracle.model('post')
    const { next } = posts.findPage({ limit: 1 })
    const bySize = { orderBy: { tags: { $size: 'asc' } }, limit: 1 }
    expect(refusal(oracle, () => posts.findPage({ limit: 1, after: next, orderBy: { name: 'asc' } }))).toBe(
      'KIN_INVALID_CURSOR',
    )
    expect(refusal(oracle, () => posts.findPage({ after: 'nonsense' }))).toBe('KIN_INVALID_CURSOR')
    expect(posts.findPage(bySize).next).toBeNull()
    expect(posts.findPage(bySize).hasNext).toBe(true)
    const cursor: Cursor = { query: '', values: [], back: false }
    expect(refusal(oracle, () => posts.findPage({ ...bySize, after: cursor }))).toBe('KIN_INVALID_QUERY')
  })
})

describe('what a record shows', () => {
  it('R20: raw ids, hidden targets included; every other end only when populated', () => {
    expect(shop().oracle.model('post').findById('p1')).toEqual({
      id: 'p1',
      name: 'one',
      likes: 3,
      author: 'u1',
      tags: ['t3', 't1', 't2'],
      labels: ['t1', 't3'],
      deletedAt: null,
    })
  })

  it('R34: a hidden field is shown when it is revealed, and may be filtered on', () => {
    const { oracle } = shop()
    const users = oracle.model('user')
    expect(users.findById('u1')).toEqual({ id: 'u1', name: 'Zoe', deletedAt: null })
    expect(users.findById('u1', { select: ['name'], reveal: ['password'] })).toEqual({
      name: 'Zoe',
      password: 'secret',
    })
    expect(idsOf(users.find({ where: { password: 'secret' } }))).toEqual(['u1'])
    expect(refusal(oracle, () => users.find({ select: ['password'] }))).toBe('KIN_INVALID_QUERY')
  })

  it('select shows exactly the named fields and what is populated; omit removes', () => {
    const { oracle } = shop()
    const posts = oracle.model('post')
    expect(posts.findById('p1', { select: ['name'], populate: { author: { select: ['name'] } } })).toEqual({
      name: 'one',
      author: { name: 'Zoe' },
    })
    expect(posts.findById('p1', { omit: ['tags', 'labels', 'likes', 'deletedAt'] })).toEqual({
      id: 'p1',
      name: 'one',
      author: 'u1',
    })
    expect(refusal(oracle, () => posts.find({ select: ['name'], omit: ['id'] }))).toBe('KIN_INVALID_QUERY')
    expect(refusal(oracle, () => posts.find({ select: ['nam'] }))).toBe('KIN_UNKNOWN_FIELD')
  })

  it('R37: what is absent or hidden is null', () => {
    const { oracle } = shop()
    expect(oracle.model('user').findById('nobody')).toBeNull()
    expect(oracle.model('user').findById('u3')).toBeNull()
    expect(oracle.model('user').findById('u3', { deleted: 'include' })).toMatchObject({ id: 'u3' })
    expect(oracle.model('user').findOne({ where: { name: 'Nobody' } })).toBeNull()
    expect(refusal(oracle, () => oracle.model('user').findById('u1', { where: {} }))).toBe(
      'KIN_UNKNOWN_OPTION',
    )
  })

  it('count and exists see what find sees', () => {
    const posts = shop().oracle.model('post')
    expect(posts.count()).toBe(5)
    expect(posts.count({ deleted: 'only' })).toBe(1)
    expect(posts.count({ where: { author: 'u1' }, deleted: 'include' })).toBe(3)
    expect(posts.exists({ where: { likes: 100 } })).toBe(false)
  })

  it('results are copies', () => {
    const { oracle } = shop()
    const [first] = oracle.model('cart').find()
    const items = first?.['items'] as unknown[]
    items.pop()
    expect(oracle.model('cart').count({ where: { items: { $size: 2 } } })).toBe(1)
  })
})
