import { describe, expect, it } from 'vitest'
import { blog } from './blog.js'
import { idsOf, named, oracleOf, refusal } from './fixture.js'

describe('create', () => {
  it('returns the record as findById gives it, or in the shape asked for', () => {
    const { oracle, clock } = blog()
    const users = oracle.model('user')
    expect(users.create({ id: 'u9', name: 'N', secret: 's' })).toEqual({
      id: 'u9',
      name: 'N',
      email: null,
      deletedAt: null,
      createdAt: clock.now(),
      updatedAt: clock.now(),
      version: 1,
    })
    expect(
      users.create(
        { id: 'u8', posts: [{ $create: { id: 'p8' } }] },
        { select: ['id'], populate: { posts: { select: ['id'] } } },
      ),
    ).toEqual({ id: 'u8', posts: [{ id: 'p8' }] })
  })

  it('creates and connects at every end, to any depth', () => {
    const { oracle } = blog()
    oracle.model('post').create({ id: 'p0', author: 'u2' })
    oracle.model('user').create({
      id: 'u3',
      profile: { $create: { id: 'f3' } },
      posts: [
        'p0',
        {
          $create: {
            id: 'p1',
            comments: [{ $create: { id: 'c1' } }],
            tags: [{ $create: { id: 't9' } }, 't1'],
          },
        },
      ],
      groups: [{ $create: { id: 'g1' }, $link: { role: 'boss' } }],
    })
    oracle
      .model('comment')
      .create({ id: 'c2', post: { $create: { id: 'p2', author: { id: 'u3', name: 'ignored' } } } })
    expect(oracle.model('post').find({ select: ['id', 'author', 'tags'] })).toEqual([
      { id: 'p0', author: 'u3', tags: [] },
      { id: 'p1', author: 'u3', tags: ['t9', 't1'] },
      { id: 'p2', author: 'u3', tags: [] },
    ])
    expect(oracle.model('comment').find({ select: ['id', 'post'] })).toEqual([
      { id: 'c1', post: 'p1' },
      { id: 'c2', post: 'p2' },
    ])
    expect(
      oracle
        .model('user')
        .at('u3')
        .many('groups')
        .list({ select: ['id'] }),
    ).toEqual([{ id: 'g1', $link: { role: 'boss', rank: 1 } }])
    expect(oracle.model('profile').findById('f3')).toMatchObject({ user: 'u3' })
  })

  it('creates the targets of embedded references too', () => {
    const { oracle } = blog()
    const post = oracle
      .model('post')
      .create({ id: 'p1', parts: [{ tag: { $create: { id: 't9' } } }, { tag: 't1', n: 2 }] })
    expect(post['parts']).toEqual([
      { tag: 't9', n: 1 },
      { tag: 't1', n: 2 },
    ])
    expect(oracle.model('tag').exists({ where: { id: 't9' } })).toBe(true)
  })

  it('records of one call may name each other', () => {
    const oracle = oracleOf({ node: named({ parent: { kind: 'one', target: 'node', optional: true } }) })
    oracle.model('node').createMany([
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'c', parent: 'c' },
    ])
    expect(oracle.model('node').find({ where: { parent: { parent: { id: 'a' } } } })).toMatchObject([
      { id: 'a' },
    ])
  })

  it('a holder to be moved must exist before the call', () => {
    const { oracle } = blog()
    expect(
      refusal(oracle, () =>
        oracle.model('user').createMany([
          { id: 'u8', posts: ['p1'] },
          { id: 'u9', posts: [{ $create: { id: 'p1' } }] },
        ]),
      ),
    ).toBe('KIN_TARGET_NOT_FOUND')
  })

  it.each([
    ['a required reference that is missing', 'profile', { id: 'f1' }, 'KIN_VALIDATION'],
    ['a required reference that is null', 'comment', { id: 'c1', post: null }, 'KIN_VALIDATION'],
    ['a system field', 'user', { id: 'u9', version: 3 }, 'KIN_VALIDATION'],
    ['an unknown field', 'user', { id: 'u9', nam: 'x' }, 'KIN_VALIDATION'],
    ['an absent target', 'post', { id: 'p1', author: 'nobody' }, 'KIN_TARGET_NOT_FOUND'],
    ['R15: a hidden target', 'post', { id: 'p1', tags: ['t3'] }, 'KIN_TARGET_NOT_FOUND'],
    ['R15: a hidden embedded target', 'post', { id: 'p1', parts: [{ tag: 't3' }] }, 'KIN_TARGET_NOT_FOUND'],
    [
      'a nested target that is absent',
      'user',
      { id: 'u9', posts: [{ $create: { id: 'p1', tags: ['nope'] } }] },
      'KIN_TARGET_NOT_FOUND',
    ],
    [
      'the reference that nesting fills',
      'user',
      { id: 'u9', posts: [{ $create: { id: 'p1', author: 'u1' } }] },
      'KIN_VALIDATION',
    ],
    [
      'R15: a new pair without its required payload',
      'group',
      { id: 'g1', members: ['u1'] },
      'KIN_VALIDATION',
    ],
    [
      'an unknown payload field',
      'group',
      { id: 'g1', members: [{ id: 'u1', $link: { rol: 'x' } }] },
      'KIN_VALIDATION',
    ],
    ['an id that exists', 'user', { id: 'u1' }, 'KIN_UNIQUE'],
    ['an id that a deleted record has', 'tag', { id: 't3' }, 'KIN_UNIQUE'],
    ['R8: a unique value', 'user', { id: 'u9', email: 'e2' }, 'KIN_UNIQUE'],
    ['R7: a malformed target id', 'post', { id: 'p1', author: 5 }, 'KIN_VALIDATION'],
  ] as const)('refuses %s', (_title, model, data, code) => {
    const { oracle } = blog()
    expect(refusal(oracle, () => oracle.model(model).create(data))).toBe(code)
  })

  it('createMany is all or nothing and keeps the order given', () => {
    const { oracle } = blog()
    const tags = oracle.model('tag')
    expect(idsOf(tags.createMany([{ id: 'z' }, { id: 'y' }]))).toEqual(['z', 'y'])
    expect(refusal(oracle, () => tags.createMany([{ id: 'x' }, { id: 'x' }]))).toBe('KIN_UNIQUE')
  })
})

