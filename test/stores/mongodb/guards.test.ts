import { Db, MongoClient, MongoServerSelectionError } from 'mongodb'
import { beforeEach, expect, test, vi } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import type { BoundStore, LogEntry } from '../../../src/store/store.js'
import { GUARDS } from '../../../src/stores/mongodb/guard-collection.js'
import { lockForDelete, lockForLink } from '../../../src/stores/mongodb/guards.js'
import { mongodb, type MongodbHandle } from '../../../src/stores/mongodb/index.js'
import type { MongoSession } from '../../../src/stores/mongodb/session.js'
import { mongodbUrl } from '../../helpers/mongodb.js'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { modelOf, oid } from '../common/raw.js'
import { openMongodb } from './open-store.js'

const graph = defineGraph({ user: k.model({ name: k.string() }), post: k.model({ author: k.one('user') }) })
const user = modelOf(graph, 'user')

/** Runs two transactions so that the second one acts while the first one has not ended. */
async function meeting(
  store: BoundStore,
  first: (session: MongoSession) => Promise<void>,
  second: (session: MongoSession) => Promise<void>,
): Promise<string> {
  return store.transaction({}, async (session) => {
    await first(session as MongoSession)
    return store
      .transaction({}, async (other) => second(other as MongoSession))
      .then(
        () => 'both',
        (error: unknown) => (isKinshipError(error) ? error.code : String(error)),
      )
  })
}

describeOn(mongodbServer(), 'R30: guards on MongoDB', () => {
  const log: LogEntry[] = []
  let store: BoundStore

  beforeEach(async () => {
    log.length = 0
    store = await openMongodb(graph, { log: (entry) => log.push(entry) })
  })

  const link = (ids: readonly string[]) => (session: MongoSession) => lockForLink(session, user, ids)
  const remove = (ids: readonly string[]) => (session: MongoSession) => lockForDelete(session, user, ids)
  const guards = () => log.filter(({ kind, statement }) => kind === 'write' && statement.includes(GUARDS))

  test('who refers to a record and who deletes it meet, whoever is first', async () => {
    expect(await meeting(store, link([oid(1)]), remove([oid(1)]))).toBe('KIN_CONFLICT')
    expect(await meeting(store, remove([oid(1)]), link([oid(1)]))).toBe('KIN_CONFLICT')
    expect(await meeting(store, remove([oid(1)]), remove([oid(1)]))).toBe('KIN_CONFLICT')
  })

  test('those who refer to the same record do not meet', async () => {
    expect(await meeting(store, link([oid(1)]), link([oid(1)]))).toBe('both')
  })

  test('a transaction writes a guard once', async () => {
    await store.transaction({}, async (session) => {
      await link([oid(1)])(session as MongoSession)
      await link([oid(1)])(session as MongoSession)
      await remove([oid(1)])(session as MongoSession)
      await remove([oid(1)])(session as MongoSession)
      await link([oid(1)])(session as MongoSession)
    })
    expect(guards().map(({ rows }) => rows)).toEqual([1, 32])
  })

  test('to delete many records is to write a bounded number of guards, in one command', async () => {
    const ids = Array.from({ length: 1000 }, (_, at) => oid(at))
    await store.transaction({}, async (session) => remove(ids)(session as MongoSession))
    await store.transaction({}, async (session) => link(ids)(session as MongoSession))
    expect(guards().map(({ rows }) => rows)).toEqual([256, 8])
  })

  test('guards that somebody dropped fail one transaction and are there for the next', async () => {
    await store.transaction({}, async ({ native }) => {
      const { db } = native as MongodbHandle
      await db.collection(GUARDS).deleteMany({})
    })
    const once = () => store.transaction({}, async (session) => link([oid(1)])(session as MongoSession))
    await expect(once()).rejects.toSatisfy((error) => isKinshipError(error, 'KIN_CONFLICT'))
    await once()
    expect(guards().at(-1)?.rows).toBe(1)
  })

  test('a server that is gone when guards are to be made is said to be so', async () => {
    const client = await new MongoClient(mongodbUrl(), { serverSelectionTimeoutMS: 300 }).connect()
    const other = await mongodb({ client }).bind(graph, { log: null })
    vi.spyOn(Db.prototype, 'collection').mockImplementationOnce(() => {
      throw new MongoServerSelectionError('gone', {} as never)
    })
    await expect(other.transaction({}, async () => 1)).rejects.toSatisfy((error) =>
      isKinshipError(error, 'KIN_STORE_UNAVAILABLE'),
    )
    expect(await other.transaction({}, async () => 1)).toBe(1)
    await other.close()
    await client.close()
  })
})
