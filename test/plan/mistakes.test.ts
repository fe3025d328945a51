import { describe, expect, it } from 'vitest'
import { narrow } from '../../src/plan/scopes.js'
import { unrestricted } from '../../src/plan/visibility.js'
import { id, library } from './graphs.js'
import { errorOf, parse } from './support.js'

/** What is said of a query on books. */
function mistake(query: unknown, model = 'book') {
  const { code, message, path, hint } = errorOf(() => parse(library, model, query))
  return { code, message, path, hint }
}

describe('lists', () => {
  it('a filter of the targets without $some, $every or $none', () => {
    expect(mistake({ where: { tags: { text: 'a' } } })).toEqual({
      code: 'KIN_INVALID_QUERY',
      message: 'The to-many end "tags" leads to many records, and "text" is of each of them.',
      path: 'where.tags.text',
      hint: 'Say how many have to match: { $some: { text: … } }, { $every: … } or { $none: … }.',
    })
    expect(mistake({ where: { tags: { $not: { txet: 'a' } } } })).toMatchObject({
      code: 'KIN_UNKNOWN_OPERATOR',
      path: 'where.tags.$not.txet',
    })
  })
})

describe('misspelt names', () => {
  it('an option', () => {
    expect(mistake({ wher: {} })).toEqual({
      code: 'KIN_UNKNOWN_OPTION',
      message: 'There is no option "wher" in "find". Did you mean "where"?',
      path: 'wher',
      hint: 'Known here: where, orderBy, limit, offset, select, omit, reveal, populate, count, deleted, strategy, after, signal.',
    })
  })

  it('a field, at any depth', () => {
    expect(mistake({ where: { titel: 'a' } })).toMatchObject({
      code: 'KIN_UNKNOWN_FIELD',
      message: 'There is no field "titel" in model "book". Did you mean "title"?',
      path: 'where.titel',
    })
    expect(mistake({ where: { $or: [{ title: 'a' }, { author: { nmae: 'x' } }] } })).toMatchObject({
      message: 'There is no field "nmae" in model "author". Did you mean "name"?',
      path: 'where.$or[1].author.nmae',
    })
    expect(mistake({ where: { origin: { town: 'x' } } })).toMatchObject({
      message: 'There is no field "town" in "origin".',
      path: 'where.origin.town',
      hint: 'Known here: city, country, secret.',
    })
    expect(mistake({ where: { chapters: { $some: { line: 1 } } } })).toMatchObject({
      message: 'There is no field "line" in the elements of "chapters". Did you mean "lines"?',
      path: 'where.chapters.$some.line',
    })
    expect(mistake({ where: { lists: { $some: { $link: { rnk: 1 } } } } })).toMatchObject({
      message: 'There is no field "rnk" in the payload of "book.lists". Did you mean "rank"?',
      path: 'where.lists.$some.$link.rnk',
    })
  })

  it('an operator', () => {
    expect(mistake({ where: { title: { $lik: 'a' } } })).toMatchObject({
      code: 'KIN_UNKNOWN_OPERATOR',
      message: 'There is no operator "$lik" in field "title" (string). Did you mean "$like" or "$ilike"?',
      path: 'where.title.$lik',
    })
    expect(mistake({ where: { tags: { $any: {} } } })).toMatchObject({
      code: 'KIN_UNKNOWN_OPERATOR',
      path: 'where.tags.$any',
      hint: 'Known here: $some, $every, $none, $size, $not, $contains.',
    })
    expect(mistake({ where: { $nto: {} } })).toMatchObject({
      message: 'There is no operator "$nto" in model "book". Did you mean "$not"?',
    })
    expect(mistake({ where: { title: { gt: 'a' } } })).toMatchObject({
      message: 'There is no operator "gt" in field "title" (string). Did you mean "$gt"?',
    })
  })

  it('the words of other libraries', () => {
    const guess = (query: object) => /Did you mean "(\w+)"/.exec(mistake(query).message)?.[1]
    expect(guess({ include: { author: true } })).toBe('populate')
    expect(guess({ attributes: ['title'] })).toBe('select')
    expect(guess({ sort: { title: 'asc' } })).toBe('orderBy')
    expect(guess({ skip: 3 })).toBe('offset')
    expect(guess({ take: 3 })).toBe('limit')
  })

  it('an association', () => {
    expect(mistake({ populate: { auhtor: true } })).toMatchObject({
      code: 'KIN_UNKNOWN_ASSOCIATION',
      message: 'There is no association "auhtor" in model "book". Did you mean "author"?',
      path: 'populate.auhtor',
    })
    expect(mistake({ populate: { chapters: { bye: true } } })).toMatchObject({
      message: 'There is no association "bye" in "chapters". Did you mean "by"?',
      path: 'populate.chapters.bye',
    })
    expect(mistake({ count: { tgas: true } })).toMatchObject({
      message: 'There is no to-many end "tgas" in model "book". Did you mean "tags"?',
      path: 'count.tgas',
    })
  })

  it('a word', () => {
    expect(mistake({ orderBy: { title: 'ascending' } })).toMatchObject({ path: 'orderBy.title' })
    expect(mistake({ deleted: 'includ' })).toMatchObject({
      message: 'There is no mode "includ" in `deleted`. Did you mean "include"?',
    })
    expect(mistake({ strategy: 'joins' })).toMatchObject({
      message: 'There is no strategy "joins" in `strategy`. Did you mean "join"?',
    })
    expect(mistake({ select: ['titel'] })).toMatchObject({
      message: 'There is no field "titel" in model "book". Did you mean "title"?',
      path: 'select[0]',
    })
  })
})

