import { describe, expect, it } from 'vitest'
import { blog } from './blog.js'
import { idsOf, refusal } from './fixture.js'

describe('update', () => {
  it('R15: writing back what was read is never refused, and touches nothing', () => {
    const { oracle } = blog()
    const posts = oracle.model('post')
    const tags = oracle.model('tag')
    tags.create({ id: 't4' })
    posts.create({ id: 'p1', tags: ['t4', 't1'], parts: [{ tag: 't4', n: 1 }] })
    tags.delete('t4')
    const { tags: list, parts } = posts.findById('p1') ?? {}
    expect(list).toEqual(['t4', 't1'])
    expect(posts.update('p1', { tags: list, parts })).toMatchObject({ tags: ['t4', 't1'], version: 1 })
    expect(refusal(oracle, () => posts.update('p1', { tags: ['t3'] }))).toBe('KIN_TARGET_NOT_FOUND')
    expect(refusal(oracle, () => posts.update('p1', { parts: [{ tag: 't3' }] }))).toBe('KIN_TARGET_NOT_FOUND')
    // R15: the one-sided list is replaced with its hidden entries.
    expect(posts.update('p1', { tags: ['t2'] })).toMatchObject({ tags: ['t2'], version: 2 })
  })

  it('R15: an embedded structure is replaced whole, undefined is not given', () => {
    const { oracle } = blog()
    const posts = oracle.model('post')
    posts.create({ id: 'p1', name: 'n', parts: [{ tag: 't1', n: 7 }] })
    expect(posts.update('p1', { name: undefined, parts: [{ tag: 't2' }] })).toMatchObject({
      name: 'n',
      parts: [{ tag: 't2', n: 1 }],
    })
  })

  it('an end becomes exactly what is given', () => {
    const { oracle } = blog()
    const posts = oracle.model('post')
    posts.createMany([
      { id: 'p1', author: 'u1' },
      { id: 'p2', author: 'u1' },
      { id: 'p3', author: 'u2' },
    ])
    oracle.model('group').create({ id: 'g1', members: [{ id: 'u1', $link: { role: 'a' } }] })
    oracle.model('user').update('u1', {
      posts: ['p3', 'p2', { $create: { id: 'p4' } }],
      groups: [{ $create: { id: 'g2' }, $link: { role: 'b' } }],
      profile: { $create: { id: 'f1' } },
    })
    expect(posts.find({ select: ['id', 'author'] })).toEqual([
      { id: 'p1', author: null },
      { id: 'p2', author: 'u1' },
      { id: 'p3', author: 'u1' },
      { id: 'p4', author: 'u1' },
    ])
    expect(idsOf(oracle.model('user').at('u1').many('groups').list())).toEqual(['g2'])
    expect(oracle.model('user').at('u1').one('profile').get()).toMatchObject({ id: 'f1' })
    // R14: unsetting the inverse of a required one-one.
    expect(refusal(oracle, () => oracle.model('user').update('u1', { profile: null }))).toBe(
      'KIN_REQUIRED_REFERENCE',
    )
    oracle.model('user').update('u2', { profile: null })
  })

  it.each([
    ['R37: an absent record', 'user', 'nobody', { name: 'x' }, 'KIN_NOT_FOUND'],
    ['R37: a hidden record', 'tag', 't3', { name: 'x' }, 'KIN_NOT_FOUND'],
    ['null for a required reference', 'comment', 'c1', { post: null }, 'KIN_VALIDATION'],
    ['an immutable field', 'post', 'p1', { slug: 's' }, 'KIN_IMMUTABLE'],
    ['the id', 'post', 'p1', { id: 'p1' }, 'KIN_IMMUTABLE'],
    ['a system field', 'post', 'p1', { updatedAt: new Date() }, 'KIN_VALIDATION'],
    ['R14: a list of required references', 'post', 'p1', { comments: ['c1'] }, 'KIN_REQUIRED_REFERENCE'],
  ] as const)('refuses %s', (_title, model, id, data, code) => {
    const { oracle } = blog()
    oracle.model('comment').create({ id: 'c1', post: { $create: { id: 'p1' } } })
    expect(refusal(oracle, () => oracle.model(model).update(id, data))).toBe(code)
  })

  it('R32: ifVersion', () => {
    const { oracle } = blog()
    const users = oracle.model('user')
    expect(users.update('u1', { name: 'a' }, { ifVersion: 1 })).toMatchObject({ version: 2 })
    expect(refusal(oracle, () => users.update('u1', { name: 'b' }, { ifVersion: 1 }))).toBe(
      'KIN_VERSION_CONFLICT',
    )
    expect(refusal(oracle, () => oracle.model('comment').update('c1', {}, { ifVersion: 1 }))).toBe(
      'KIN_INVALID_QUERY',
    )
  })
})
