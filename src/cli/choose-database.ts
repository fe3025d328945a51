import { fail } from '../errors/index.js'
import { pullGraph } from '../introspect/pull-graph.js'
import type { PulledGraph } from '../introspect/pulled-graph.js'
import { toGraph } from '../introspect/to-graph.js'
import type { Graph } from '../schema/graph.js'
import type { Store } from '../store/store.js'
import { asGraph, type KinshipConfig, loadConfig, loadGraph } from './load-config.js'
import { openStore, withoutPassword } from './open-store.js'

/** The options by which commands choose a database and its graph. */
export interface DatabaseOptions {
  readonly db?: string
  readonly graph?: string
  /** of PostgreSQL: where the tables are */
  readonly schema?: string
  readonly readOnly?: boolean
  /** a SQLite file that is missing is made */
  readonly make?: boolean
}

export interface ChosenDatabase {
  readonly store: Store
  readonly graph: Graph
  /** what was found in the database, where it and no program says what the graph is */
  readonly pulled: PulledGraph | null
  /** for people */
  readonly location: string
  readonly config: KinshipConfig
}

/** The database of a command and its graph: declared, in the configuration or the file named, or else pulled. */
export async function chooseDatabase(options: DatabaseOptions, cwd: string): Promise<ChosenDatabase> {
  const config = await loadConfig(cwd)
  const { store, location } = await chooseStore(options, config, cwd)
  const declared = await declaredGraph(options, config, cwd)
  if (declared !== null) return { store, graph: declared, pulled: null, location, config }
  const pulled = await pullFrom(store, location)
  return { store, graph: toGraph(pulled), pulled, location, config }
}

export async function chooseStore(
  { db, schema, readOnly = false, make = false }: DatabaseOptions,
  config: KinshipConfig,
  cwd: string,
): Promise<{ readonly store: Store; readonly location: string }> {
  const target = db ?? config.db
  if (target === undefined) {
    return fail('KIN_INVALID_ARGUMENT', {
      message: 'No database was named.',
      path: '--db',
      hint: 'Give `--db FILE`, or `db` in kinship.config.ts.',
    })
  }
  if (typeof target !== 'string')
    return { store: target, location: `the ${target.name} store of kinship.config` }
  return {
    store: await openStore(target, { readOnly, make, cwd, schema }),
    location: withoutPassword(target),
  }
}

/** The graph that a program declares; null where none does. */
async function declaredGraph(
  { graph }: DatabaseOptions,
  config: KinshipConfig,
  cwd: string,
): Promise<Graph | null> {
  if (graph !== undefined) return loadGraph(graph, cwd)
  return config.graph === undefined ? null : asGraph(config.graph, 'Its `graph` is none.', 'kinship.config')
}

/** What a store finds in its database. @throws KIN_CAPABILITY, KIN_INVALID_ARGUMENT where it finds no table of records */
export async function pullFrom(store: Store, location: string): Promise<PulledGraph> {
  if (store.describe === undefined) {
    return fail('KIN_CAPABILITY', {
      message: `Nothing can be read out of ${location} but records: its store has no tables.`,
      hint: 'Declare the graph, and name it with `--graph`.',
      details: { store: store.name, capability: 'describe' },
    })
  }
  const pulled = pullGraph(await store.describe())
  if (pulled.models.length > 0) return pulled
  return fail('KIN_INVALID_ARGUMENT', {
    message: [`In ${location} there is no table of records.`, ...describeLeft(pulled)].join('\n'),
    path: '--db',
    hint: 'See that it is the database you mean.',
  })
}

const describeLeft = ({ left }: PulledGraph): string[] => left.map(({ table, text }) => `- ${table} ${text}`)
