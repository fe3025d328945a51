import { describe, expect, it } from 'vitest'
import { defineGraph, k } from '../../../src/index.js'
import { id, open, type Opened } from './database.js'

const graph = defineGraph({
  topic: k.model({ name: k.string().optional() }, { softDelete: true }),
  item: k.model({
    title: k.string(),
    rank: k.integer().optional(),
    due: k.date().optional(),
    size: k.number().optional(),
    big: k.bigint().optional(),
    price: k.decimal(6, 2).optional(),
    place: k
      .object({ city: k.string().optional(), near: k.one('topic', { onDelete: 'dirty' }).optional() })
      .optional(),
    topic: k.one('topic', { inverse: 'items', onDelete: 'dirty' }).optional(),
    links: k.many('topic'),
  }),
})

const count = 37
/** Few distinct values, many nulls, so that ties and nulls meet page borders. */
function openItems(): Promise<Opened> {
  const some = <T>(n: number, every: number, value: T): T | null => (n % every === 0 ? null : value)
  return open(graph, {
    topic: [
      { id: id(1), name: 'a' },
      { id: id(2), name: null },
      { id: id(3), name: 'c', deletedAt: new Date(1) },
      { id: id(4), name: 'd' },
    ],
    item: Array.from({ length: count }, (_, n) => ({
      id: id(100 + ((n * 17) % count)),
      title: `t${n % 5}`,
      rank: some(n, 4, n % 3),
      due: some(n, 5, new Date(1_000 * (n % 4))),
      size: some(n, 6, (n % 4) / 3),
      big: some(n, 7, 2n ** 60n + BigInt(n % 3)),
      price: some(n, 3, `${n % 4}.50`),
      place: some(n, 8, { city: some(n, 3, `c${n % 3}`), near: some(n, 4, id(1 + (n % 4))) }),
      topic: some(n, 5, id(1 + (n % 5))),
      links: [id(1), id(2), id(4)].slice(0, n % 4),
    })),
  })
}

const orders: readonly unknown[] = [
  undefined,
  { id: 'desc' },
  { title: 'asc' },
  { title: 'desc', rank: 'asc' },
  { rank: 'asc' },
  { rank: 'desc' },
  [{ due: 'desc' }, { size: 'asc' }],
  { size: 'desc' },
  { big: 'asc', price: 'desc' },
  { price: 'asc' },
  { place: { city: 'desc' } },
  { topic: 'asc' },
  { topic: { name: 'asc' } },
  { topic: { name: 'desc' }, rank: 'asc' },
  { place: { near: { name: 'desc' } } },
  { place: { near: 'asc' } },
]

const ids = (records: readonly { readonly id: string }[]): string[] => records.map((record) => record.id)

