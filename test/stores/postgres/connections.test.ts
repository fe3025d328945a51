import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { connect, isKinshipError, type LogEntry } from 'kinship'
import { postgres } from 'kinship/postgres'
import { describeOn, postgresServer } from '../../helpers/servers.js'
import { gate } from '../sqlite/notes.js'
import { atEnd, failure, newNamespace, openShop, poolOf, shop } from './shop.js'

type Native = { query(text: string): Promise<{ rows: Record<string, unknown>[] }> }

const nativeOf = (tx: { readonly native: unknown }): Native => tx.native as Native

const pidOf = async (tx: { readonly native: unknown }): Promise<number> =>
  Number((await nativeOf(tx).query('select pg_backend_pid() as pid')).rows[0]?.['pid'])

describeOn(postgresServer(), 'connections of a server', (url) => {
  test('a pool that is passed in stays open, and its parsers do not matter', async () => {
    const types = { getTypeParser: () => () => 'nonsense' }
    const pool = poolOf(url, { types, max: 2 })
    const db = await openShop(pool)
    const { id } = await db.user.create({ email: 'a', visits: 7 })
    expect(await db.user.findById(id)).toMatchObject({ email: 'a', visits: 7 })
    await db.close()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 'nonsense' }])
  })

  test('a pool in pipeline mode is refused in words', async () => {
    const pool = poolOf(url, { pipeline: true })
    const error = await failure(connect(shop, postgres(pool)))
    expect(error).toMatchObject({ code: 'KIN_STORE_OPEN_FAILED' })
    expect(error.message).toContain('pipeline')
  })

  test('a pool that is in use is told about: how long, how large', async () => {
    const db = await openShop(url, { pool: { max: 1 }, acquireTimeout: 1000 })
    const freed = gate()
    const busy = db.transaction(async (tx) => {
      await tx.tag.count()
      await freed.passed
    })
    const error = await failure(db.tag.count())
    expect(error).toMatchObject({ code: 'KIN_STORE_BUSY', details: { store: 'postgres', waitedMs: 1000 } })
    expect(error.message).toContain('1 of 1 connections')
    freed.open()
    await busy
    expect(await db.tag.count()).toBe(0)
  })

  test('a pool with a shorter time limit of its own is told about the same way', async () => {
    const pool = poolOf(url, { max: 1, connectionTimeoutMillis: 1000 })
    const db = await openShop(pool)
    const freed = gate()
    const busy = db.transaction(async (tx) => {
      await tx.tag.count()
      await freed.passed
    })
    expect(await failure(db.tag.count())).toMatchObject({ code: 'KIN_STORE_BUSY' })
    freed.open()
    await busy
  })

  test('who has stopped waiting for a connection leaves none behind', async () => {
    const pool = poolOf(url, { max: 1 })
    const db = await openShop(pool)
    const busy = db.transaction(async (tx) => {
      await tx.tag.count()
      await sleep(100)
    })
    await sleep(20)
    const signal = AbortSignal.timeout(10)
    expect(await failure(db.tag.find({ signal }))).toMatchObject({ code: 'KIN_ABORTED' })
    await busy
    await sleep(20)
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0])
  })

  test('a signal cancels the statement that runs', async () => {
    const pool = poolOf(url)
    const db = await openShop(url, { pool: { max: 2 } })
    const begun = performance.now()
    const slow = db.transaction(
      async (tx) => {
        await nativeOf(tx).query('select pg_sleep(20)')
      },
      { signal: AbortSignal.timeout(100) },
    )
    expect(await failure(slow)).toMatchObject({ code: 'KIN_ABORTED' })
    expect(performance.now() - begun).toBeLessThan(5000)
    expect(
      (
        await pool.query(
          "select 1 from pg_stat_activity where query = 'select pg_sleep(20)' and state = 'active'",
        )
      ).rowCount,
    ).toBe(0)
    expect(await db.tag.count()).toBe(0)
  })

  test('a read outside of a transaction is cancelled, too', async () => {
    const schema = newNamespace()
    const db = await openShop(url, { schema })
    const pool = poolOf(url)
    const client = await pool.connect()
    await client.query(`begin; lock table "${schema}".tag in access exclusive mode`)
    expect(await failure(db.tag.find({ signal: AbortSignal.timeout(50) }))).toMatchObject({
      code: 'KIN_ABORTED',
    })
    const waiting = await pool.query(
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%\"tag\"%'",
    )
    await client.query('rollback')
    client.release()
    expect(waiting.rowCount).toBe(0)
  })

  test('a transaction that takes too long is rolled back, whatever it waits for', async () => {
    const db = await openShop(url)
    const slow = db.transaction(
      async (tx) => {
        await tx.tag.create({ name: 'a' })
        await nativeOf(tx).query('select pg_sleep(20)')
      },
      { timeout: 100 },
    )
    expect(await failure(slow)).toMatchObject({
      code: 'KIN_TRANSACTION_TIMEOUT',
      details: { timeoutMs: 100 },
    })
    expect(await db.tag.count()).toBe(0)
  })

  test('a connection that is broken off is a typed error, and the next call has another one', async () => {
    const pool = poolOf(url)
    const db = await openShop(url, { pool: { max: 1 } })
    const broken = db.transaction(async (tx) => {
      await pool.query('select pg_terminate_backend($1)', [await pidOf(tx)])
      await tx.tag.create({ name: 'a' })
    })
    expect(await failure(broken)).toMatchObject({ code: 'KIN_STORE_UNAVAILABLE' })
    expect(await db.tag.count()).toBe(0)
  })

  test('connections that break while nobody uses them harm nobody', async () => {
    const own = poolOf(url)
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    atEnd(() => pool.end())
    const db = await openShop(pool)
    const pid = await db.transaction(async (tx) => pidOf(tx))
    await own.query('select pg_terminate_backend($1)', [pid])
    await sleep(50)
    expect(await db.tag.count()).toBe(0)
  })

  test('R31: a transaction that lost a race can be run again', async () => {
    const db = await openShop(url)
    const { id } = await db.user.create({ email: 'a' })
    let runs = 0
    const add = () =>
      db.transaction(
        async (tx) => {
          runs++
          const user = await tx.user.findById(id)
          await sleep(30)
          await tx.user.update(id, { visits: user!.visits + 1 })
        },
        { isolation: 'serializable', retry: 20 },
      )
    await Promise.all([add(), add(), add()])
    expect(await db.user.findById(id)).toMatchObject({ visits: 3 })
    expect(runs).toBeGreaterThan(3)
    const once = db.transaction(
      async (tx) => {
        await tx.user.findById(id)
        await db.user.update(id, { visits: 10 }).catch((error: unknown) => {
          if (!isKinshipError(error, 'KIN_TRANSACTION_MISUSE')) throw error
        })
      },
      { isolation: 'repeatable read' },
    )
    await expect(once).resolves.toBeUndefined()
  })

  test('isolation is what was asked for', async () => {
    const db = await openShop(url)
    expect(db.store.isolation).toEqual(['read committed', 'repeatable read', 'serializable'])
    for (const isolation of [undefined, ...db.store.isolation]) {
      const shown = await db.transaction(
        async (tx) => (await nativeOf(tx).query('show transaction_isolation')).rows[0],
        { isolation },
      )
      expect(shown).toEqual({ transaction_isolation: isolation ?? 'read committed' })
    }
    const refused = db.transaction(async () => {}, { isolation: 'dirty' })
    expect(await failure(refused)).toMatchObject({ code: 'KIN_CAPABILITY' })
  })

  test('a server that only lets read says so', async () => {
    const pool = poolOf(url, { options: '-c default_transaction_read_only=on' })
    const schema = newNamespace()
    const db = await openShop(url, { schema })
    const reading = await connect(shop, postgres({ database: pool, schema }))
    atEnd(() => reading.close())
    expect(await reading.tag.count()).toBe(0)
    expect(await failure(reading.tag.create({ name: 'a' }))).toMatchObject({ code: 'KIN_STORE_READ_ONLY' })
    expect(await db.tag.count()).toBe(0)
  })

  test('statements are prepared under a name from the second time on, and anew when tables have changed', async () => {
    const schema = newNamespace()
    const pool = poolOf(url, { max: 1 })
    const db = await openShop(pool, { schema })
    await db.tag.create({ name: 'a' })
    const prepared = async () =>
      (await pool.query("select name from pg_prepared_statements where name like 'kin%'")).rows.length
    const before = await prepared()
    await db.tag.find({ where: { name: 'a' } })
    expect(await prepared()).toBe(before)
    await db.tag.find({ where: { name: 'a' } })
    expect(await prepared()).toBe(before + 1)
    await pool.query(`alter table "${schema}".tag alter column name type varchar(10)`)
    expect(await db.tag.find({ where: { name: 'a' } })).toHaveLength(1)
    await pool.query('deallocate all')
    expect(await db.tag.find({ where: { name: 'a' } })).toHaveLength(1)
  })

  test('a write whose statements were lost is run again by itself', async () => {
    const pool = poolOf(url, { max: 1 })
    const db = await openShop(pool)
    const { id } = await db.tag.create({ name: 'a' })
    for (const name of ['b', 'c', 'd']) await db.tag.update(id, { name })
    await pool.query('deallocate all')
    await db.tag.update(id, { name: 'e' })
    expect(await db.tag.findById(id)).toMatchObject({ name: 'e' })
  })

  test('`prepare: false` prepares none', async () => {
    const pool = poolOf(url, { max: 1 })
    const db = await openShop(pool, { prepare: false })
    for (const name of ['a', 'b', 'c']) await db.tag.create({ name })
    for (let at = 0; at < 3; at++) await db.tag.find()
    expect((await pool.query('select name from pg_prepared_statements')).rows).toEqual([])
  })

  test('the log has every statement, with the rows it met', async () => {
    const log: LogEntry[] = []
    const db = await openShop(url, { log: (entry) => log.push(entry) })
    log.length = 0
    await db.tag.createMany([{ name: 'a' }, { name: 'b' }])
    await db.tag.find()
    expect(log.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['begin', 0],
      ['write', 2],
      ['commit', 0],
      ['read', 2],
    ])
  })
})
