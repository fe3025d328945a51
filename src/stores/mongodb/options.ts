import type { MongoClient, MongoClientOptions } from 'mongodb'
import { fail, unknownName } from '../../errors/index.js'
import type { Features } from './deployment.js'

/** How a MongoDB database is opened: by `url`, or with a `client` of your own. */
export interface MongodbOptions {
  /** A connection string. Its path names the database, unless `database` does. */
  readonly url?: string
  /** A client of the driver. It stays open when the store is closed. */
  readonly client?: MongoClient
  /** The database. Default: the one of the URL, otherwise `test`, as everywhere in MongoDB. */
  readonly database?: string
  /**
   * More options of the driver's client, where it is opened by `url`. Unless they or the URL say otherwise, a server is looked
   * for during 5 seconds (`serverSelectionTimeoutMS`).
   */
  readonly clientOptions?: MongoClientOptions
  /** How long the server may work on one read, in milliseconds. Default: as long as it takes. */
  readonly maxTimeMS?: number
  /**
   * How many records one delete may reach (R25). Default 50,000: a transaction of MongoDB is given up after 60 seconds, so raise
   * it together with the server's `transactionLifetimeLimitSeconds`.
   */
  readonly maxClosure?: number
  /** Features of the server that are not to be used although it has them, each set to false. For tests. */
  readonly features?: Partial<Features>
}

const known = ['url', 'client', 'database', 'clientOptions', 'maxTimeMS', 'maxClosure', 'features']
const knownFeatures = ['lookup', 'windows', 'sortArray']

/** What is to be opened, with every default in place. */
export interface Target {
  readonly from: { readonly url: string; readonly clientOptions: MongoClientOptions } | MongoClient
  readonly database: string | undefined
  readonly maxTimeMS: number | null
  readonly maxClosure: number
  readonly features: Partial<Features>
}

const MAX_CLOSURE = 50_000

export function readOptions(given: string | MongodbOptions | MongoClient): Target {
  if (typeof given === 'string') return readOptions({ url: given })
  if (isClient(given)) return readOptions({ client: given })
  checkNames(given, known, 'mongodb()')
  checkNames(given.features ?? {}, knownFeatures, 'the features of mongodb()')
  const { url, client, database, clientOptions = {}, maxTimeMS = null, maxClosure = MAX_CLOSURE } = given
  if (database !== undefined && database === '') refuse('database', 'the name of a database')
  if (maxTimeMS !== null && !(maxTimeMS > 0)) refuse('maxTimeMS', 'a number of milliseconds')
  if (!(maxClosure >= 1)) refuse('maxClosure', 'a number of records')
  const shared = { database, maxTimeMS, maxClosure, features: given.features ?? {} }
  if (client !== undefined) {
    if (url !== undefined) refuse('url', 'either a URL or a client, not both')
    if (!isClient(client)) refuse('client', 'a MongoClient of the driver')
    return { ...shared, from: client }
  }
  if (typeof url !== 'string' || !/^mongodb(?:\+srv)?:\/\//.test(url)) {
    refuse('url', 'a connection string that begins with "mongodb://" or "mongodb+srv://"')
  }
  return { ...shared, from: { url, clientOptions } }
}

function isClient(given: object): given is MongoClient {
  return 'db' in given && typeof given.db === 'function'
}

function checkNames(given: object, names: readonly string[], where: string): void {
  for (const word of Object.keys(given)) {
    if (!names.includes(word))
      unknownName('KIN_UNKNOWN_OPTION', { word, kind: 'option', where, candidates: names })
  }
}

function refuse(path: string, expected: string): never {
  return fail('KIN_INVALID_ARGUMENT', { message: `mongodb() expects ${expected} as "${path}".`, path })
}
