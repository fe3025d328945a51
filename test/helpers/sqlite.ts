/** SQLite stores for tests. `KINSHIP_SQLITE_DRIVER=node` runs them on Node's own driver. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Graph } from '../../src/schema/graph.js'
import type { BoundStore, LogEntry, Store } from '../../src/store/store.js'
import { sqlite, type SqliteOptions } from '../../src/stores/sqlite/index.js'

export const sqliteDriver = process.env['KINSHIP_SQLITE_DRIVER'] === 'node' ? 'node:sqlite' : 'better-sqlite3'

const directories: string[] = []
const stores: Store[] = []

afterAll(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

/** A directory that is removed after the tests of the file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kinship-'))
  directories.push(directory)
  return directory
}

/** The path of a database file that does not exist yet. */
export function temporaryFile(name = 'test.db'): string {
  return join(temporaryDirectory(), name)
}

/** A store on the driver under test, in memory by default; closed after the tests of the file. */
export function testStore(options: Partial<SqliteOptions> = {}): Store {
  const store = sqlite({ file: ':memory:', driver: sqliteDriver, ...options })
  stores.push(store)
  return store
}

/** A graph bound to a store of its own, with its tables. */
export async function openTestStore(
  graph: Graph,
  options: Partial<SqliteOptions> & { readonly log?: (entry: LogEntry) => void } = {},
): Promise<BoundStore> {
  const { log = null, ...rest } = options
  const bound = await testStore(rest).bind(graph, { log })
  if (rest.readOnly !== true) await bound.sync({})
  return bound
}
