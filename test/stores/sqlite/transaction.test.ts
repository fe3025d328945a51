import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import type { Session } from '../../../src/store/read.js'
import type { BoundStore, LogEntry } from '../../../src/store/store.js'
import { openTestStore, temporaryFile, testStore } from '../../helpers/sqlite.js'
import { gate, later, note, notes } from './notes.js'
import { create, insert, modelOf, readAll } from '../common/raw.js'

const ids = async (store: BoundStore) => (await readAll(store, note)).map(({ id }) => id)
const add = (store: BoundStore, session: Session, id: string) => insert(store, session, note, [{ id }])

describe('a transaction', () => {
  test('commits what it resolves with and rolls back what it rejects with', async () => {
    const store = await openTestStore(notes)
    const result = await store.transaction({}, async (session) => {
      await add(store, session, 'a')
      return 'done'
    })
    expect(result).toBe('done')
    const error = new Error('mine')
    const failing = store.transaction({}, async (session) => {
      await add(store, session, 'b')
      throw error
    })
    await expect(failing).rejects.toBe(error)
    expect(await ids(store)).toEqual(['a'])
  })

  test('is rolled back where its body throws before it is asynchronous', async () => {
    const store = await openTestStore(notes)
    const failing = store.transaction({}, () => {
      throw new Error('at once')
    })
    await expect(failing).rejects.toThrow('at once')
    await create(store, note, { id: 'a' })
  })

  test('ends at its timeout, at once, and nothing of it is kept', async () => {
    const store = await openTestStore(notes, { file: temporaryFile() })
    const end = gate()
    let late: unknown
    const timedOut = store.transaction({ timeout: 20 }, async (session) => {
      await add(store, session, 'a')
      await end.passed
      late = await add(store, session, 'b')
    })
    const caught: unknown = await timedOut.catch((error: unknown) => error)
    expect(isKinshipError(caught, 'KIN_TRANSACTION_TIMEOUT') && caught.details).toEqual({ timeoutMs: 20 })
    // The next one has begun when the body of this one goes on, and must not be written into.
    await store.transaction({}, async (session) => {
      await add(store, session, 'c')
      end.open()
      await later(5)
    })
    expect(late).toBeUndefined()
    expect(await ids(store)).toEqual(['c'])
  })

  test('is overdue even where its body never lets go of the event loop', async () => {
    const store = await openTestStore(notes)
    const overdue = store.transaction({ timeout: 5 }, async (session) => {
      await add(store, session, 'a')
      const until = performance.now() + 15
      while (performance.now() < until);
    })
    await expect(overdue).rejects.toMatchObject({ code: 'KIN_TRANSACTION_TIMEOUT' })
    expect(await ids(store)).toEqual([])
  })

  test('in time leaves no timer behind', async () => {
    const store = await openTestStore(notes)
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await store.transaction({ timeout: 60_000, signal: new AbortController().signal }, async () => undefined)
    const after = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    expect(after).toBe(before)
  })

  test('is rolled back when its signal is given, before and while it runs', async () => {
    const store = await openTestStore(notes)
    const reason = new Error('enough')
    const before = store.transaction({ signal: AbortSignal.abort(reason) }, async (session) =>
      add(store, session, 'a'),
    )
    await expect(before).rejects.toMatchObject({ code: 'KIN_ABORTED', cause: reason })
    const controller = new AbortController()
    const running = store.transaction({ signal: controller.signal }, async (session) => {
      await add(store, session, 'a')
      controller.abort(reason)
      await later(1)
    })
    await expect(running).rejects.toMatchObject({ code: 'KIN_ABORTED', cause: reason })
    expect(await ids(store)).toEqual([])
  })

  test('lets nothing be done in it when it has ended', async () => {
    const store = await openTestStore(notes)
    const kept: Session[] = []
    await store.transaction({}, async (session) => {
      kept.push(session)
    })
    await expect(async () => add(store, kept[0] as Session, 'a')).rejects.toMatchObject({
      code: 'KIN_TRANSACTION_MISUSE',
    })
  })

  test('takes no isolation level that SQLite does not have', async () => {
    const store = await openTestStore(notes)
    await store.transaction({ isolation: 'default' }, async () => undefined)
    await store.transaction({ isolation: 'serializable' }, async () => undefined)
    const other = store.transaction({ isolation: 'read committed' }, async () => undefined)
    await expect(other).rejects.toMatchObject({ code: 'KIN_CAPABILITY' })
  })

  test("gives the driver's own handle", async () => {
    const store = await openTestStore(notes)
    await store.transaction({}, async (session) => {
      expect(session.inTransaction).toBe(true)
      const native = session.native as { exec(statements: string): void }
      native.exec(`insert into note (id) values ('native')`)
    })
    expect(await ids(store)).toEqual(['native'])
  })

  test('R29: foreign keys are looked at when it commits, not before', async () => {
    const graph = defineGraph({
      parent: k.model({ id: k.id.string(), name: k.string().optional() }),
      child: k.model({ id: k.id.string(), parent: k.one('parent', { inverse: 'children' }) }),
    })
    const store = await openTestStore(graph)
    const [parent, child] = [modelOf(graph, 'parent'), modelOf(graph, 'child')]
    await store.transaction({}, async (session) => {
      await insert(store, session, child, [{ id: 'c', parent: 'p' }])
      await insert(store, session, parent, [{ id: 'p' }])
    })
    const dangling = create(store, child, { id: 'd', parent: 'nobody' })
    await expect(dangling).rejects.toMatchObject({
      code: 'KIN_STORE_FAILED',
      details: { driverCode: 'SQLITE_CONSTRAINT_FOREIGNKEY' },
    })
    expect(await readAll(store, child)).toHaveLength(1)
  })
})

