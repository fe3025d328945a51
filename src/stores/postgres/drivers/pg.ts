import { cancelRequest } from './cancel-request.js'
import type { Answer, Connection, Driver, Query } from './driver.js'

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
  query(config: PgQuery): Promise<{ rows: unknown[]; rowCount: number | null; command: string }>
  on(event: 'error', listener: (error: Error) => void): unknown
  release(destroy?: boolean): void
}

interface PgQuery {
  text: string
  values: unknown[]
  name?: string
  rowMode: 'array'
  types: { getTypeParser(): (text: string) => string }
}

/** What `import('pg')` gives as its default. */
export interface PgModule {
  readonly Pool: new (options: Record<string, unknown>) => PgPool
}

/** Columns as the server writes them: a pool's own parsers, or global ones, must not matter. */
const asText = { getTypeParser: () => (text: string) => text }

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
      if (owned) await pool.end()
      const left = (stores.get(pool) ?? 1) - 1
      stores.set(pool, left)
      if (left === 0) pool.removeListener('error', ignore)
    },
  }
}

/** Columns that were made without a time zone take dates by that of the session, and what is stored must not depend on it. */
async function settle(client: PgClient): Promise<void> {
  if (settled.has(client)) return
  try {
    await client.query({ text: "set timezone to 'UTC'", values: [], rowMode: 'array', types: asText })
    settled.add(client)
  } catch (error) {
    client.release(true)
    throw error
  }
}

function connection(client: PgClient): Connection {
  return {
    native: client,
    async query({ text, parameters, name }: Query): Promise<Answer> {
      const config: PgQuery = { text, values: parameters as unknown[], rowMode: 'array', types: asText }
      const { rows, rowCount, command } = await client.query(name === null ? config : { ...config, name })
      return { rows: rows as Answer['rows'], affected: rowCount ?? 0, command }
    },
    cancel: () => cancelRequest(client),
    release: (broken) => client.release(broken),
  }
}
