import { describe, expect, it } from 'vitest'
import { idsOf, named, oracleOf, refusal } from './fixture.js'

/** Three scalars of each interesting sort: a value, another value, null. */
function scalars() {
  const oracle = oracleOf({
    thing: named({
      text: { kind: 'string', optional: true },
      int: { kind: 'integer', optional: true },
      dec: { kind: 'decimal', precision: 6, scale: 1, optional: true },
      json: { kind: 'json', optional: true },
      tags: { kind: 'array', item: { kind: 'string' }, optional: true },
      lines: {
        kind: 'array',
        item: { kind: 'object', fields: { sku: { kind: 'string' }, n: { kind: 'integer', optional: true } } },
      },
      place: { kind: 'object', optional: true, fields: { city: { kind: 'string', optional: true } } },
    }),
  })
  oracle.model('thing').createMany([
    {
      id: 'a',
      text: 'Apple_pie',
      int: 1,
      dec: '10.0',
      json: { x: [1], y: 2 },
      tags: ['t', 'u'],
      lines: [{ sku: 's', n: 1 }, { sku: 't' }],
      place: { city: 'Ulm' },
    },
    {
      id: 'b',
      text: 'apple%',
      int: 2,
      dec: '9.5',
      json: 'x',
      tags: [],
      lines: [{ sku: 's', n: 5 }],
      place: {},
    },
    { id: 'c' },
  ])
  return oracle
}

describe('filters on values', () => {
  it.each([
    ['an empty filter', {}, 'abc'],
    ['undefined is not given (R1)', { int: undefined }, 'abc'],
    ['equality', { int: 1 }, 'a'],
    ['null', { int: null }, 'c'],
    ['R1: $exists: false is null', { int: { $exists: false } }, 'c'],
    ['$exists: true', { int: { $exists: true } }, 'ab'],
    ['R2: $ne matches null', { int: { $ne: 1 } }, 'bc'],
    ['R2: $nin matches null', { int: { $nin: [1] } }, 'bc'],
    ['R2: $not matches null', { int: { $not: { $gt: 1 } } }, 'ac'],
    ['$ne: null', { int: { $ne: null } }, 'ab'],
    ['$in with null', { int: { $in: [2, null] } }, 'bc'],
    ['R2: $in: [] matches nothing', { int: { $in: [] } }, ''],
    ['R2: $nin: [] matches everything', { int: { $nin: [] } }, 'abc'],
    ['R2: ranges never match null', { int: { $lte: 5 } }, 'ab'],
    ['several operators are ANDed', { int: { $gt: 0, $lt: 2 } }, 'a'],
    ['several keys are ANDed', { int: { $gt: 0 }, text: { $like: 'A%' } }, 'a'],
    ['decimals compare as numbers', { dec: { $gt: '9.5' } }, 'a'],
    ['R3: $like is case-sensitive', { text: { $like: 'apple%' } }, 'b'],
    ['R3: \\ escapes a wildcard', { text: { $like: 'apple\\%' } }, 'b'],
    ['_ is one character', { text: { $like: 'Apple_p_e' } }, 'a'],
    ['R3: $ilike folds ASCII', { text: { $ilike: 'APPLE%' } }, 'ab'],
    ['R2: a negated $like matches null', { text: { $not: { $like: 'a%' } } }, 'ac'],
    ['R6: json is compared deeply, whatever the order of keys', { json: { y: 2, x: [1] } }, 'a'],
    ['R6: json $ne', { json: { $ne: 'x' } }, 'ac'],
    ['$and: [] is everything', { $and: [] }, 'abc'],
    ['$or: [] is nothing', { $or: [] }, ''],
    ['$or', { $or: [{ int: 1 }, { int: null }] }, 'ac'],
    ['$not of nothing', { $not: {} }, ''],
    ['R6: $contains of a scalar array', { tags: { $contains: 't' } }, 'a'],
    ['$size of an array, null is empty', { tags: { $size: 0 } }, 'bc'],
    ['$size with operators', { tags: { $size: { $gte: 1 } } }, 'a'],
    ['an array that is null', { tags: null }, 'c'],
    ['$some looks at one element', { lines: { $some: { sku: 's', n: { $gt: 1 } } } }, 'b'],
    ['R2: $every on an empty list is true', { lines: { $every: { sku: 's' } } }, 'bc'],
    ['$none', { lines: { $none: { sku: 't' } } }, 'bc'],
    ['$not on a list', { lines: { $not: { $some: { sku: 't' } } } }, 'bc'],
    ['a member of an embedded object', { place: { city: 'Ulm' } }, 'a'],
    ['R1: the members of a null object are null', { place: { city: null } }, 'bc'],
    ['R1: an array that is null, and its size', { tags: { $exists: true, $size: 0 } }, 'b'],
    ['an embedded object that is there, and a member', { place: { $exists: true, city: null } }, 'b'],
    ['an embedded object that is null', { place: { $exists: false } }, 'c'],
  ])('%s', (_title, where, ids) => {
    expect(idsOf(scalars().model('thing').find({ where })).join('')).toBe(ids)
  })

  it.each([
    ['an unknown field', { itn: 1 }, 'KIN_UNKNOWN_FIELD'],
    ['an unknown operator', { int: { $gtt: 1 } }, 'KIN_UNKNOWN_OPERATOR'],
    ['a value of another kind', { int: '1' }, 'KIN_INVALID_VALUE'],
    ['a range with null', { int: { $gt: null } }, 'KIN_INVALID_VALUE'],
    ['a pattern that ends in a backslash', { text: { $like: 'a\\' } }, 'KIN_INVALID_VALUE'],
    ['R6: a whole array', { tags: ['t'] }, 'KIN_INVALID_QUERY'],
    ['an array that contains null', { tags: { $contains: null } }, 'KIN_INVALID_VALUE'],
    ['R6: a range on json', { json: { $gt: 1 } }, 'KIN_UNKNOWN_OPERATOR'],
  ] as const)('refuses %s, with no record to look at', (_title, where, code) => {
    const oracle = scalars()
    oracle.model('thing').deleteMany({})
    expect(refusal(oracle, () => oracle.model('thing').find({ where }))).toBe(code)
  })

  it.each(['json', 'tags', 'lines'])('R6: refuses an order by %s', (field) => {
    const oracle = scalars()
    expect(refusal(oracle, () => oracle.model('thing').find({ orderBy: { [field]: 'asc' } }))).toBe(
      'KIN_INVALID_QUERY',
    )
  })

  it('R3: text is ordered by code point, not by UTF-16 unit', () => {
    const things = oracleOf({ thing: named({}) }).model('thing')
    things.createMany([
      { id: '1', name: '\u{1f600}' },
      { id: '2', name: '\uffee' },
    ])
    expect(idsOf(things.find({ orderBy: { name: 'asc' } }))).toEqual(['2', '1'])
    expect(idsOf(things.find({ where: { name: { $gt: '\uffee' } } }))).toEqual(['1'])
  })
})

