/** MongoDB databases for tests, on the server that `KINSHIP_MONGODB_URL` names. */
import { type Document, MongoClient } from 'mongodb'
import type { MongodbHandle } from '../../src/stores/mongodb/index.js'
import { mongodbServer } from './servers.js'

const server = mongodbServer()
const prefix = `kinship_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
const names: string[] = []

/** The URL of a database that does not exist yet; it is dropped after the tests of the file. */
export function mongodbUrl(): string {
  if (!('url' in server)) throw new Error(server.missing)
  const name = `${prefix}_${names.length}`
  names.push(name)
  const [, hosts, options = ''] = /^([^/]+\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(server.url) ?? []
  return `${hosts}/${name}${options}`
}

/** Drops the databases of this file; to be called when everything that used them is closed. */
export async function dropMongodb(): Promise<void> {
  if (names.length === 0) return
  await withMongodb(async (client) => {
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

/** A transaction whose client was killed: a server ends it after a minute, this does so at once. */
export async function endTransactions(): Promise<void> {
  await withMongodb((client) => client.db('admin').command({ killAllSessions: [] }))
}

async function withMongodb(use: (client: MongoClient) => Promise<unknown>): Promise<void> {
  if (!('url' in server)) throw new Error(server.missing)
  const client = new MongoClient(server.url, { socketTimeoutMS: 10_000 })
  try {
    await use(client)
  } finally {
    await client.close()
  }
}
