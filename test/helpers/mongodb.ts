/** MongoDB databases for tests, on the server that `KINSHIP_MONGODB_URL` names. */
import { type Document, MongoClient } from 'mongodb'
import type { MongodbHandle } from '../../src/stores/mongodb/index.js'
import { startMongodb } from '../../scripts/servers/mongodb.mjs'
import type { Server } from '../../scripts/servers/start-server.mjs'
import { mongodbServer, whyNotStarted } from './servers.js'

const server = mongodbServer()
const prefix = `kinship_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
const names: string[] = []
let databases = 0

/** The URL of a database that does not exist yet; it is dropped after the tests of the file. */
export function mongodbUrl(): string {
  if (!('url' in server)) throw new Error(server.missing)
  const name = `${prefix}_${databases++}`
  names.push(name)
  const [, hosts, options = ''] = /^([^/]+\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(server.url) ?? []
  return `${hosts}/${name}${options}`
}

/** Drops the databases of this file; to be called when everything that used them is closed. */
export async function dropMongodb(): Promise<void> {
  if (names.length === 0 || !('url' in server)) return
  await withMongodb(server.url, async (client) => {
    for (const name of names.splice(0)) await client.db(name).dropDatabase()
  })
}

/** What is stored in a collection, as a transaction sees it. */
export function documentsOf({ db, session }: MongodbHandle, collection: string): Promise<Document[]> {
  return db
    .collection(collection)
    .find({}, session && { session })
    .toArray()
}

/**
 * Transactions whose clients were killed: a server ends them after a minute, this does so at once, and with them all that
 * run on it. So what is killed should have a server of its own.
 */
export async function endTransactions(url: string): Promise<void> {
  await withMongodb(url, (client) => client.db('admin').command({ killAllSessions: [] }))
}

let own: Promise<Server> | null = null

/** The URL of a new database on a server for this file alone; where none can be started, on the one of all. */
export async function ownMongodbUrl(): Promise<string> {
  if (whyNotStarted('KINSHIP_MONGODB_URL') !== null) return mongodbUrl()
  own ??= startMongodb()
  const url = new URL((await own).url)
  url.pathname = `/${prefix}_${databases++}`
  return String(url)
}

export async function stopOwnMongodb(): Promise<void> {
  const running = await own
  own = null
  await running?.stop()
}

async function withMongodb(url: string, use: (client: MongoClient) => Promise<unknown>): Promise<void> {
  const client = new MongoClient(url, { socketTimeoutMS: 10_000 })
  try {
    await use(client)
  } finally {
    await client.close()
  }
}