describe('the statement log', () => {
  test('has one entry for each statement', async () => {
    const entries: LogEntry[] = []
    const store = await openTestStore(notes, { log: (entry) => entries.push(entry) })
    entries.length = 0
    await create(store, note, { id: 'a' }, { id: 'b' })
    await readAll(store, note)
    await create(store, note, { id: 'a' }).catch(() => undefined)
    expect(entries.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['begin', 0],
      ['write', 2],
      ['commit', 0],
      ['read', 2],
      ['begin', 0],
      ['write', 0],
      ['rollback', 0],
    ])
    expect(entries[1]).toMatchObject({
      statement: 'insert into "note" ("id", "text") values (?, ?), (?, ?)',
      parameters: ['a', null, 'b', null],
    })
    expect(entries[1]?.milliseconds).toBeGreaterThan(0)
  })
})

describe('a closed store', () => {
  test('refuses everything, after what was being written', async () => {
    const store = await openTestStore(notes, { file: temporaryFile() })
    const writing = store.transaction({}, async (session) => {
      await later(10)
      await add(store, session, 'a')
    })
    const closing = store.close()
    await writing
    await closing
    await store.close()
    await expect(create(store, note, { id: 'b' })).rejects.toMatchObject({ code: 'KIN_STORE_CLOSED' })
    await expect(async () => readAll(store, note)).rejects.toMatchObject({ code: 'KIN_STORE_CLOSED' })
  })

  test('can be bound again, whoever closed it, and is closed by the last graph that leaves', async () => {
    const opened = testStore({ file: temporaryFile() })
    const first = await opened.bind(notes, { log: null })
    await opened.close()
    const second = await opened.bind(notes, { log: null })
    await second.sync({})
    await first.close()
    await create(second, note, { id: 'a' })
    await second.close()
    await expect(create(second, note, { id: 'b' })).rejects.toMatchObject({ code: 'KIN_STORE_CLOSED' })
  })

  test('stays open while another graph is bound to it, and can be bound again', async () => {
    const opened = testStore({ file: temporaryFile() })
    const first = await opened.bind(notes, { log: null })
    const second = await opened.bind(notes, { log: null })
    await first.sync({})
    await first.close()
    await create(second, note, { id: 'a' })
    await second.close()
    const third = await opened.bind(notes, { log: null })
    expect(await ids(third)).toEqual(['a'])
  })
})
