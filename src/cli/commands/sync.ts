import { Command } from 'commander'
import { connect } from '../../engine/connect.js'
import { fail } from '../../errors/index.js'
import type { SyncReport } from '../../store/store.js'
import type { AnyGraph } from '../../types/graph.js'
import { chooseDatabase, type DatabaseOptions } from '../choose-database.js'
import type { Terminal } from '../terminal.js'

interface Options extends DatabaseOptions {
  readonly dryRun?: boolean
  readonly partial?: boolean
}

export function syncCommand(terminal: Terminal): Command {
  return new Command('sync')
    .summary('create the tables, columns and indexes that are missing')
    .description(
      'Brings a database up to a graph as far as additions go. What would have to be changed or dropped is ' +
        'reported, and then nothing is done.',
    )
    .option('--graph <path>', 'module that exports the graph (default: `graph` of kinship.config)')
    .option('--db <target>', 'SQLite file, or URL of a database (default: `db` of kinship.config)')
    .option('--schema <name>', 'schema of PostgreSQL that holds the tables')
    .option('--dry-run', 'report, and change nothing')
    .option('--partial', 'apply what can be applied although something cannot')
    .addHelpText('after', '\nExample:\n  kinship sync --graph graph.js --db shop.db --dry-run')
    .action((options: Options) => sync(options, terminal))
}

async function sync(options: Options, { out, err, cwd }: Terminal): Promise<void> {
  const { dryRun = false, partial = false } = options
  const { store, graph, pulled } = await chooseDatabase({ ...options, make: !dryRun }, cwd)
  try {
    if (pulled !== null) {
      fail('KIN_INVALID_ARGUMENT', {
        message: 'Sync needs a graph that a program declares; the one in the database is there already.',
        path: '--graph',
        hint: 'Give `--graph PATH`, or `graph` in kinship.config.ts.',
      })
    }
    const db = await connect(graph as unknown as AnyGraph, store)
    const { created, problems } = await db.sync({ dryRun, partial })
    for (const what of created) out(`${dryRun ? 'would create' : 'created'} ${what}\n`)
    for (const problem of problems) err(describeProblem(problem))
    if (created.length === 0 && problems.length === 0) err('Nothing is missing.\n')
  } finally {
    await store.close()
  }
}

const describeProblem = ({ table, what, reason, fix }: SyncReport['problems'][number]): string =>
  `${table}, ${what}: ${reason}. ${fix}\n`
