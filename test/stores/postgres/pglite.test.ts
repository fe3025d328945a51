import { setTimeout as sleep } from 'node:timers/promises'
import type { QueryOptions, Results } from '@electric-sql/pglite'
import { beforeAll, expect, test } from 'vitest'
import { failure, newNamespace, onePglite, openShop } from './shop.js'

type Query = (text: string, parameters?: unknown[], options?: QueryOptions) => Promise<Results<unknown>>
type Native = { query(text: string): Promise<unknown> }

// To start it takes long where the machine is busy.
beforeAll(onePglite, 120_000)

test('R28: reads wait for the transaction that runs, and see what it committed; so do others who use the instance', async () => {
  const lite = await onePglite()
  const schema = newNamespace()
  const db = await openShop(lite, { schema })
  const order: string[] = []
  const slow = db.transaction(async (tx) => {
    await tx.tag.create({ name: 'a' })
    await sleep(50)
    order.push('written')
  })
  await sleep(10)
  const read = db.tag.count().then((count) => order.push(`read ${count}`))
  const other = lite
    .query(`select * from "${schema}".tag`)
    .then(({ rows }) => order.push(`saw ${rows.length}`))
  await Promise.all([slow, read, other])
  expect(order[0]).toBe('written')
  expect(order.slice(1).toSorted()).toEqual(['read 1', 'saw 1'])
})

test('R28: what others do in between is not lost with a transaction that is rolled back', async () => {
  const lite = await onePglite()
  const schema = newNamespace()
  const db = await openShop(lite, { schema })
  const failed = db.transaction(async (tx) => {
    await tx.tag.create({ name: 'a' })
    await sleep(30)
    throw new Error('never mind')
  })
  await sleep(10)
  const other = lite.query(`insert into "${schema}".tag values ('${'0'.repeat(24)}', 'b')`)
  await expect(failed).rejects.toThrow('never mind')
  await other
  expect((await db.tag.find()).map(({ name }) => name)).toEqual(['b'])
})

test('a transaction that takes too long is rolled back, and the next one has its turn', async () => {
  const db = await openShop(await onePglite())
  const slow = db.transaction(
    async (tx) => {
      await tx.tag.create({ name: 'a' })
      await sleep(500)
    },
    { timeout: 50 },
  )
  expect(await failure(slow)).toMatchObject({ code: 'KIN_TRANSACTION_TIMEOUT' })
  await db.tag.create({ name: 'b' })
  expect((await db.tag.find()).map(({ name }) => name)).toEqual(['b'])
})

test('who gives up while waiting for a turn leaves nothing behind', async () => {
  const db = await openShop(await onePglite())
  const slow = db.transaction(async (tx) => {
    await tx.tag.create({ name: 'a' })
    await sleep(100)
  })
  await sleep(10)
  const given = db.transaction((tx) => tx.tag.create({ name: 'b' }), { signal: AbortSignal.timeout(20) })
  expect(await failure(given)).toMatchObject({ code: 'KIN_ABORTED' })
  await slow
  expect((await db.tag.find()).map(({ name }) => name)).toEqual(['a'])
})

test("`tx.native` is PGlite's own transaction, and belongs to the same one", async () => {
  const schema = newNamespace()
  const db = await openShop(await onePglite(), { schema })
  const failed = db.transaction(async (tx) => {
    await (tx.native as Native).query(`insert into "${schema}".tag values ('${'0'.repeat(24)}', 'a')`)
    expect(await tx.tag.count()).toBe(1)
    throw new Error('never mind')
  })
  await expect(failed).rejects.toThrow('never mind')
  expect(await db.tag.count()).toBe(0)
})

test('what breaks inside of a transaction, however it breaks, is not committed by PGlite', async () => {
  const lite = await onePglite()
  const schema = newNamespace()
  await openShop(lite, { schema })
  let breaks = false
  const breaking = {
    parsers: lite.parsers,
    query: lite.query.bind(lite),
    close: lite.close.bind(lite),
    transaction: (body: (tx: { query: Query }) => Promise<unknown>) =>
      lite.transaction((tx) =>
        body({
          async query(text, parameters, options) {
            const answer = await tx.query(text, parameters, options)
            if (breaks && text.startsWith('insert')) throw new Error('lost')
            return answer
          },
        }),
      ),
  }
  const db = await openShop(breaking, { schema })
  breaks = true
  expect(await failure(db.tag.create({ name: 'a' }))).toMatchObject({ code: 'KIN_STORE_UNAVAILABLE' })
  breaks = false
  expect(await db.tag.count()).toBe(0)
})
