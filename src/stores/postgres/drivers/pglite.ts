import type { Answer, Connection, Driver, Query } from './driver.js'

/** The part of a `PGlite` that the store uses. */
export interface PGliteDatabase extends Queryable {
  readonly parsers: Readonly<Record<number | string, unknown>>
  transaction<T>(callback: (tx: Queryable) => Promise<T>): Promise<unknown>
  close(): Promise<void>
}

interface Queryable {
  query(text: string, parameters?: unknown[], options?: Record<string, unknown>): Promise<PGliteResults>
}

interface PGliteResults {
  readonly rows: unknown[]
  readonly affectedRows?: number | undefined
  readonly command?: string | undefined
}

/** What `import('@electric-sql/pglite')` gives. */
export interface PGliteModule {
  readonly PGlite: { create(options: { dataDir?: string }): Promise<PGliteDatabase> }
}

const same = (text: string): string => text

/** Parameters as they are: `options.serializers` is asked for a function by each parameter's type. */
const asTheyAre = new Proxy<Record<string, typeof same>>({}, { get: () => same })

export function pgliteDriver(database: PGliteDatabase, owned: boolean): Driver {
  const parsers = Object.fromEntries(Object.keys(database.parsers).map((type) => [type, same]))
  const options = { rowMode: 'array', parsers, serializers: asTheyAre }

  return {
    name: 'PGlite',
    native: database,
    // Its own transaction keeps everyone else's statements apart, whoever else uses the instance. `begin`, `commit` and `rollback`
    // are the store's; what PGlite does around them then finds nothing to do.
    async acquire(reading) {
      if (reading) return connection(database, options, () => {})
      return new Promise((resolve, reject) => {
        const taken = database.transaction(
          (tx) =>
            new Promise<void>((commit, rollBack) => {
              // What could not be rolled back is PGlite's to roll back; otherwise it would commit.
              const release = (broken: boolean): void =>
                broken ? rollBack(new Error('The transaction is given up.')) : commit()
              resolve(connection(tx, options, release))
            }),
        )
        taken.catch(reject)
      })
    },
    exhausted: () => ({ busy: true, state: 'PGlite has one connection, which is in use' }),
    close: () => (owned ? database.close() : Promise.resolve()),
  }
}

function connection(
  native: Queryable,
  options: Record<string, unknown>,
  release: (broken: boolean) => void,
): Connection {
  return {
    native,
    async query({ text, parameters, begin }: Query): Promise<Answer> {
      if (begin !== null) await native.query(begin)
      const texts = parameters.map((value) =>
        value === null || value === undefined ? null : String(value as string | number),
      )
      const { rows, affectedRows, command = '' } = await native.query(text, texts, options)
      return { rows: rows as Answer['rows'], affected: affectedRows || rows.length, command }
    },
    cancel: () => {},
    release,
  }
}
