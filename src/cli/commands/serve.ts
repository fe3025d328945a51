import { randomUUID } from 'node:crypto'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { FastifyInstance } from 'fastify'
import { connect } from '../../engine/connect.js'
import { fail } from '../../errors/index.js'
import type { AnyGraph } from '../../types/graph.js'
import { chooseDatabase, type ChosenDatabase, type DatabaseOptions } from '../choose-database.js'
import { describePulled } from '../describe-pulled.js'
import { loadFastify } from '../load-fastify.js'
import { restOptions } from '../rest-options.js'
import type { Terminal } from '../terminal.js'
import { untilStopped } from '../until-stopped.js'

interface Options extends DatabaseOptions {
  readonly host: string
  readonly port: number
  readonly log: string
}

export function serveCommand(terminal: Terminal): Command {
  return new Command('serve')
    .summary('serve a database as a REST API')
    .description(
      'Serves a database as a REST API with browsable documentation. Without a graph it serves what it finds in the ' +
        'database.',
    )
    .option('--db <target>', 'SQLite file, or URL of a database (default: `db` of kinship.config)')
    .option('--schema <name>', 'schema of PostgreSQL that holds the tables')
    .option(
      '--graph <path>',
      'module that exports the graph (default: that of kinship.config, or what is in the database)',
    )
    .option('--host <address>', 'address to listen at', '127.0.0.1')
    .option('--port <number>', 'port to listen at; 0 takes a free one', portNumber, 3000)
    .option('--read-only', 'refuse every change')
    .addOption(
      new Option('--log <level>', 'the least important log lines to print, as JSON')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addHelpText('after', '\nExample:\n  kinship serve --db chinook.sqlite --read-only')
    .action((options: Options) => serve(options, terminal))
}

const MAX_PORT = 65_535

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port
  throw new InvalidArgumentError(`A port is a number from 0 to ${MAX_PORT}.`)
}

async function serve(options: Options, { err, cwd }: Terminal): Promise<void> {
  const chosen = await chooseDatabase(options, cwd)
  try {
    const app = await makeApp(chosen, options)
    try {
      const stopped = untilStopped()
      const address = await listen(app, options)
      err(welcome(chosen, options, address))
      await stopped
      err('Finishing what is under way …\n')
    } finally {
      await app.close()
    }
  } finally {
    await chosen.store.close()
  }
}

async function makeApp(
  { graph, store, config }: ChosenDatabase,
  { readOnly = false, log }: Options,
): Promise<FastifyInstance> {
  const { fastify, kinshipRest } = await loadFastify()
  const db = await connect(graph as unknown as AnyGraph, store)
  const app = fastify({
    logger: log === 'silent' ? false : { level: log },
    genReqId: () => randomUUID(),
    requestIdHeader: 'x-request-id',
  })
  closeWhatIsAnswered(app)
  const rest = restOptions(db, graph, config, readOnly)
  await app.register(kinshipRest, rest)
  const docs = docsPath(rest)
  if (docs !== null) app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect(docs))
  return app
}

/** A connection kept alive by an answer that was under way would hold up the end until it times out. */
function closeWhatIsAnswered(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (closing) void reply.header('connection', 'close')
  })
}

const docsPath = ({ docs = {} }: { readonly docs?: false | { readonly path?: string } }): string | null =>
  docs === false ? null : (docs.path ?? '/docs')

async function listen(app: FastifyInstance, { host, port }: Options): Promise<string> {
  try {
    return await app.listen({ host, port, listenTextResolver: (address) => `Listening at ${address}` })
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw cause
    return fail('KIN_INVALID_ARGUMENT', { ...unheard(code ?? '', host, port), cause })
  }
}

/** Why it is not possible to listen at an address. */
function unheard(code: string, host: string, port: number): { message: string; path: string; hint?: string } {
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} of ${host} is taken by another program.`
    return { message, path: '--port', hint: 'Choose another one with `--port`, or stop the other program.' }
  }
  if (code === 'EACCES') {
    return {
      message: `Port ${port} may not be used by this user.`,
      path: '--port',
      hint: 'Choose one above 1023.',
    }
  }
  return { message: `${host} is no address of this machine (${code}).`, path: '--host' }
}

function welcome({ pulled, location, config }: ChosenDatabase, options: Options, address: string): string {
  const { host, readOnly = false } = options
  const { rest = {} } = config
  const docs = docsPath(rest)
  const open = !isLoopback(host) && rest.authorize === undefined
  return [
    ...(pulled === null ? [] : [describePulled(pulled, location).trimEnd()]),
    `Serving ${location}${readOnly ? ', for reading only,' : ''} at ${address}`,
    ...(docs === null ? [] : [`Documentation: ${address}${docs}`]),
    ...(open
      ? [
          '',
          `WARNING: other machines can reach this server, and it asks nobody who they are. Whoever can connect to ${host}`,
          `can ${readOnly ? 'read' : 'read, change and delete'} everything in this database. Use \`--host 127.0.0.1\`, or give`,
          '`rest.authorize` in kinship.config.',
        ]
      : []),
    '',
  ].join('\n')
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host)
