import { fail, unknownName } from '../../errors/index.js'
import type { BetterDatabase, BetterModule } from './drivers/better-sqlite3.js'
import type { NodeDatabase, NodeModule } from './drivers/node-sqlite.js'

/** How a SQLite database is opened. */
export interface SqliteOptions {
  /** Path of the file, or `:memory:`. A file that is missing is made, its directory is not. */
  readonly file: string
  /** Open an existing file to read only: no byte of it changes. Default false. */
  readonly readOnly?: boolean
  /**
   * The driver, by name or as the imported module. Default: `better-sqlite3` where it is installed and built, otherwise Node's own
   * `node:sqlite` (Node 22.13 and newer).
   */
  readonly driver?: 'better-sqlite3' | 'node:sqlite' | BetterModule | NodeModule
  /**
   * More pragmas, by name. The defaults are `journal_mode: 'wal'`, `synchronous: 'normal'`, `foreign_keys: 'on'` and
   * `cache_size: -64000` (64 MB).
   */
  readonly pragmas?: Readonly<Record<string, string | number>>
  /** How long to wait for another process that holds the file's lock, in milliseconds. Default 5000. */
  readonly busyTimeout?: number
}

/** A database that is open already: an instance of better-sqlite3's `Database` or of `node:sqlite`'s `DatabaseSync`. */
export type OpenDatabase = BetterDatabase | NodeDatabase

const known = ['file', 'readOnly', 'driver', 'pragmas', 'busyTimeout']

/** What is to be opened, with every default in place. */
export type Target = FileTarget | AdoptTarget

export interface FileTarget {
  readonly database: null
  readonly file: string
  readonly readOnly: boolean
  readonly driver: Exclude<SqliteOptions['driver'], undefined> | null
  readonly pragmas: Readonly<Record<string, string | number>>
  readonly busyTimeout: number
}

export interface AdoptTarget {
  readonly database: OpenDatabase
  readonly busyTimeout: number
}

const BUSY_TIMEOUT = 5000

export function readOptions(given: string | SqliteOptions | OpenDatabase): Target {
  if (typeof given === 'string') return readOptions({ file: given })
  if (isDatabase(given)) return { database: given, busyTimeout: BUSY_TIMEOUT }
  for (const word of Object.keys(given)) {
    if (!known.includes(word)) {
      unknownName('KIN_UNKNOWN_OPTION', { word, kind: 'option', where: 'sqlite()', candidates: known })
    }
  }
  const { file, readOnly = false, driver = null, pragmas = {}, busyTimeout = BUSY_TIMEOUT } = given
  if (typeof file !== 'string' || file === '') refuse('file', 'a path or ":memory:"')
  if (readOnly && file === ':memory:') refuse('readOnly', 'false for a database in memory')
  if (!(busyTimeout >= 0)) refuse('busyTimeout', 'a number of milliseconds')
  for (const [name, value] of Object.entries(pragmas)) {
    // Pragmas take no parameters, so their text must be beyond doubt.
    if (!/^\w+$/.test(name) || !/^-?[\w.]+$/.test(String(value)))
      refuse(`pragmas.${name}`, 'a word or a number')
  }
  return { database: null, file, readOnly, driver, pragmas, busyTimeout }
}

function isDatabase(given: SqliteOptions | OpenDatabase): given is OpenDatabase {
  return 'prepare' in given && typeof given.prepare === 'function'
}

function refuse(path: string, expected: string): never {
  return fail('KIN_INVALID_ARGUMENT', { message: `sqlite() expects ${expected} as "${path}".`, path })
}
