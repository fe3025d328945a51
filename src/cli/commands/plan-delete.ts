import { Command } from 'commander'
import { connect } from '../../engine/connect.js'
import { fail, nearest } from '../../errors/index.js'
import type { Graph } from '../../schema/graph.js'
import type { AnyGraph } from '../../types/graph.js'
import type { DeletePlan } from '../../types/reports.js'
import { chooseDatabase, type DatabaseOptions } from '../choose-database.js'
import type { Terminal } from '../terminal.js'

interface Options extends DatabaseOptions {
  readonly hard?: boolean
  readonly json?: boolean
}

interface Planning {
  planDelete(id: unknown, options: { readonly hard: boolean }): Promise<DeletePlan>
}

export function planDeleteCommand(terminal: Terminal): Command {
  return new Command('plan-delete')
    .summary('show what deleting a record would do to others')
    .description('Shows everything that deleting a record would reach by its ties. Nothing is changed.')
    .argument('<model>', 'name of the model')
    .argument('<id>', 'id of the record')
    .option('--hard', 'as a hard delete would do, where the model has soft deletes')
    .option('--json', 'print it as JSON')
    .option(
      '--graph <path>',
      'module that exports the graph (default: that of kinship.config, or what is in the database)',
    )
    .option('--db <target>', 'SQLite file, or URL of a database (default: `db` of kinship.config)')
    .option('--schema <name>', 'schema of PostgreSQL that holds the tables')
    .addHelpText('after', '\nExample:\n  kinship plan-delete artist 1 --db chinook.sqlite')
    .action((model: string, id: string, options: Options) => planDelete(model, id, options, terminal))
}

async function planDelete(name: string, id: string, options: Options, { out, cwd }: Terminal): Promise<void> {
  const { hard = false, json = false } = options
  const { store, graph } = await chooseDatabase({ ...options, readOnly: true }, cwd)
  try {
    const model = modelOf(graph, name)
    const db = (await connect(graph as unknown as AnyGraph, store)) as unknown as Readonly<
      Record<string, Planning>
    >
    const given = model.id?.idKind === 'integer' && /^-?\d+$/.test(id) ? Number(id) : id
    const plan = await db[name]!.planDelete(given, { hard })
    out(`${json ? JSON.stringify(plan, null, 2) : plan.toString()}\n`)
  } finally {
    await store.close()
  }
}

function modelOf({ models }: Graph, name: string) {
  const model = models.get(name)
  if (model !== undefined) return model
  const [near] = nearest(name, models.keys())
  return fail('KIN_INVALID_ARGUMENT', {
    message: `There is no model "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    path: 'model',
    hint: `Models: ${[...models.keys()].join(', ')}.`,
  })
}
