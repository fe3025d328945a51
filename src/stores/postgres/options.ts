import { fail, unknownName } from '../../errors/index.js'
import type { PgModule, PgPool, PoolOptions } from './drivers/pg.js'
import type { PGliteDatabase, PGliteModule } from './drivers/pglite.js'

/** How a PostgreSQL database is reached. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Default: what the variables `PGHOST`, `PGUSER`, … name. */
  readonly url?: string
  /** A pool of `pg` or an instance of PGlite that is open already, instead of a URL. It stays open when the store closes. */
  readonly database?: OpenDatabase
  /** The driver, by name or as the imported module. Default `pg`. */
  readonly driver?: 'pg' | 'pglite' | PgModule | PGliteModule
  /** PGlite's data directory. Default: in memory. */
  readonly directory?: string
  /** Options for the pool of `pg` that is opened: `max` (connections, default 10), `ssl`, `idleTimeoutMillis`, … */
  readonly pool?: PoolOptions
  /** The schema (namespace) that holds the tables. Default: the first of the connection's search path. */
  readonly schema?: string
  /**
   * Prepare statements under names, once for each connection. Default true; false for poolers that hand out another connection for
   * each transaction and do not know of prepared statements.
   */
  readonly prepare?: boolean
  /** How long a call waits for a connection, in milliseconds. Default 10000. */
  readonly acquireTimeout?: number
}

/** A database that is open already: a `Pool` of `pg`, or a `PGlite`. */
export type OpenDatabase = PgPool | PGliteDatabase

const known = ['url', 'database', 'driver', 'directory', 'pool', 'schema', 'prepare', 'acquireTimeout']

/** What is to be opened, with every default in place. */
export interface Target {
  readonly url: string | null
  readonly database: OpenDatabase | null
  readonly driver: Exclude<PostgresOptions['driver'], undefined>
  readonly directory: string | null
  readonly pool: PoolOptions
  readonly schema: string | null
  readonly prepare: boolean
  readonly acquireTimeout: number
}

const ACQUIRE_TIMEOUT = 10_000

export function readOptions(given: string | PostgresOptions | OpenDatabase): Target {
  if (typeof given === 'string') return readOptions({ url: given })
  if (isDatabase(given)) return readOptions({ database: given })
  for (const word of Object.keys(given)) {
    if (!known.includes(word)) {
      unknownName('KIN_UNKNOWN_OPTION', { word, kind: 'option', where: 'postgres()', candidates: known })
    }
  }
  const { url = null, database = null, directory = null, schema = null } = given
  const { driver = directory === null ? 'pg' : 'pglite', pool = {}, prepare = true } = given
  const { acquireTimeout = ACQUIRE_TIMEOUT } = given
  if (url !== null && !/^postgres(ql)?:\/\//.test(url)) refuse('url', 'a URL that begins with postgres://')
  if (database !== null && !isDatabase(database)) refuse('database', 'a Pool of pg or a PGlite')
  if (database !== null && url !== null) refuse('url', 'nothing beside "database"')
  if (directory !== null && driver === 'pg') refuse('directory', 'nothing, unless the driver is PGlite,')
  if (schema === '') refuse('schema', 'a name')
  if (!(acquireTimeout > 0)) refuse('acquireTimeout', 'a number of milliseconds')
  return { url, database, driver, directory, pool, schema, prepare, acquireTimeout }
}

function isDatabase(given: PostgresOptions | OpenDatabase): given is OpenDatabase {
  return 'query' in given && typeof given.query === 'function'
}

function refuse(path: string, expected: string): never {
  return fail('KIN_INVALID_ARGUMENT', { message: `postgres() expects ${expected} as "${path}".`, path })
}
