import { describe, expect, it } from 'vitest'
import { blog } from './blog.js'
import { refusal } from './fixture.js'

describe('updateMany, upsert, findOrCreate', () => {
  it('R33: updateMany sets scalars and plain references of the live records that match', () => {
    const { oracle } = blog()
    const posts = oracle.model('post')
    posts.createMany([
      { id: 'p1', author: 'u1' },
      { id: 'p2', author: 'u2' },
    ])
    expect(posts.updateMany({ where: { author: 'u1' }, data: { author: 'u2', name: 'x' } })).toEqual({
      count: 1,
    })
    expect(posts.find({ select: ['author', 'name'] })).toEqual([
      { author: 'u2', name: 'x' },
      { author: 'u2', name: null },
    ])
    expect(oracle.model('tag').updateMany({ data: { name: 'x' } })).toEqual({ count: 2 })
  })

  it.each([
    ['a list', { tags: [] }, 'KIN_VALIDATION'],
    ['a unique reference', { editor: null }, 'KIN_VALIDATION'],
    ['an embedded array', { parts: [] }, 'KIN_VALIDATION'],
    ['an inverse end', { comments: [] }, 'KIN_VALIDATION'],
    ['a record to be created', { author: { name: 'x' } }, 'KIN_VALIDATION'],
    ['an absent target', { author: 'nobody' }, 'KIN_TARGET_NOT_FOUND'],
    ['an immutable field', { slug: 'x' }, 'KIN_IMMUTABLE'],
  ] as const)('R33: updateMany refuses %s', (_title, data, code) => {
    const { oracle } = blog()
    oracle.model('post').createMany([{ id: 'p1' }, { id: 'p2' }])
    const given =
      'author' in data && typeof data.author === 'object' ? { author: { $create: { id: 'u9' } } } : data
    expect(refusal(oracle, () => oracle.model('post').updateMany({ data: given }))).toBe(code)
  })

  it('R33: upsert goes by a complete non-null unique key', () => {
    const { oracle } = blog()
    const users = oracle.model('user')
    const input = { where: { email: 'e9' }, create: { id: 'u9', name: 'new' }, update: { name: 'old' } }
    expect(users.upsert(input)).toMatchObject({
      created: true,
      record: { id: 'u9', email: 'e9', name: 'new' },
    })
    expect(users.upsert(input)).toMatchObject({ created: false, record: { id: 'u9', name: 'old' } })
    for (const where of [
      {},
      { name: 'x' },
      { email: null },
      { email: 'e9', name: 'x' },
      { email: { $eq: 'e9' } },
    ]) {
      expect(refusal(oracle, () => users.upsert({ ...input, where }))).toBe('KIN_INVALID_QUERY')
    }
    expect(refusal(oracle, () => users.upsert({ ...input, update: { posts: [] } }))).toBe('KIN_VALIDATION')
    expect(
      refusal(oracle, () =>
        oracle
          .model('post')
          .upsert({ where: { id: 'p9' }, create: { author: { $create: { id: 'u7' } } }, update: {} }),
      ),
    ).toBe('KIN_VALIDATION')
  })

  it('R33: upsert by a composite key, whole', () => {
    const { oracle } = blog()
    const posts = oracle.model('post')
    const input = { where: { name: 'n', author: 'u1' }, create: { id: 'p1' }, update: { name: 'm' } }
    expect(posts.upsert(input)).toMatchObject({
      created: true,
      record: { id: 'p1', name: 'n', author: 'u1' },
    })
    expect(posts.upsert(input)).toMatchObject({ created: false, record: { id: 'p1', name: 'm' } })
    for (const where of [{ name: 'n' }, { name: 'n', id: 'p1' }]) {
      expect(refusal(oracle, () => posts.upsert({ ...input, where }))).toBe('KIN_INVALID_QUERY')
    }
  })

  it('R8: upsert does not see a soft-deleted record', () => {
    const { oracle } = blog()
    const users = oracle.model('user')
    users.delete('u2')
    expect(users.upsert({ where: { email: 'e2' }, create: { id: 'u5' }, update: {} })).toMatchObject({
      created: true,
    })
    expect(refusal(oracle, () => users.upsert({ where: { id: 'u2' }, create: {}, update: {} }))).toBe(
      'KIN_UNIQUE',
    )
  })

  it('findOrCreate takes the first match by id, or creates', () => {
    const { oracle } = blog()
    const tags = oracle.model('tag')
    expect(tags.findOrCreate({ where: { name: null }, create: { id: 'x' } })).toMatchObject({
      created: false,
      record: { id: 't1' },
    })
    expect(tags.findOrCreate({ where: { name: 'n' }, create: { id: 'x', name: 'n' } })).toMatchObject({
      created: true,
      record: { id: 'x' },
    })
  })
})

describe('embedded arrays', () => {
  it('push, update and remove', () => {
    const { oracle } = blog()
    oracle.model('post').create({
      id: 'p1',
      parts: [
        { tag: 't1', n: 1 },
        { tag: 't2', n: 2 },
      ],
    })
    const parts = oracle.model('post').at('p1').array('parts')
    expect(parts.push({ tag: 't1', n: 3 })).toEqual({ count: 1 })
    expect(parts.update({ tag: 't1' }, { n: 9 })).toEqual({ count: 2 })
    expect(parts.remove({ n: { $lt: 9 } })).toEqual({ count: 1 })
    expect(parts.remove({ n: 100 })).toEqual({ count: 0 })
    expect(oracle.model('post').findById('p1')).toMatchObject({
      parts: [
        { tag: 't1', n: 9 },
        { tag: 't1', n: 9 },
      ],
      version: 4,
    })
    expect(refusal(oracle, () => parts.push({ tag: 't3' }))).toBe('KIN_TARGET_NOT_FOUND')
    expect(refusal(oracle, () => parts.push({ n: 1 }))).toBe('KIN_VALIDATION')
    expect(refusal(oracle, () => parts.remove({ m: 1 }))).toBe('KIN_UNKNOWN_FIELD')
    expect(refusal(oracle, () => oracle.model('post').at('p9').array('parts').push([]))).toBe('KIN_NOT_FOUND')
  })
})

describe('transactions', () => {
  it('keeps everything or nothing', () => {
    const { oracle } = blog()
    oracle.transaction(() => oracle.model('tag').createMany([{ id: 'a' }, { id: 'b' }]))
    expect(
      refusal(oracle, () =>
        oracle.transaction(() => {
          oracle.model('tag').create({ id: 'c' })
          oracle.model('tag').create({ id: 'a' })
        }),
      ),
    ).toBe('KIN_UNIQUE')
    expect(oracle.model('tag').count()).toBe(4)
  })

  it('R31: a write that failed dooms the transaction, caught or not', () => {
    const { oracle } = blog()
    const tags = oracle.model('tag')
    expect(
      refusal(oracle, () =>
        oracle.transaction(() => {
          tags.create({ id: 'c' })
          expect(() => tags.create({ nam: 'x' })).toThrow('unknown')
          expect(() => tags.find()).toThrow('An earlier write')
        }),
      ),
    ).toBe('KIN_TRANSACTION_DOOMED')
    tags.create({ id: 'c' })
  })
})