describe('what does not fit', () => {
  it('an option that another place takes', () => {
    expect(mistake({ populate: { author: { limit: 1 } } })).toEqual({
      code: 'KIN_INVALID_QUERY',
      message: 'The option "limit" does not apply to the to-one end "author".',
      path: 'populate.author.limit',
      hint: 'Options here: where, select, omit, reveal, populate, count, deleted, strategy.',
    })
    expect(mistake({ populate: { readers: { orderBy: { name: 'asc' } } } }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ populate: { tags: { after: 'x' } } }).path).toBe('populate.tags.after')
    expect(mistake({ count: { tags: { limit: 1 } } }).path).toBe('count.tags.limit')
  })

  it('an operator that another kind takes', () => {
    expect(mistake({ where: { pages: { $like: '1%' } } })).toEqual({
      code: 'KIN_INVALID_QUERY',
      message: 'The operator "$like" does not apply to field "pages" (integer).',
      path: 'where.pages.$like',
      hint: 'Operators here: $eq, $ne, $in, $nin, $exists, $not, $gt, $gte, $lt, $lte.',
    })
    expect(mistake({ where: { meta: { $gt: 1 } } }).message).toBe(
      'The operator "$gt" does not apply to field "meta" (json).',
    )
    expect(mistake({ where: { lent: { $gt: true } } }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ where: { cover: { $lt: new Uint8Array() } } }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ where: { notes: { $some: {} } } }).message).toBe(
      'The operator "$some" does not apply to the array "notes".',
    )
    expect(mistake({ where: { lists: { $contains: id(1) } } }).message).toBe(
      'The operator "$contains" does not apply to the to-many end "lists".',
    )
    expect(mistake({ where: { tags: { $size: { $exists: true } } } }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ where: { $link: { rank: 1 } } }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ where: { author: { $eq: id(1), $some: {} } } }).code).toBe('KIN_INVALID_QUERY')
  })

  it('R6: a comparison of a whole array', () => {
    expect(mistake({ where: { notes: ['a'] } })).toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: 'The array "notes" cannot be compared as a whole.',
      path: 'where.notes',
      hint: 'Operators here: $contains, $size, $exists, $not.',
    })
  })

  it('an id where a list is tested', () => {
    expect(mistake({ where: { tags: id(1) } })).toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: 'Expected an object with $some, $every, $none or $size in where.tags, received a string.',
      hint: 'To find by the id of one target, use { $some: { id } }.',
    })
  })

  it('a value at an inverse end', () => {
    expect(mistake({ where: { author: id(1) } }, 'agent')).toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: 'The end "author" takes a filter of its target or null, not a value.',
      path: 'where.author',
    })
  })

  it('select with omit', () => {
    expect(mistake({ select: ['title'], omit: ['pages'] }).message).toBe(
      '`select` and `omit` exclude each other.',
    )
  })

  it('R34: selecting what is hidden', () => {
    expect(mistake({ select: ['pen'] }, 'author')).toEqual({
      code: 'KIN_INVALID_QUERY',
      message: 'The field "pen" of model "author" is hidden.',
      path: 'select[0]',
      hint: "Ask for it with `reveal`: ['pen'].",
    })
  })

  it('selecting an end that is not populated', () => {
    expect(mistake({ select: ['lists'] })).toMatchObject({
      message: '"lists" of model "book" is an association end, which is shown when it is populated.',
      hint: 'Name it in `populate`: { lists: true }.',
    })
  })

  it('counting a to-one end', () => {
    expect(mistake({ count: { author: true } }).message).toBe(
      '"author" of model "book" leads to one record at most, so there is nothing to count.',
    )
  })

  it('an order of what has none', () => {
    expect(mistake({ orderBy: { meta: 'asc' } }).message).toBe('Values of "meta" (json) have no order.')
    expect(mistake({ orderBy: { tags: 'asc' } }).message).toBe(
      "Expected { $size: 'asc' } or { $size: 'desc' } in orderBy.tags, received a string.",
    )
    expect(mistake({ orderBy: { author: 'asc' } }, 'agent').path).toBe('orderBy.author')
    expect(mistake({ orderBy: { $link: { rank: 'asc' } } }).code).toBe('KIN_UNKNOWN_FIELD')
  })

  it('shapes', () => {
    expect(mistake({ where: [] }).message).toBe('Expected a filter object in where, received an array.')
    expect(mistake({ where: { $or: {} } }).message).toBe(
      'Expected a list of filters in where.$or, received an object.',
    )
    expect(mistake({ where: { pages: { $in: 1 } } }).message).toBe(
      'Expected a list of values in where.pages.$in, received an integer.',
    )
    expect(mistake({ where: { pages: { $exists: 1 } } }).message).toBe(
      'Expected true or false in where.pages.$exists, received an integer.',
    )
    expect(mistake({ populate: { author: 1 } }).message).toBe(
      'Expected true or a query object in populate.author, received an integer.',
    )
    expect(mistake({ populate: { author: false } }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ populate: ['author'] }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ select: 'title' }).code).toBe('KIN_INVALID_QUERY')
    expect(mistake({ orderBy: 'title' }).message).toBe(
      "Expected an object such as { id: 'asc' } in orderBy, received a string.",
    )
    expect(mistake(null).message).toBe('Expected a query object in query, received null.')
    expect(mistake('x').message).toBe('Expected a query object in query, received a string.')
    expect(mistake({ where: new Map() }).code).toBe('KIN_INVALID_QUERY')
  })
})