describe('R11: pages by cursor', () => {
  it.each(orders)('forwards and back, in the order %j', async (orderBy) => {
    const { db } = await openItems()
    const where = { title: { $ne: 't9' } }
    const all = ids(await db.item.find({ where, orderBy }))
    expect(new Set(all).size).toBe(count)

    const forwards: string[] = []
    let page = await db.item.findPage({ where, orderBy, limit: 5, select: ['id'] })
    expect(page.previous).toBeNull()
    forwards.push(...ids(page.records))
    while (page.hasNext) {
      page = await db.item.findPage({ where, orderBy, limit: 5, after: page.next })
      forwards.push(...ids(page.records))
    }
    expect(page.next).toBeNull()
    expect(forwards).toEqual(all)

    const back: string[] = ids(page.records)
    while (page.previous !== null) {
      page = await db.item.findPage({ where, orderBy, limit: 5, after: page.previous })
      expect(page.hasNext).toBe(true)
      back.unshift(...ids(page.records))
    }
    expect(back).toEqual(all)
  })

  it('say nothing of a next page where they are empty and have no place to go on from', async () => {
    const { db } = await openItems()
    const query = { orderBy: { title: 'asc' }, limit: 5 }
    const first = await db.item.findPage(query)
    const second = await db.item.findPage({ ...query, after: first.next })
    await db.item.deleteMany({ ids: ids(first.records) })
    const before = await db.item.findPage({ ...query, after: second.previous })
    expect(before).toMatchObject({ records: [], hasNext: false, next: null, previous: null })
  })

  it('go on after the same record when others came and went', async () => {
    const { db, insert } = await openItems()
    const first = await db.item.findPage({ orderBy: { title: 'asc' }, limit: 10 })
    await insert({
      item: [
        { id: id(5), title: 't0' },
        { id: id(999), title: 't9' },
      ],
    })
    const rest = await db.item.find({ orderBy: { title: 'asc' }, after: first.next })
    expect(ids(rest)).not.toContain(id(5))
    expect(ids(rest).at(-1)).toBe(id(999))
    expect(rest).toHaveLength(count - 10 + 1)
  })

  it('are taken by find, findOne and stream, too', async () => {
    const { db } = await openItems()
    const query = { orderBy: { rank: 'desc' } }
    const all = ids(await db.item.find(query))
    const { next } = await db.item.findPage({ ...query, limit: 3 })
    expect(ids(await db.item.find({ ...query, after: next, limit: 2 }))).toEqual(all.slice(3, 5))
    expect((await db.item.findOne({ ...query, after: next })).id).toBe(all[3])
    const streamed = []
    for await (const item of db.item.stream({ ...query, after: next }, { batch: 4 })) streamed.push(item.id)
    expect(streamed).toEqual(all.slice(3))
  })

  it('hold for one query only', async () => {
    const { db } = await openItems()
    const { next } = await db.item.findPage({ orderBy: { title: 'asc' }, limit: 3 })
    const other = { code: 'KIN_INVALID_CURSOR', details: { reason: 'other-query' } }
    const malformed = { code: 'KIN_INVALID_CURSOR', details: { reason: 'malformed' } }
    await expect(db.item.find({ orderBy: { title: 'desc' }, after: next })).rejects.toMatchObject(other)
    await expect(
      db.item.find({ orderBy: { title: 'asc' }, where: { rank: 1 }, after: next }),
    ).rejects.toMatchObject(other)
    await expect(db.topic.find({ after: next })).rejects.toMatchObject(other)
    await expect(db.item.find({ after: 'nonsense' })).rejects.toMatchObject(malformed)
    const shown = await db.item.find({
      orderBy: { title: 'asc' },
      after: next,
      select: ['id'],
      populate: { topic: true },
    })
    expect(shown).toHaveLength(count - 3)
  })

  it('that were changed by hand are refused', async () => {
    const { db } = await openItems()
    const { next } = await db.item.findPage({ orderBy: { rank: 'desc' }, limit: 3 })
    const [fingerprint] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [string]
    const forged = (...values: unknown[]) =>
      db.item.find({
        orderBy: { rank: 'desc' },
        after: Buffer.from(JSON.stringify([fingerprint, 1, ...values])).toString('base64url'),
      })
    const malformed = { code: 'KIN_INVALID_CURSOR', details: { reason: 'malformed' } }
    await expect(forged('x', id(1))).rejects.toMatchObject(malformed)
    await expect(forged(1, null, 3)).rejects.toMatchObject(malformed)
    await expect(forged(1, 'x')).rejects.toMatchObject(malformed)
    await expect(forged(1)).rejects.toMatchObject(malformed)
  })

  it('do not exist in an order by $size, which pages by offset', async () => {
    const { db } = await openItems()
    const orderBy = { links: { $size: 'desc' } }
    const page = await db.item.findPage({ orderBy, limit: 5, offset: 5 })
    expect(page).toMatchObject({ next: null, previous: null, hasNext: true, page: 2 })
    const all = ids(await db.item.find({ orderBy }))
    expect(ids(page.records)).toEqual(all.slice(5, 10))
  })
})

