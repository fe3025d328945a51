/**
 * The stores that tests run on: SQLite and PGlite always, PostgreSQL and MongoDB where the environment names a server. Every
 * file has databases of its own, which go when its tests are over.
 */
import { afterAll } from 'vitest'
import type { Layout } from '../../src/schema/graph.js'
import type { Store } from '../../src/store/store.js'
import { type Place, storeAt } from './places.js'
import { documentsOf, dropMongodb, endTransactions, mongodbUrl } from './mongodb.js'
import { describeWith, mongodbServer, type TestServer } from './servers.js'
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
  /** a new, empty database that several stores and processes may open; null where the store has no such thing */
  readonly newPlace: (() => Place) | null
  /** what is stored in a table or collection, read in a transaction by the driver's own handle */
  readonly rows: (native: Native, table: string) => Promise<Record<string, unknown>[]>
  /** how many records make a large delete for it */
  readonly many: number
  /** waits until a process that was killed has nothing open any more, or does what the server would do in time */
  readonly afterCrash: (place: Place) => Promise<void>
}

export const testedStores: readonly TestedStore[] = [
  {
    name: 'sqlite',
    missing: null,
    layouts: ['join', 'array'],
    open: () => testStore(),
    newPlace: () => ({ store: 'sqlite', file: temporaryFile(), driver: sqliteDriver }),
    rows: async (native, table) => native.prepare(`select * from "${table}"`).all(),
    many: 400,
    // Its locks went with the process.
    afterCrash: async () => {},
  },
  {
    name: 'mongodb',
    missing: whyNo(mongodbServer()),
    layouts: ['join', 'array'],
    open: () => openAt({ store: 'mongodb', url: mongodbUrl() }),
    newPlace: () => ({ store: 'mongodb', url: mongodbUrl() }),
    rows: (handle, collection) => documentsOf(handle, collection),
    // The test server takes long for long lists of ids.
    many: 40,
    afterCrash: endTransactions,
  },
]

function whyNo(server: TestServer): string | null {
  return 'url' in server ? null : server.missing
}

export function storeNamed(name: string): TestedStore {
  const found = testedStores.find((store) => store.name === name)
  if (found === undefined) throw new Error(`No store under test is called ${name}`)
  return found
}

/** Those that several connections and processes may share a database of. */
export const sharedStores = testedStores.filter(({ newPlace }) => newPlace !== null)

/** Those behind a server, which may go away. */
export const serverStores = sharedStores.filter(({ name }) => name !== 'sqlite')

/** Tests for each of the stores, titled by their names. */
export function describeStores(body: (store: TestedStore) => void, stores = testedStores): void {
  for (const store of stores) {
    describeWith(store.name, store.missing, () => body(store))
  }
}

const opened: Store[] = []

afterAll(async () => {
  for (const store of opened.splice(0)) await store.close()
  await dropMongodb()
})

/** A store on a place, closed after the tests of the file. */
export function openAt(place: Place): Store {
  const store = storeAt(place)
  opened.push(store)
  return store
}

/** A database that may be shared. */
export function sharedPlace({ name, newPlace }: TestedStore): Place {
  if (newPlace === null) throw new Error(`A database of ${name} has one connection`)
  return newPlace()
}
