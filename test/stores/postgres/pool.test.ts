import { EventEmitter } from 'node:events'
import pg from 'pg'
import { expect, test } from 'vitest'
import { pgDriver } from '../../../src/stores/postgres/drivers/pg.js'

/** What a pool does when a connection that nobody uses breaks off. */
const breakOff = (pool: pg.Pool): boolean =>
  EventEmitter.prototype.emit.call(pool, 'error', new Error('gone'))

test('a connection that breaks off after its pool has ended harms nobody', async () => {
  const pool = new pg.Pool()
  await pgDriver(pool, true).close()
  expect(breakOff(pool)).toBe(true)
})

test('a pool that is passed in is listened to by kinship until the last store on it closes', async () => {
  const pool = new pg.Pool()
  const stores = [pool, pool].map((shared) => pgDriver(shared, false))
  await stores[0]?.close()
  expect(breakOff(pool)).toBe(true)
  await stores[1]?.close()
  expect(() => breakOff(pool)).toThrow('gone')
  await pool.end()
})