describe('pages by offset', () => {
  it('number themselves', async () => {
    const { db, reads } = await openItems()
    const page = await db.item.findPage({
      limit: 10,
      offset: 30,
      total: true,
      where: { title: { $like: 't%' } },
    })
    expect(page).toMatchObject({ total: count, page: 4, pages: 4, hasNext: false, next: null })
    expect(page.records).toHaveLength(7)
    expect(reads()).toBe(2)
    const back = await db.item.findPage({
      limit: 10,
      after: page.previous,
      where: { title: { $like: 't%' } },
    })
    expect(back.records).toHaveLength(10)
    expect(back.page).toBeUndefined()
  })

  it('have 20 records unless asked', async () => {
    const { db } = await openItems()
    expect((await db.item.findPage()).records).toHaveLength(20)
  })

  it('refuse what makes no page', async () => {
    const { db } = await openItems()
    await expect(db.item.findPage({ limit: 0 })).rejects.toMatchObject({
      code: 'KIN_INVALID_VALUE',
      path: 'limit',
    })
    const { next } = await db.item.findPage({ limit: 1 })
    await expect(db.item.findPage({ after: next, offset: 1 })).rejects.toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: '`after` and `offset` exclude each other.',
    })
    await expect(db.item.findPage({ offset: -1 })).rejects.toMatchObject({ code: 'KIN_INVALID_VALUE' })
    await expect(db.item.find({ total: true })).rejects.toMatchObject({ code: 'KIN_INVALID_QUERY' })
  })
})

describe('R28: stream', () => {
  it.each(orders)('reads what find reads, in batches, in the order %j', async (orderBy) => {
    const { db, reads, forget } = await openItems()
    const query = { orderBy, populate: { topic: { select: ['name'] } } }
    const all = await db.item.find(query)
    forget()
    const streamed = []
    for await (const item of db.item.stream(query, { batch: 10 })) streamed.push(item)
    expect(streamed).toEqual(all)
    // Four pages. An order beyond other records looks up the place of the last record of each full page: the record
    // with what is joined to it, and what an embedded reference of it names.
    const beyond = JSON.stringify(orderBy ?? {}).includes('{"name"')
    expect(reads()).toBeGreaterThanOrEqual(beyond ? 4 + 3 : 4)
    expect(reads()).toBeLessThanOrEqual(beyond ? 4 + 3 * 2 : 4)
  })

  it('keeps to limit and offset', async () => {
    const { db } = await openItems()
    const all = ids(await db.item.find())
    const streamed = []
    for await (const item of db.item.stream({ limit: 12, offset: 5 }, { batch: 5 })) streamed.push(item.id)
    expect(streamed).toEqual(all.slice(5, 17))
    for await (const item of db.item.stream({ limit: 0 })) throw new Error(item.id)
  })

  it('sees each record that does not change exactly once, while others come and go', async () => {
    const { db, insert } = await openItems()
    const before = new Set(ids(await db.item.find()))
    const seen: string[] = []
    let added = 1_000
    for await (const item of db.item.stream({ orderBy: { title: 'asc' } }, { batch: 3 })) {
      seen.push(item.id)
      await insert({ item: [{ id: id(added++), title: `t${added % 5}` }] })
      if (added > 1_060) break
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect([...before].filter((one) => !seen.includes(one))).toEqual([])
  })

  it('refuses an order by $size, and batches of nothing', async () => {
    const { db } = await openItems()
    const first = (query: unknown, options?: unknown) => db.item.stream(query, options).next()
    await expect(first({ orderBy: { links: { $size: 'asc' } } })).rejects.toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: 'An order by $size cannot be streamed, because sizes may change on the way.',
    })
    await expect(first({}, { batch: 0 })).rejects.toMatchObject({ code: 'KIN_INVALID_ARGUMENT' })
    await expect(first({ limit: 'x' })).rejects.toMatchObject({ code: 'KIN_INVALID_VALUE', path: 'limit' })
    await expect(first({ limit: 0, select: ['titel'] })).rejects.toMatchObject({ code: 'KIN_UNKNOWN_FIELD' })
  })
})
