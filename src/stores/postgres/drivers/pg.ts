import { fail } from '../../../errors/index.js'
import { cancelRequest } from './cancel-request.js'
import type { Answer, Connection, Driver, Query } from './driver.js'
import { TextQuery } from './text-query.js'

/** Options of `pg`'s pool; it takes more than these. */
export interface PoolOptions {
  /** connections at most; default 10 */
  readonly max?: number
  readonly min?: number
  readonly idleTimeoutMillis?: number
  readonly ssl?: unknown
  readonly [option: string]: unknown
}

/** The part of a `Pool` of `pg` that the store uses. */
export interface PgPool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly options: { readonly max?: number | undefined }
  connect(): Promise<PgClient>
  query(text: string): Promise<unknown>
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
  end(): Promise<void>
}

export interface PgClient {
  query(query: unknown): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  release(destroy?: boolean): void
}

/** What `import('pg')` gives as its default. */
export interface PgModule {
  readonly Pool: new (options: Record<string, unknown>) => PgPool
}

/** What breaks is told to whoever waits for an answer; a connection that nobody uses is dropped by the pool. */
const ignore = (): void => {}
/** Listened to already; several stores may have one pool. */
const heard = new WeakSet<PgClient>()
const stores = new WeakMap<PgPool, number>()
/** Those of pools that the store opened, once they count in UTC. */
const settled = new WeakSet<PgClient>()

export function pgDriver(pool: PgPool, owned: boolean): Driver {
  const others = stores.get(pool) ?? 0
  if (others === 0) pool.on('error', ignore)
  stores.set(pool, others + 1)

  return {
    name: 'pg',
    native: pool,
    async acquire() {
      const client = await pool.connect()
      refuseOthers(client)
      // While it is taken the pool does not listen to it.
      if (!heard.has(client)) {
        heard.add(client)
        client.on('error', ignore)
      }
      if (owned) await settle(client)
      return connection(client)
    },
    exhausted() {
      const { max = 10 } = pool.options
      const { totalCount, idleCount, waitingCount } = pool
      return {
        busy: totalCount >= max && idleCount === 0,
        state: `${totalCount} of ${max} connections are in use, ${waitingCount} calls wait for one`,
      }
    },
    async close() {
      // Its connections may still break off after it has ended: they take their leave of the server later.
      if (owned) return pool.end()
      const left = (stores.get(pool) ?? 1) - 1
      stores.set(pool, left)
      if (left === 0) pool.removeListener('error', ignore)
    },
  }
}

/** Queries of one's own are for the client in JavaScript only, and not for its pipeline. */
function refuseOthers(client: PgClient): void {
  const { connection: own, pipeline } = client as { connection?: unknown; pipeline?: unknown }
  if (own !== undefined && pipeline !== true) return
  client.release()
  fail('KIN_INVALID_ARGUMENT', {
    message:
      own === undefined
        ? "postgres() takes no pool of pg's native clients."
        : 'postgres() takes no pool whose clients are in pipeline mode.',
    hint: 'Pass a URL, or a pool of its own: `new pg.Pool({ … })` without `pipeline`.',
    path: 'database',
  })
}

/** Columns that were made without a time zone take dates by that of the session, and what is stored must not depend on it. */
async function settle(client: PgClient): Promise<void> {
  if (settled.has(client)) return
  try {
    await client.query("set timezone to 'UTC'")
    settled.add(client)
  } catch (error) {
    client.release(true)
    throw error
  }
}

function connection(client: PgClient): Connection {
  return {
    native: client,
    query: (query: Query) =>
      new Promise<Answer>((resolve, reject) => {
        client.query(
          new TextQuery(query, (error, answer) =>
            error === null ? resolve(answer as Answer) : reject(error),
          ),
        )
      }),
    cancel: () => cancelRequest(client),
    release: (broken) => client.release(broken),
  }
}
