import { describe, expect, test } from 'vitest'
import { connect } from '../../../src/index.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { inShort, type Loose, openGraph, refusal } from './database.js'
import { shop } from './shop.js'

const absent = 'f'.repeat(24)

describe('R33: updateMany', () => {
  async function people() {
    const opened = await openGraph(shop('join'))
    const list = await opened.db.user.createMany([
      { name: 'a', age: 1 },
      { name: 'b', age: 2 },
      { name: 'c' },
      { name: 'gone', age: 1 },
    ])
    await opened.db.user.delete(list[3].id)
    return { ...opened, list }
  }

  test('sets scalars and references of what matches, counts all, and touches what changes (R19)', async () => {
    const { db, list, statements } = await people()
    const [a, b] = list
    let result: Loose
    const sent = await statements(async () => {
      result = await db.user.updateMany({ where: { age: { $gt: 0 } }, data: { age: 2, manager: a } })
    })
    expect(result).toEqual({ count: 2 })
    expect(sent.map(inShort)).toEqual(['select user', 'select user', 'update user'])
    expect((await db.user.find()).map(({ age, version, manager }: Loose) => [age, version, manager])).toEqual(
      [
        [2, 2, a.id],
        [2, 2, a.id],
        [null, 1, null],
      ],
    )
    expect(await db.user.updateMany({ where: { id: b.id }, data: { age: 2 } })).toEqual({ count: 1 })
    expect((await db.user.findById(b.id)).version).toBe(2)
    expect(await db.user.updateMany({ data: { age: { $inc: 1 }, manager: null } })).toEqual({ count: 3 })
    expect((await db.user.find()).map(({ age, version }: Loose) => [age, version])).toEqual([
      [3, 3],
      [3, 3],
      [null, 1],
    ])
    expect((await db.user.findById(list[3].id, { deleted: 'only' })).age).toBe(1)
  })

  test('takes a filter through associations, and is one statement where nothing is touched', async () => {
    const { db, list, statements } = await people()
    await db.counter.createMany([{ name: 'x', children: [{ name: 'y' }] }, { name: 'z' }])
    const sent = await statements(() =>
      db.counter.updateMany({ where: { parent: { name: 'x' } }, data: { name: 'child' } }),
    )
    expect(sent.map(inShort)).toEqual(['update counter'])
    expect((await db.counter.find()).map(({ name }: Loose) => name)).toEqual(['x', 'z', 'child'])
    await db.post.create({ title: 't', author: list[0], hashtags: [{ text: 'h' }] })
    const where = { posts: { $some: { hashtags: { $some: { text: 'h' } } } } }
    expect(await db.user.updateMany({ where, data: { name: 'tagged' } })).toEqual({ count: 1 })
  })

  test('ends, nested records, embedded values and unique references are refused', async () => {
    const { db, list } = await people()
    const issues = async (call: Promise<unknown>): Promise<unknown> => {
      const { code, details } = await refusal(call)
      return [code, (details as Loose).issues.map((issue: Loose) => [issue.path, issue.code])]
    }
    expect(await issues(db.user.updateMany({ data: { posts: [], manager: { name: 'x' } } }))).toEqual([
      'KIN_VALIDATION',
      [
        ['posts', 'nested'],
        ['manager', 'nested'],
      ],
    ])
    expect(await issues(db.cart.updateMany({ data: { items: [], address: null, owner: list[0] } }))).toEqual([
      'KIN_VALIDATION',
      [
        ['owner', 'bulk'],
        ['address', 'bulk'],
        ['items', 'bulk'],
      ],
    ])
    expect((await refusal(db.user.updateMany({ were: {}, data: {} }))).code).toBe('KIN_UNKNOWN_OPTION')
    expect((await refusal(db.user.updateMany({ where: { nam: 1 }, data: {} }))).code).toBe(
      'KIN_UNKNOWN_FIELD',
    )
  })

  test('R4: sums out of range and missing targets are refused, all or nothing', async () => {
    const { db, list, dump } = await people()
    await db.product.createMany([
      { title: 'p', price: '1' },
      { title: 'q', price: '9999.99' },
    ])
    await db.user.update(list[1].id, { age: 2 ** 53 - 2 })
    const before = await dump()
    expect((await refusal(db.product.updateMany({ data: { price: { $inc: '0.01' } } }))).path).toBe(
      'price.$inc',
    )
    expect((await refusal(db.user.updateMany({ data: { age: { $inc: 2 } } }))).code).toBe('KIN_VALIDATION')
    expect((await refusal(db.user.updateMany({ data: { manager: absent } }))).code).toBe(
      'KIN_TARGET_NOT_FOUND',
    )
    expect((await refusal(db.user.updateMany({ data: { email: 'same' } }))).code).toBe('KIN_UNIQUE')
    expect(await dump()).toEqual(before)
    expect(await db.user.updateMany({ data: { age: { $inc: 1 } } })).toEqual({ count: 3 })
    // What every record holds already is no new target (R15).
    expect(await db.user.updateMany({ where: { name: 'none' }, data: { manager: absent } })).toEqual({
      count: 0,
    })
  })
})

