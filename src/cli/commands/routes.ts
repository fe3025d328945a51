import { Command } from 'commander'
import { connect } from '../../engine/connect.js'
import type { AnyGraph } from '../../types/graph.js'
import { chooseDatabase, type DatabaseOptions } from '../choose-database.js'
import { loadFastify } from '../load-fastify.js'
import { restOptions } from '../rest-options.js'
import type { Terminal } from '../terminal.js'

export function routesCommand(terminal: Terminal): Command {
  return new Command('routes')
    .summary('list the routes of the REST API')
    .description('Lists every route that `kinship serve` would have for the same options.')
    .option('--db <target>', 'SQLite file, or URL of a database (default: `db` of kinship.config)')
    .option('--schema <name>', 'schema of PostgreSQL that holds the tables')
    .option(
      '--graph <path>',
      'module that exports the graph (default: that of kinship.config, or what is in the database)',
    )
    .option('--read-only', 'those that read')
    .addHelpText('after', '\nExample:\n  kinship routes --db chinook.sqlite')
    .action((options: DatabaseOptions) => routes(options, terminal))
}

async function routes(
  { readOnly = false, ...options }: DatabaseOptions,
  { out, cwd }: Terminal,
): Promise<void> {
  const { store, graph, config } = await chooseDatabase({ ...options, readOnly: true }, cwd)
  try {
    const { fastify, kinshipRest } = await loadFastify()
    const db = await connect(graph as unknown as AnyGraph, store)
    const app = fastify()
    const found: string[] = []
    app.addHook('onRoute', ({ method, url, schema }) => {
      const hidden = schema?.hide === true
      if (!hidden && method !== 'HEAD') found.push(`${String(method).padEnd(6)} ${url}`)
    })
    await app.register(kinshipRest, { ...restOptions(db, graph, config, readOnly), docs: false })
    await app.ready()
    out(found.map((line) => `${line}\n`).join(''))
    await app.close()
  } finally {
    await store.close()
  }
}