describe('values that do not fit, on every call', () => {
  it.each([
    [{ title: 1 }, 'Expected a string in where.title, received an integer.'],
    [{ title: 'a\0' }, 'Expected text without U+0000 and lone surrogates in where.title, received a string.'],
    [
      { title: { $like: 'a\\' } },
      'Expected a pattern that does not end in a single backslash in where.title.$like, received a string.',
    ],
    [{ pages: 1.5 }, 'Expected an integer in where.pages, received a number with a fraction.'],
    [
      { pages: 2 ** 53 },
      'Expected an integer between -(2^53 - 1) and 2^53 - 1 in where.pages, received an integer beyond the safe range.',
    ],
    [{ weight: { $gt: NaN } }, 'Expected a finite number in where.weight.$gt, received NaN.'],
    [
      { weight: { $gt: null } },
      'Expected a value of field "weight" (number) in where.weight.$gt, received null.',
    ],
    [{ copies: 1 }, 'Expected a bigint in where.copies, received an integer.'],
    [
      { price: '1.234' },
      'Expected a decimal of at most 8 digits, at most 2 of them after the point in where.price, received a string.',
    ],
    [{ printed: '2024-01-01' }, 'Expected a Date in where.printed, received a string.'],
    [{ printed: new Date(NaN) }, 'Expected a valid Date in where.printed, received an invalid date.'],
    [{ state: 'old' }, 'Expected one of "new", "worn" in where.state, received a string.'],
    [{ lent: 'yes' }, 'Expected a boolean in where.lent, received a string.'],
    [{ cover: 'x' }, 'Expected a Uint8Array in where.cover, received a string.'],
    [{ meta: { $eq: () => 1 } }, 'Expected a JSON value in where.meta.$eq, received a function.'],
    [{ pages: { $in: [1, 'x'] } }, 'Expected an integer in where.pages.$in[1], received a string.'],
    [
      { notes: { $contains: null } },
      'Expected an element of "notes" in where.notes.$contains, received null.',
    ],
  ])('%j', (where, message) => {
    expect(mistake({ where })).toMatchObject({ code: 'KIN_INVALID_VALUE', message })
  })

  it('R7: a malformed id names its model', () => {
    expect(mistake({ where: { author: 'x' } })).toMatchObject({
      code: 'KIN_INVALID_ID',
      message:
        'Expected an id of model "author" (24 hexadecimal characters) in where.author, received a string "x".',
      path: 'where.author',
    })
    expect(mistake({ where: { id: 12 } }).message).toBe(
      'Expected an id of model "book" (24 hexadecimal characters) in where.id, received an integer.',
    )
    expect(mistake({ where: { tags: { $contains: 'x' } } }).code).toBe('KIN_INVALID_ID')
    expect(mistake({ where: { id: { $in: [id(1), ''] } } }).path).toBe('where.id.$in[1]')
  })

  it('limits and offsets are counts', () => {
    expect(mistake({ limit: -1 })).toMatchObject({
      code: 'KIN_INVALID_VALUE',
      message: 'Expected an integer that is not negative in limit, received a negative integer.',
    })
    expect(mistake({ populate: { tags: { offset: 0.5 } } }).path).toBe('populate.tags.offset')
    expect(mistake({ limit: null }).code).toBe('KIN_INVALID_VALUE')
  })
})

describe('scopes', () => {
  const refused = (scopes: unknown) => errorOf(() => narrow(unrestricted, scopes, library))

  it('are checked when they are given', () => {
    expect(refused({ books: {} }).message).toBe(
      'There is no model "books" in the graph. Did you mean "book"?',
    )
    expect(refused({ book: { titel: 'a' } }).path).toBe('scopes.book.titel')
    expect(refused({ book: { title: 1 } }).path).toBe('scopes.book.title')
    expect(refused([]).code).toBe('KIN_INVALID_QUERY')
  })
})
