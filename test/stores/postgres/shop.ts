/** A small graph, and databases for it: on PGlite, or in a namespace of its own on the server under test. */
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll } from 'vitest'
import { connect, type Db, defineGraph, isKinshipError, k, type KinshipError, type LogEntry } from 'kinship'
import { type OpenDatabase, postgres, type PostgresOptions } from 'kinship/postgres'

export const shop = defineGraph({
  user: k.model(
    {
      email: k.string().unique(),
      first: k.string().column('first_name').optional(),
      last: k.string().optional(),
      visits: k.integer().default(0),
    },
    { unique: [['first', 'last']], softDelete: true },
  ),
  profile: k.model({ user: k.one('user', { inverse: 'profile' }).unique() }),
  post: k.model({
    title: k.string(),
    author: k.one('user', { inverse: 'posts' }),
    tags: k.many('tag', { inverse: 'posts', layout: 'array' }),
  }),
  tag: k.model({ name: k.string() }),
  ticket: k.model({ id: k.id.integer(), what: k.string() }),
})

type Shop = Db<typeof shop>

const endings: (() => Promise<unknown>)[] = []
let namespaces = 0

afterAll(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

/** Is called after the tests of the file, what came last first. */
export function atEnd(end: () => Promise<unknown>): void {
  endings.push(end)
}

let shared: Promise<PGlite> | null = null

/** One PGlite for all tests of a file: starting it takes a second. */
export function onePglite(): Promise<PGlite> {
  if (shared === null) {
    shared = PGlite.create()
    const opened = shared
    atEnd(async () => (await opened).close())
  }
  return shared
}

/** A namespace that nobody has used. */
export function newNamespace(): string {
  return `shop ${process.pid} ${++namespaces}`
}

/** A pool of the test's own, for what happens behind the store's back. */
export function poolOf(url: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, ...options })
  pool.on('error', () => {})
  atEnd(() => pool.end())
  return pool
}

/** Opens the shop, with its tables, in a namespace of its own. */
export async function openShop(
  database: string | OpenDatabase,
  options: PostgresOptions & { readonly log?: (entry: LogEntry) => void } = {},
): Promise<Shop> {
  const { log, schema = newNamespace(), ...rest } = options
  const place = typeof database === 'string' ? { url: database } : { database }
  const db = await connect(shop, postgres({ ...place, schema, ...rest }), log && { log })
  await db.sync()
  atEnd(async () => {
    await db.close()
    if (typeof database !== 'string') return
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    await client.query(`drop schema "${schema}" cascade`)
    await client.end()
  })
  return db
}

export async function failure(promise: Promise<unknown>): Promise<KinshipError> {
  const error: unknown = await promise.then(
    () => new Error('nothing failed'),
    (caught: unknown) => caught,
  )
  if (!isKinshipError(error)) throw error
  return error
}