/** Users u1, u2 live and u3 deleted; posts, profiles and groups around them. */
function associated() {
  const oracle = oracleOf({
    user: named({}, { softDelete: true }),
    profile: named(
      { user: { kind: 'one', target: 'user', inverse: 'profile', unique: true, optional: true } },
      { softDelete: true },
    ),
    post: named({
      author: { kind: 'one', target: 'user', inverse: 'posts', optional: true, onDelete: 'dirty' },
      tags: { kind: 'many', target: 'tag' },
    }),
    tag: named({}, { softDelete: true }),
    group: named({
      members: {
        kind: 'many',
        target: 'user',
        inverse: 'groups',
        payload: { role: { kind: 'string', optional: true } },
      },
    }),
    cart: named({
      items: {
        kind: 'array',
        item: { kind: 'object', fields: { product: { kind: 'one', target: 'tag', onDelete: 'dirty' } } },
      },
      likes: { kind: 'array', item: { kind: 'one', target: 'tag', onDelete: 'dirty' } },
    }),
  })
  oracle.model('user').createMany([
    { id: 'u1', name: 'A' },
    { id: 'u2', name: 'B' },
    { id: 'u3', name: 'C' },
  ])
  oracle.model('tag').createMany([
    { id: 't1', name: 'x' },
    { id: 't2', name: 'y' },
  ])
  oracle.model('profile').createMany([
    { id: 'f1', name: 'pA', user: 'u1' },
    { id: 'f2', name: 'pB', user: 'u2' },
  ])
  oracle.model('post').createMany([
    { id: 'p1', author: 'u1', tags: ['t1', 't2'] },
    { id: 'p2', author: 'u3', tags: ['t2'] },
    { id: 'p3', author: null },
    { id: 'p4', author: 'u1' },
  ])
  oracle
    .model('group')
    .createMany([
      { id: 'g1', members: [{ id: 'u1', $link: { role: 'boss' } }, 'u3'] },
      { id: 'g2', members: ['u2'] },
      { id: 'g3' },
    ])
  oracle.model('cart').createMany([
    { id: 'c1', items: [{ product: 't1' }, { product: 't2' }], likes: ['t1', 't1', 't2'] },
    { id: 'c2', items: [{ product: 't2' }] },
  ])
  oracle.model('user').delete('u3')
  oracle.model('tag').delete('t2')
  oracle.model('profile').delete('f2')
  return oracle
}

