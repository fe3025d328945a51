/** PostgreSQL databases for tests: on the server that `KINSHIP_PG_URL` names, and PGlite in this process. */
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { postgresServer } from './servers.js'

const server = postgresServer()
const database = `kinship_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
let namespaces = 0

/** The URL of this file's own database. */
export const postgresUrl = 'url' in server ? urlOf(server.url) : null

function urlOf(given: string): string {
  const url = new URL(given)
  url.pathname = `/${database}`
  return String(url)
}

/** A schema that nobody has used. */
export const newNamespace = (): string => `Test ${++namespaces}`

export async function createPostgres(): Promise<void> {
  await asOwner((client) => client.query(`create database ${database}`))
}

/** To be called when everything that used it is closed. */
export async function dropPostgres(): Promise<void> {
  await asOwner((client) => client.query(`drop database ${database} with (force)`))
}

/** Waits until the server has noticed that a process was killed, and has rolled its transactions back. */
export async function awaitRollback(): Promise<void> {
  const running = `select 1 from pg_stat_activity where datname = $1 and state <> 'idle' limit 1`
  await asOwner(async (client) => {
    while ((await client.query(running, [database])).rowCount !== 0);
  })
}

/** What is stored in a table of a namespace, by a connection of the driver. */
export async function rowsOfTable(
  client: pg.ClientBase,
  namespace: string,
  table: string,
): Promise<Record<string, unknown>[]> {
  const { rows } = await client.query<Record<string, unknown>>(`select * from "${namespace}"."${table}"`)
  return rows
}

async function asOwner(use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  if (!('url' in server)) return
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

let shared: PGlite | null = null

/** One PGlite for all tests of a file: starting it takes a second. */
export function sharedPglite(): PGlite {
  shared ??= new PGlite()
  return shared
}

export async function closePglite(): Promise<void> {
  await shared?.close()
  shared = null
}
