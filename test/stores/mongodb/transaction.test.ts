import { MongoClient } from 'mongodb'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { connect } from '../../../src/engine/connect.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { always } from '../../../src/store/filter.js'
import type { LogEntry } from '../../../src/store/store.js'
import { mongodb, type MongodbHandle } from '../../../src/stores/mongodb/index.js'
import { mongodbUrl } from '../../helpers/mongodb.js'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { insert, modelOf, oid, readAll } from '../common/raw.js'
import { openMongodb } from './open-store.js'

const graph = defineGraph({
  note: k.model({ text: k.string().unique(), other: k.string().unique().optional() }),
})
const note = modelOf(graph, 'note')
const codeOf = (error: unknown) => (isKinshipError(error) ? error.code : String(error))

describeOn(mongodbServer(), 'transactions on MongoDB', () => {
  test('what fails is rolled back, what resolves is committed; the log has begin, commit and rollback', async () => {
    const log: LogEntry[] = []
    const store = await openMongodb(graph, { log: (entry) => log.push(entry) })
    await store.transaction({}, async (session) => insert(store, session, note, [{ id: oid(1), text: 'a' }]))
    const failed = store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: oid(2), text: 'b' }])
      throw new RangeError('mine')
    })
    await expect(failed).rejects.toThrow('mine')
    expect((await readAll(store, note)).map(({ id }) => id)).toEqual([oid(1)])
    const kinds = log.map(({ kind }) => kind).filter((kind) => kind !== 'schema')
    expect(kinds).toEqual(['begin', 'write', 'commit', 'begin', 'write', 'rollback', 'read'])
  })

  test('reads in a transaction see its writes, reads outside do not', async () => {
    const store = await openMongodb(graph)
    await store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: oid(1), text: 'a' }])
      expect(await readAll(store, note, always, session)).toHaveLength(1)
      expect(await readAll(store, note)).toHaveLength(0)
    })
    expect(await readAll(store, note)).toHaveLength(1)
  })

  test('commands of a transaction may be asked for at once', async () => {
    const store = await openMongodb(graph)
    const rows = await store.transaction({}, async (session) =>
      Promise.all(Array.from({ length: 5 }, () => readAll(store, note, always, session))),
    )
    expect(rows).toEqual([[], [], [], [], []])
  })

  test('a transaction that takes too long is rolled back, and its session ends', async () => {
    const store = await openMongodb(graph)
    let late: Promise<unknown> = Promise.resolve()
    const slow = store.transaction({ timeout: 50 }, async (session) => {
      await insert(store, session, note, [{ id: oid(1), text: 'a' }])
      await sleep(150)
      late = Promise.resolve(insert(store, session, note, [{ id: oid(2), text: 'b' }])).catch(codeOf)
      await late
    })
    expect(await slow.catch(codeOf)).toBe('KIN_TRANSACTION_TIMEOUT')
    await sleep(150)
    expect(await late).toBe('KIN_TRANSACTION_TIMEOUT')
    expect(await readAll(store, note)).toEqual([])
  })

  test('a signal ends a transaction, and a read', async () => {
    const store = await openMongodb(graph)
    const controller = new AbortController()
    const { signal } = controller
    const running = store.transaction({ signal }, async (session) => {
      await insert(store, session, note, [{ id: oid(1), text: 'a' }])
      controller.abort()
      await insert(store, session, note, [{ id: oid(2), text: 'b' }])
    })
    expect(await running.catch(codeOf)).toBe('KIN_ABORTED')
    expect(await store.transaction({ signal }, async () => 1).catch(codeOf)).toBe('KIN_ABORTED')
    const session = await store.reader(signal)
    expect(await readAll(store, note, always, session).catch(codeOf)).toBe('KIN_ABORTED')
    expect(await readAll(store, note)).toEqual([])
  })

  test('a session is over with its transaction', async () => {
    const store = await openMongodb(graph)
    const session = await store.transaction({}, async (given) => given)
    expect(await readAll(store, note, always, session).catch(codeOf)).toBe('KIN_TRANSACTION_MISUSE')
  })

  test('nothing is written outside of a transaction', async () => {
    const store = await openMongodb(graph)
    const session = await store.reader()
    const written = Promise.resolve(insert(store, session, note, [{ id: oid(1), text: 'a' }]))
    expect(await written.catch(codeOf)).toBe('KIN_INTERNAL')
  })

  test('R31: two that write the same document: the second fails with a conflict, whatever it is that noticed', async () => {
    const store = await openMongodb(graph)
    await store.transaction({}, async (session) => insert(store, session, note, [{ id: oid(1), text: 'a' }]))
    const write = (text: string) => ({
      at: { path: ['text'], field: note.fields.get('text')! },
      op: 'set' as const,
      value: { fixed: text },
    })
    const change = (text: string) =>
      store.compileWrite({ model: note, where: always, changes: [write(text)] })
    await store.transaction({}, async (first) => {
      await change('b').run(first, [])
      const second = store.transaction({}, async (session) => change('c').run(session, []))
      expect(await second.catch(codeOf)).toBe('KIN_CONFLICT')
    })
    expect(await readAll(store, note)).toMatchObject([{ text: 'b' }])
  })

  test('another isolation is refused', async () => {
    const store = await openMongodb(graph)
    const asked = store.transaction({ isolation: 'serializable' }, async () => 1)
    expect(await asked.catch(codeOf)).toBe('KIN_CAPABILITY')
  })

  test('tx.native has the session, so that what is given it belongs to the transaction', async () => {
    const db = await connect(graph, mongodb(mongodbUrl()))
    await db.sync()
    const failed = db.transaction(async (tx) => {
      const { db: database, session } = tx.native as MongodbHandle
      await database.collection('note').insertOne({ text: 'a' }, { session: session! })
      expect(await tx.note.count()).toBe(1)
      throw new RangeError('mine')
    })
    await expect(failed).rejects.toThrow('mine')
    expect(await db.note.count()).toBe(0)
    await db.close()
  })
})

/** A client whose answers about taken values do not say which, as those of engines that are not MongoDB's own. */
async function silentClient(): Promise<MongoClient> {
  const client = await new MongoClient(mongodbUrl()).connect()
  const quiet = (database: ReturnType<MongoClient['db']>) => {
    const command = database.command.bind(database)
    database.command = async (...given) => {
      const reply = await command(...given)
      for (const failure of (reply['writeErrors'] ?? []) as Record<string, unknown>[]) {
        delete failure['keyPattern']
        delete failure['keyValue']
      }
      return reply
    }
    return database
  }
  const db = client.db.bind(client)
  client.db = (...given) => quiet(db(...given))
  return client
}

describeOn(mongodbServer(), 'an engine that does not say which value is taken', () => {
  describe('the value is found out', () => {
    test.each([
      [{ text: 'a', other: 'new' }, ['text']],
      [{ text: 'new', other: 'x' }, ['other']],
    ])('of %j it is %j', async (data, fields) => {
      const client = await silentClient()
      const db = await connect(graph, mongodb({ client }))
      await db.sync()
      await db.note.create({ text: 'a', other: 'x' })
      const failure: unknown = await db.note.create(data).catch((error: unknown) => error)
      expect(isKinshipError(failure, 'KIN_UNIQUE') && failure.details).toEqual({ model: 'note', fields })
      expect(await db.note.count()).toBe(1)
      await db.close()
      await client.close()
    })
  })
})
