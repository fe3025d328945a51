import { linkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { always } from '../../../src/store/filter.js'
import type { Session } from '../../../src/store/read.js'
import type { BoundStore } from '../../../src/store/store.js'
import { openTestStore, temporaryDirectory, temporaryFile } from '../../helpers/sqlite.js'
import { gate, later, note, notes } from './notes.js'
import { countUp, holdLock } from './other-process.js'
import { create, insert, place, readAll } from '../common/raw.js'

const ids = async (store: BoundStore, session?: Session) =>
  (await readAll(store, note, undefined, session)).map(({ id }) => id)

describe('one writer per file, first come first served', () => {
  test('R28: transactions that wait on something else never mix, and come in the order asked for', async () => {
    const store = await openTestStore(notes, { file: temporaryFile() })
    const order: string[] = []
    const work = (name: string, pause: number) =>
      store.transaction({}, async (session) => {
        order.push(`${name} begins`)
        await insert(store, session, note, [{ id: `${name}1` }])
        await later(pause)
        await insert(store, session, note, [{ id: `${name}2` }])
        order.push(`${name} ends`)
      })
    await Promise.all([work('a', 20), work('b', 0), work('c', 10)])
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    expect(await ids(store)).toHaveLength(6)
  })

  test('R28: an insert beside a transaction that is rolled back is kept', async () => {
    for (const file of [temporaryFile(), ':memory:']) {
      const store = await openTestStore(notes, { file })
      const begun = gate()
      const failing = store.transaction({}, async (session) => {
        await insert(store, session, note, [{ id: 'lost' }])
        begun.open()
        await later(10)
        throw new Error('no')
      })
      await begun.passed
      const kept = create(store, note, { id: 'kept' })
      await expect(failing).rejects.toThrow('no')
      await kept
      expect(await ids(store)).toEqual(['kept'])
    }
  })

  test('R28: stores of one file take turns with each other, whatever its name', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'real.db')
    const first = await openTestStore(notes, { file })
    symlinkSync(file, join(directory, 'alias.db'))
    const second = await openTestStore(notes, { file: join(directory, 'alias.db'), busyTimeout: 0 })
    const begun = gate()
    const long = first.transaction({}, async (session) => {
      await insert(first, session, note, [{ id: 'a' }])
      begun.open()
      await later(30)
    })
    await begun.passed
    // Were it not in the same queue, it would meet the lock, for which it does not wait.
    await create(second, note, { id: 'b' })
    await long
    expect(await ids(second)).toEqual(['a', 'b'])
  })

  test('a file with two hard links has two queues, and SQLite itself keeps the writers apart', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'real.db')
    const first = await openTestStore(notes, { file, pragmas: { journal_mode: 'delete' } })
    linkSync(file, join(directory, 'link.db'))
    const second = await openTestStore(notes, {
      file: join(directory, 'link.db'),
      pragmas: { journal_mode: 'delete' },
    })
    await Promise.all([
      first.transaction({}, async (session) => {
        await insert(first, session, note, [{ id: 'a' }])
        await later(20)
      }),
      create(second, note, { id: 'b' }),
    ])
    expect(await ids(first)).toEqual(['a', 'b'])
  })

  test('whoever waits for a turn can give up, and the next one gets it', async () => {
    const store = await openTestStore(notes, { file: temporaryFile() })
    const end = gate()
    const long = store.transaction({}, async () => end.passed)
    const controller = new AbortController()
    const given = store.transaction({ signal: controller.signal }, async (session) =>
      insert(store, session, note, [{ id: 'never' }]),
    )
    const next = create(store, note, { id: 'next' })
    controller.abort(new Error('enough'))
    await expect(given).rejects.toMatchObject({ code: 'KIN_ABORTED', cause: { message: 'enough' } })
    end.open()
    await Promise.all([long, next])
    expect(await ids(store)).toEqual(['next'])
  })
})