describe('R33: upsert and findOrCreate', () => {
  test('upsert goes by the id, a unique field or a composite key; its parts are taken into what is created', async () => {
    const { db } = await openGraph(shop('join'))
    const first = await db.user.upsert({
      where: { email: 'x' },
      create: { name: 'a' },
      update: { name: 'b' },
    })
    expect(first).toMatchObject({ created: true, record: { email: 'x', name: 'a' } })
    const second = await db.user.upsert(
      { where: { email: 'x' }, create: { name: 'a' }, update: { name: 'b', age: { $inc: 1 } } },
      { select: ['name'], count: { posts: true } },
    )
    expect(second).toEqual({ created: false, record: { name: 'b', $count: { posts: 0 } } })
    const byId = await db.country.upsert({ where: { id: 'nl' }, create: { name: 'N' }, update: {} })
    expect(byId).toEqual({ created: true, record: { id: 'nl', name: 'N' } })
    const badge = await db.badge.upsert({ where: { user: first.record }, create: { label: 'l' }, update: {} })
    expect(badge.record.user).toBe(first.record.id)
  })

  test('a key must be complete and not null; nothing nested is taken', async () => {
    const { db } = await openGraph(shop('join'))
    const call = (where: unknown, create: object = { name: 'n' }, update: object = {}): Promise<Loose> =>
      refusal(db.user.upsert({ where, create, update }))
    expect((await call({})).code).toBe('KIN_INVALID_QUERY')
    expect((await call({ name: 'x' })).code).toBe('KIN_INVALID_QUERY')
    expect((await call({ email: null })).code).toBe('KIN_INVALID_VALUE')
    expect((await call({ id: 'x' })).code).toBe('KIN_INVALID_ID')
    expect((await call({ email: 'x' }, { name: 'n', posts: [] })).code).toBe('KIN_VALIDATION')
    expect((await call({ email: 'x' }, { name: 'n', manager: { name: 'm' } })).code).toBe('KIN_VALIDATION')
    expect((await call({ email: 'x' }, { name: 'n' }, { posts: [] })).code).toBe('KIN_VALIDATION')
    expect((await call({ email: 'x' }, { nam: 'n' })).code).toBe('KIN_VALIDATION')
    expect(await db.user.count()).toBe(0)
  })

  test('findOrCreate finds the first by id, deleted ones not, or creates with everything nested', async () => {
    const { db } = await openGraph(shop('join'))
    const [gone, a] = await db.user.createMany([{ name: 'x' }, { name: 'x' }, { name: 'x' }])
    await db.user.delete(gone.id)
    const found = await db.user.findOrCreate({ where: { name: 'x' }, create: { name: 'no' } })
    expect(found).toEqual({ created: false, record: a })
    const made = await db.user.findOrCreate(
      { where: { name: 'y' }, create: { name: 'y', posts: [{ title: 't' }] } },
      { count: { posts: true } },
    )
    expect(made).toMatchObject({ created: true, record: { name: 'y', $count: { posts: 1 } } })
    expect((await refusal(db.user.findOrCreate({ where: {}, create: { nam: 1 } }))).code).toBe(
      'KIN_VALIDATION',
    )
  })

  test('many callers on two connections, one record', async () => {
    const file = temporaryFile()
    const graph = shop('join') as Loose
    const stores = [
      await connect(graph, testStore({ file })),
      await connect(graph, testStore({ file })),
    ] as Loose[]
    await stores[0].sync()
    const calls = Array.from({ length: 20 }, (_, index) => {
      const db = stores[index % 2]
      return index % 4 < 2
        ? db.user.upsert({
            where: { email: 'x' },
            create: { name: 'a', age: 1 },
            update: { age: { $inc: 1 } },
          })
        : db.user.findOrCreate({ where: { email: 'y' }, create: { name: 'b', email: 'y' } })
    })
    const results = await Promise.all<Loose>(calls)
    expect(results.filter(({ created }) => created)).toHaveLength(2)
    expect((await stores[0].user.find()).map(({ name, age }: Loose) => [name, age])).toEqual(
      expect.arrayContaining([
        ['a', 10],
        ['b', null],
      ]),
    )
    for (const db of stores) await db.close()
  })
})
