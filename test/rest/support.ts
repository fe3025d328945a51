/** A REST API over a graph, for tests: requests are injected, no port is opened. */
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { connect } from '../../src/engine/connect.js'
import { kinshipRest, type Problem, type RestOptions } from '../../src/rest/index.js'
import type { AnyGraph } from '../../src/types/graph.js'
import type { Db } from '../../src/types/db.js'
import type { LogEntry, Store } from '../../src/store/store.js'
import { testStore } from '../helpers/sqlite.js'

const apps: FastifyInstance[] = []

afterAll(async () => {
  for (const app of apps.splice(0)) await app.close()
})

/** What a request was answered with. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** the body, read as JSON */
  readonly body: Any
  readonly problem: Problem
}

/** Whatever JSON says. */
// oxlint-disable-next-line typescript/no-explicit-any -- bodies are compared with literals, which say what they are
export type Any = any

export interface Api<G extends AnyGraph> {
  readonly app: FastifyInstance
  readonly db: Db<G>
  /** statements that were sent to the database */
  readonly log: LogEntry[]
  /** A request such as `GET /user?age=3`, with a body and headers. */
  readonly send: (
    request: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
}

/** Options of the plugin, and more. */
export interface ServeOptions extends Partial<RestOptions> {
  readonly prefix?: string
  /** in memory by default */
  readonly store?: Store
  /** prepares the application before the API is there */
  readonly prepare?: (app: FastifyInstance) => void | Promise<void>
}

export async function serve<G extends AnyGraph>(
  graph: G,
  { store = testStore(), prepare = () => {}, ...options }: ServeOptions = {},
): Promise<Api<G>> {
  const log: LogEntry[] = []
  const db = await connect(graph, store, { log: (entry) => log.push(entry) })
  await db.sync()
  const app = fastify()
  apps.push(app)
  await prepare(app)
  await app.register(kinshipRest, { db, docs: false, ...options })
  await app.ready()
  return { app, db, log, send: (request, body, headers) => send(app, request, body, headers) }
}

async function send(
  app: FastifyInstance,
  request: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const [method = 'GET', url = '/'] = request.split(' ')
  const options: InjectOptions = { method: method as 'GET', url, headers }
  // A text as a whole body is JSON, too, which `inject` would send as it is.
  const json = body === undefined ? {} : { payload: JSON.stringify(body) }
  const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers }
  const {
    statusCode,
    headers: answered,
    body: text,
  } = await app.inject({ ...options, ...json, headers: typed })
  return {
    status: statusCode,
    headers: answered,
    text,
    get body(): unknown {
      return JSON.parse(text) as unknown
    },
    get problem(): Problem {
      return JSON.parse(text) as Problem
    },
  }
}
