import { createRequire } from 'node:module'
import type Better from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { sqlite, type OpenDatabase, type SqliteOptions } from '../../../src/stores/sqlite/index.js'
import { loadDriver } from '../../../src/stores/sqlite/drivers/load-driver.js'
import { resultCode } from '../../../src/stores/sqlite/drivers/result-codes.js'
import { StatementCache } from '../../../src/stores/sqlite/statement-cache.js'
import type { Connection, Prepared } from '../../../src/stores/sqlite/drivers/driver.js'
import { openTestStore, sqliteDriver, temporaryFile, testStore } from '../../helpers/sqlite.js'
import { gate, later, note, notes } from './notes.js'
import { create, insert, readAll } from '../common/raw.js'

type Database = OpenDatabase & { close(): void; exec(statements: string): void }
type Module = NonNullable<SqliteOptions['driver']>

const module = createRequire(import.meta.url)(sqliteDriver) as Module & { DatabaseSync?: unknown }
const open = (file: string): Database => {
  const Class = (module.DatabaseSync ?? module) as new (file: string) => Database
  return new Class(file)
}

describe('choosing a driver', () => {
  test('by name, and the capabilities say which it is', async () => {
    const store = await openTestStore(notes)
    expect(store.capabilities.description).toMatch(
      new RegExp(`^SQLite 3\\.\\d+\\.\\d+ through ${sqliteDriver}$`),
    )
  })

  test('by module', async () => {
    const store = await sqlite({ file: ':memory:', driver: module }).bind(notes, { log: null })
    expect(store.capabilities.description).toContain(sqliteDriver)
    await store.close()
  })

  test('without a choice it is one that works', async () => {
    // On the Node.js of the second driver, better-sqlite3 is installed, but built for another one.
    const { name } = await loadDriver(null)
    expect(name).toBe(sqliteDriver)
  })

  test('one that cannot be loaded says so, and what to do', async () => {
    const broken = function Broken() {
      throw new Error('Could not locate the bindings file')
    } as unknown as Module
    const loading = testStore({ driver: broken }).bind(notes, { log: null })
    await expect(loading).rejects.toMatchObject({
      code: 'KIN_DRIVER_MISSING',
      hint: expect.stringContaining('npm rebuild'),
      details: { store: 'sqlite', drivers: ['better-sqlite3', 'node:sqlite'] },
      cause: { message: 'Could not locate the bindings file' },
    })
  })

  test('result codes have names, extended ones too', () => {
    expect([2067, 5, 517, 14, 9999].map(resultCode)).toEqual([
      'SQLITE_CONSTRAINT_UNIQUE',
      'SQLITE_BUSY',
      'SQLITE_BUSY',
      'SQLITE_CANTOPEN',
      'SQLITE_9999',
    ])
  })
})

describe('a database that was passed in open', () => {
  test('may be what the types of better-sqlite3 say it is', () => {
    const fits: Better.Database extends OpenDatabase ? true : never = true
    const moduleFits: typeof Better extends Module ? true : never = true
    expect(fits && moduleFits).toBe(true)
  })

  test('is used as it is, and stays open', async () => {
    const database = open(':memory:')
    const store = sqlite(database)
    const bound = await store.bind(notes, { log: null })
    await bound.sync({})
    await create(bound, note, { id: 'a' })
    await bound.close()
    database.exec(`insert into note (id) values ('b')`)
    const again = await store.bind(notes, { log: null })
    expect((await readAll(again, note)).map(({ id }) => id)).toEqual(['a', 'b'])
    await store.close()
    database.close()
  })

  test('R28: has one connection, so reads wait for transactions', async () => {
    const database = open(temporaryFile())
    const store = await sqlite(database).bind(notes, { log: null })
    await store.sync({})
    const begun = gate()
    const writing = store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: 'a' }])
      begun.open()
      await later(5)
      throw new Error('no')
    })
    await begun.passed
    const reading = readAll(store, note)
    await expect(writing).rejects.toThrow('no')
    expect(await reading).toEqual([])
    await store.close()
    database.close()
  })

  test('R28: shares the queue of its file with other stores', async () => {
    const file = temporaryFile()
    const other = await openTestStore(notes, { file, busyTimeout: 0 })
    const database = open(file)
    const store = await sqlite(database).bind(notes, { log: null })
    const begun = gate()
    const writing = store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: 'a' }])
      begun.open()
      await later(20)
    })
    await begun.passed
    await create(other, note, { id: 'b' })
    await writing
    expect(await readAll(other, note)).toHaveLength(2)
    await store.close()
    database.close()
  })
})

describe('settings of a connection', () => {
  async function pragma(store: Awaited<ReturnType<typeof openTestStore>>, name: string): Promise<unknown> {
    return store.transaction({}, async (session) => {
      const native = session.native as { prepare(text: string): { get(): Record<string, unknown> } }
      return native.prepare(`select * from pragma_${name}`).get()[name]
    })
  }

  test('the defaults, and pragmas of the caller above them', async () => {
    const store = await openTestStore(notes, { file: temporaryFile() })
    expect(await pragma(store, 'journal_mode')).toBe('wal')
    expect(await pragma(store, 'synchronous')).toBe(1)
    expect(await pragma(store, 'foreign_keys')).toBe(1)
    expect(await pragma(store, 'cache_size')).toBe(-64_000)
    const other = await openTestStore(notes, {
      file: temporaryFile(),
      pragmas: { synchronous: 'full', cache_size: -2000 },
    })
    expect(await pragma(other, 'synchronous')).toBe(2)
    expect(await pragma(other, 'cache_size')).toBe(-2000)
  })
})

describe('prepared statements', () => {
  test('are kept while they are used, and let go when many others came', () => {
    const prepared: string[] = []
    const connection = {
      prepare(text: string) {
        prepared.push(text)
        return { text } as unknown as Prepared
      },
    } as unknown as Connection
    const cache = new StatementCache(connection)
    const kept = cache.get('kept')
    cache.get('forgotten')
    for (let at = 0; at < 2000; at++) {
      cache.get(`other ${at}`)
      expect(cache.get('kept')).toBe(kept)
    }
    cache.get('forgotten')
    expect(prepared.filter((text) => text === 'kept')).toHaveLength(1)
    expect(prepared.filter((text) => text === 'forgotten')).toHaveLength(2)
  })
})