describe('reads outside of a transaction', () => {
  test('R28: see what is committed, and answer at once, while a transaction is open', async () => {
    const store = await openTestStore(notes, { file: temporaryFile() })
    await store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: 'a' }])
      expect(await ids(store, session)).toEqual(['a'])
      expect(store.reader()).not.toBeInstanceOf(Promise)
      expect(await ids(store)).toEqual([])
    })
    expect(await ids(store)).toEqual(['a'])
  })

  test('R28: in memory they wait for the transaction to end', async () => {
    const store = await openTestStore(notes)
    const begun = gate()
    const end = gate()
    const long = store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: 'a' }])
      begun.open()
      await end.passed
      throw new Error('no')
    })
    await begun.passed
    let read: unknown = null
    const reading = ids(store).then((found) => (read = found))
    await later(5)
    expect(read).toBeNull()
    end.open()
    await expect(long).rejects.toThrow('no')
    await reading
    expect(read).toEqual([])
  })

  test('in memory, one that waits can give up', async () => {
    const store = await openTestStore(notes)
    const end = gate()
    const long = store.transaction({}, async () => end.passed)
    const session = await store.reader(AbortSignal.timeout(5))
    await expect(ids(store, session)).rejects.toMatchObject({ code: 'KIN_ABORTED' })
    end.open()
    await long
  })
})

describe("another process's lock", () => {
  test('R28: is awaited without holding up the event loop, then the write goes through', async () => {
    const file = temporaryFile()
    const store = await openTestStore(notes, { file })
    const other = await holdLock(file, 'theirs')
    let ticks = 0
    const ticking = setInterval(() => ticks++, 5)
    const writing = create(store, note, { id: 'ours' })
    expect(await ids(store)).toEqual([])
    await later(150)
    expect(ticks).toBeGreaterThan(5)
    clearInterval(ticking)
    await other.release()
    await writing
    expect(await ids(store)).toEqual(['ours', 'theirs'])
  })

  test('R28: no count is lost between two processes and several transactions that await something', async () => {
    const file = temporaryFile()
    const store = await openTestStore(notes, { file, busyTimeout: 20_000 })
    await create(store, note, { id: 'count', text: '0' })
    const other = countUp(file, 200)
    const own = Array.from({ length: 100 }, async () =>
      store.transaction({}, async (session) => {
        const [found] = await readAll(store, note, undefined, session)
        await later(0)
        const text = String(Number(found?.['text']) + 1)
        const changes = [{ at: place(note, 'text'), op: 'set', value: { fixed: text } }] as const
        await store.compileWrite({ model: note, where: always, changes }).run(session, [])
      }),
    )
    await Promise.all(own)
    expect(await other).toBe(0)
    expect(await readAll(store, note)).toEqual([{ id: 'count', text: '300' }])
  })

  test('R28: those who wait here keep their order', async () => {
    const file = temporaryFile()
    const store = await openTestStore(notes, { file })
    const other = await holdLock(file)
    const order: string[] = []
    const writes = ['a', 'b', 'c'].map((id) => create(store, note, { id }).then(() => order.push(id)))
    await later(20)
    await other.release()
    await Promise.all(writes)
    expect(order).toEqual(['a', 'b', 'c'])
  })

  test('beyond the time limit it is a typed error, and the next write finds the queue free', async () => {
    const file = temporaryFile()
    const store = await openTestStore(notes, { file, busyTimeout: 60 })
    const other = await holdLock(file)
    const began = performance.now()
    const error = await create(store, note, { id: 'a' }).catch((caught: unknown) => caught)
    expect(isKinshipError(error, 'KIN_STORE_BUSY') && error.details.waitedMs).toBeGreaterThanOrEqual(59)
    expect(performance.now() - began).toBeLessThan(2000)
    await other.release()
    await create(store, note, { id: 'b' })
    expect(await ids(store)).toEqual(['b'])
  })

  test('the wait can be given up', async () => {
    const file = temporaryFile()
    const store = await openTestStore(notes, { file })
    const other = await holdLock(file)
    const given = store.transaction({ signal: AbortSignal.timeout(20) }, async () => undefined)
    await expect(given).rejects.toMatchObject({ code: 'KIN_ABORTED' })
    await other.release()
    await create(store, note, { id: 'b' })
  })

  test('a file can be opened while another process writes to it', async () => {
    const file = temporaryFile()
    const store = await openTestStore(notes, { file })
    await create(store, note, { id: 'a' })
    await store.close()
    const other = await holdLock(file)
    const opening = openTestStore(notes, { file })
    await later(20)
    await other.release()
    expect(await ids(await opening)).toEqual(['a'])
  })
})