describe('filters through associations', () => {
  it.each([
    ['R20: equality on a reference sees what is stored', 'post', { author: 'u3' }, 'p2'],
    ['a reference that is null', 'post', { author: null }, 'p3'],
    ['R2: $ne on a reference matches null', 'post', { author: { $ne: 'u1' } }, 'p2 p3'],
    ['R20: $exists on a reference sees what is stored', 'post', { author: { $exists: true } }, 'p1 p2 p4'],
    ['R2: a nested filter needs a visible target', 'post', { author: { name: { $ne: 'A' } } }, ''],
    ['an empty nested filter asks for a visible target', 'post', { author: {} }, 'p1 p4'],
    [
      'R2: $not around it is the complement of the whole',
      'post',
      { $not: { author: { name: 'A' } } },
      'p2 p3',
    ],
    ['$not inside it negates the filter on the target', 'post', { author: { $not: { name: 'Z' } } }, 'p1 p4'],
    ['$not of a comparison negates the comparison', 'post', { author: { $not: { $eq: 'u1' } } }, 'p2 p3'],
    ['a comparison and a filter', 'post', { author: { $ne: 'u2', name: 'A' } }, 'p1 p4'],
    ['$not on the inverse of a one-one', 'user', { profile: { $not: { $exists: false } } }, 'u1'],
    ['$or inside it', 'post', { author: { $or: [{ name: 'A' }, { name: 'C' }] } }, 'p1 p4'],
    ['the inverse of a one-one', 'user', { profile: { name: 'pA' } }, 'u1'],
    ['R20: the inverse of a one-one, none visible', 'user', { profile: null }, 'u2'],
    ['the inverse of a one-one exists', 'user', { profile: { $exists: true } }, 'u1'],
    ['$some of an inverse list', 'user', { posts: { $some: { id: 'p4' } } }, 'u1'],
    ['$size of an inverse list', 'user', { posts: { $size: { $gte: 1 } } }, 'u1'],
    ['R20: $size sees live targets', 'group', { members: { $size: 1 } }, 'g1 g2'],
    ['R2: $every on an empty list', 'group', { members: { $every: { name: 'A' } } }, 'g1 g3'],
    ['R20: $some does not see a hidden target', 'group', { members: { $some: { name: 'C' } } }, ''],
    ['$none', 'group', { members: { $none: { name: 'A' } } }, 'g2 g3'],
    ['the payload', 'group', { members: { $some: { $link: { role: 'boss' } } } }, 'g1'],
    ['payload and target', 'group', { members: { $some: { $link: { role: 'boss' }, name: 'B' } } }, ''],
    ['the payload from the inverse end', 'user', { groups: { $some: { $link: { role: 'boss' } } } }, 'u1'],
    ['R20: $contains sees raw ids', 'post', { tags: { $contains: 't2' } }, 'p1 p2'],
    ['R20: $size of a one-sided list sees live targets', 'post', { tags: { $size: 1 } }, 'p1'],
    ['an embedded reference by raw id', 'cart', { items: { $some: { product: 't2' } } }, 'c1 c2'],
    [
      'an embedded reference by its live target',
      'cart',
      { items: { $some: { product: { name: 'y' } } } },
      '',
    ],
    ['an array of references by id', 'cart', { likes: { $some: 't2' } }, 'c1'],
    ['an array of references by target', 'cart', { likes: { $some: { name: 'x' } } }, 'c1'],
    ['an array of references has its stored entries', 'cart', { likes: { $size: 3 } }, 'c1'],
  ])('%s', (_title, model, where, ids) => {
    expect(idsOf(associated().model(model).find({ where })).join(' ')).toBe(ids)
  })

  it('R20: a filter through an association sees live targets even where deleted records are read', () => {
    const users = associated().model('user')
    expect(idsOf(users.find({ deleted: 'include', where: { groups: { $some: {} } } }))).toEqual([
      'u1',
      'u2',
      'u3',
    ])
    expect(idsOf(users.find({ deleted: 'include', where: { profile: {} } }))).toEqual(['u1'])
  })

  it.each([
    [
      'a target filter on a list without an operator',
      'user',
      { posts: { id: 'p1' } },
      'KIN_UNKNOWN_OPERATOR',
    ],
    ['$contains on a list with two sides', 'group', { members: { $contains: 'u1' } }, 'KIN_UNKNOWN_OPERATOR'],
    ['$link without a payload', 'user', { posts: { $some: { $link: {} } } }, 'KIN_UNKNOWN_OPERATOR'],
    ['an id for the inverse of a one-one', 'user', { profile: 'f1' }, 'KIN_INVALID_QUERY'],
    ['a malformed id', 'post', { author: 7 }, 'KIN_INVALID_ID'],
  ] as const)('refuses %s', (_title, model, where, code) => {
    const oracle = associated()
    expect(refusal(oracle, () => oracle.model(model).find({ where }))).toBe(code)
  })
})
