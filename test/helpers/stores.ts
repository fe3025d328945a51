/**
 * The stores that tests run on: SQLite and PGlite always, PostgreSQL and MongoDB where the environment names a server. Every
 * file has databases of its own, which go when its tests are over.
 */
import { afterAll, beforeAll } from 'vitest'
import type { Layout } from '../../src/schema/graph.js'
import type { Store } from '../../src/store/store.js'
import { postgres } from '../../src/stores/postgres/index.js'
import { type Place, storeAt } from './places.js'
import {
  documentsOf,
  dropMongodb,
  endTransactions,
  mongodbUrl,
  ownMongodbUrl,
  stopOwnMongodb,
} from './mongodb.js'
import {
  awaitRollback,
  closePglite,
  createPostgres,
  dropPostgres,
  newNamespace,
  postgresUrl,
  rowsOfTable,
  sharedPglite,
} from './postgres.js'
import { describeWith, mongodbServer, postgresServer, type TestServer } from './servers.js'
import { sqliteDriver, temporaryFile, testStore } from './sqlite.js'

/* oxlint-disable-next-line typescript/no-explicit-any -- what a driver's own handle can do is known to its store alone */
type Native = any

export interface TestedStore {
  /** `sqlite` */
  readonly name: string
  /** why it is not there; null where it is */
  readonly missing: string | null
  /** layouts of lists that it has */
  readonly layouts: readonly Exclude<Layout, 'reference'>[]
  /** a new, empty database for itself alone */
  readonly open: () => Store
}

/** A store that several connections and processes may share a database of. */
export interface SharedStore extends TestedStore {
  /** a new, empty database */
  readonly newPlace: () => Place
  /** one for what is going to be killed: `afterCrash` disturbs nobody else there */
  readonly placeToCrash: () => Promise<Place>
  /** what is stored in a table or collection of a place, read in a transaction by the driver's own handle */
  readonly rows: (native: Native, place: Place, table: string) => Promise<Record<string, unknown>[]>
  /** how many records make a large delete for it */
  readonly many: number
  /** waits until a process that was killed has nothing open any more, or does what the server would do in time */
  readonly afterCrash: (place: Place) => Promise<void>
}

const sqliteStore: SharedStore = {
  name: 'sqlite',
  missing: null,
  layouts: ['join', 'array'],
  open: () => testStore(),
  newPlace: newFile,
  placeToCrash: async () => newFile(),
  rows: async (native, _place, table) => native.prepare(`select * from "${table}"`).all(),
  many: 400,
  // Its locks went with the process.
  afterCrash: async () => {},
}

export const pgliteStore: TestedStore = {
  name: 'pglite',
  missing: null,
  layouts: ['join', 'array'],
  open: () => openedStore(postgres({ database: sharedPglite(), schema: newNamespace() })),
}

export const postgresStore: SharedStore = {
  name: 'postgres',
  missing: whyNo(postgresServer()),
  layouts: ['join', 'array'],
  open: () => openAt(newPostgresPlace()),
  newPlace: newPostgresPlace,
  placeToCrash: async () => newPostgresPlace(),
  rows: (client, place, table) => rowsOfTable(client, 'schema' in place ? place.schema : 'public', table),
  many: 200,
  afterCrash: awaitRollback,
}

export const mongodbStore: SharedStore = {
  name: 'mongodb',
  missing: whyNo(mongodbServer()),
  layouts: ['join', 'array', 'mirror'],
  open: () => openAt({ store: 'mongodb', url: mongodbUrl() }),
  newPlace: () => ({ store: 'mongodb', url: mongodbUrl() }),
  placeToCrash: async () => ({ store: 'mongodb', url: await ownMongodbUrl() }),
  rows: (handle, _place, collection) => documentsOf(handle, collection),
  // The test server takes long for long lists of ids.
  many: 40,
  afterCrash: (place) => endTransactions('url' in place ? place.url : ''),
}

export const sharedStores: readonly SharedStore[] = [sqliteStore, postgresStore, mongodbStore]

export const testedStores: readonly TestedStore[] = [...sharedStores, pgliteStore]

/** Those behind a server, which may go away. */
export const serverStores: readonly SharedStore[] = [postgresStore, mongodbStore]

function newFile(): Place {
  return { store: 'sqlite', file: temporaryFile(), driver: sqliteDriver }
}

function newPostgresPlace(): Place {
  if (postgresUrl === null) throw new Error('There is no PostgreSQL server')
  return { store: 'postgres', url: postgresUrl, schema: newNamespace() }
}

function whyNo(server: TestServer): string | null {
  return 'url' in server ? null : server.missing
}

/** Tests for each of the stores, titled by their names. */
export function describeStores<S extends TestedStore>(stores: readonly S[], body: (store: S) => void): void {
  for (const store of stores) {
    describeWith(store.name, store.missing, () => body(store))
  }
}

const opened: Store[] = []

beforeAll(createPostgres)

afterAll(async () => {
  for (const store of opened.splice(0)) await store.close()
  await closePglite()
  await dropPostgres()
  await dropMongodb()
  await stopOwnMongodb()
})

/** A store on a place, closed after the tests of the file. */
export function openAt(place: Place): Store {
  return openedStore(storeAt(place))
}

function openedStore(store: Store): Store {
  opened.push(store)
  return store
}