describe('unique values (R8)', () => {
  it('R8: any number of nulls; with softDelete one live record per value', () => {
    const { oracle } = blog()
    const users = oracle.model('user')
    users.create({ id: 'u3' })
    users.delete('u2')
    users.create({ id: 'u4', email: 'e2' })
    expect(refusal(oracle, () => users.update('u3', { email: 'e2' }))).toBe('KIN_UNIQUE')
  })

  it('R8: a composite key with a null collides with nothing', () => {
    const { oracle } = blog()
    const posts = oracle.model('post')
    posts.createMany([
      { id: 'p1', name: 'n' },
      { id: 'p2', name: 'n' },
      { id: 'p3', name: 'n', author: 'u1' },
    ])
    expect(refusal(oracle, () => posts.update('p1', { author: 'u1' }))).toBe('KIN_UNIQUE')
    expect(refusal(oracle, () => oracle.model('user').at('u1').many('posts').add('p2'))).toBe('KIN_UNIQUE')
    posts.update('p1', { author: 'u2' })
  })

  it('R14: from the holder end a taken target of a one-one is a conflict', () => {
    const { oracle } = blog()
    oracle.model('profile').create({ id: 'f1', user: 'u1' })
    expect(refusal(oracle, () => oracle.model('profile').create({ id: 'f2', user: 'u1' }))).toBe(
      'KIN_ONE_TAKEN',
    )
    oracle.model('profile').delete('f1')
    oracle.model('profile').create({ id: 'f2', user: 'u1' })
  })
})
