import type { Graph } from '../../../schema/graph.js'
import { refuseSync } from '../../../store/refuse-sync.js'
import type { SyncOptions, SyncReport } from '../../../store/store.js'
import { desiredTables } from './desired-tables.js'
import type { Contradictions, Doubt } from './doubt.js'
import { doubts } from './doubts.js'
import { planSync } from './plan-sync.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { ExistingTable } from './table.js'

/** A transaction in which tables are looked at and made. */
interface SyncGround {
  readonly graph: Graph
  readonly schema: SchemaDialect
  /** the tables of these names, as far as they exist */
  readonly existing: (names: readonly string[]) => Awaitable<readonly ExistingTable[]>
  /** the statement finds a row */
  readonly finds: (statement: string) => Awaitable<boolean>
  readonly run: (statement: string) => Awaitable<unknown>
  /** what has to be made before any table */
  readonly first?: readonly Addition[]
}

export interface Addition {
  /** in words: `schema shop` */
  readonly what: string
  readonly statement: string
}

type Awaitable<T> = T | Promise<T>

/** Brings the database up to the graph as far as additions go (R29). */
export async function syncTables(
  ground: SyncGround,
  { dryRun = false, partial = false }: SyncOptions,
): Promise<SyncReport> {
  const { graph, schema, first = [] } = ground
  const desired = desiredTables(graph, schema, new Date())
  const existing = await ground.existing(desired.map(({ name }) => name))
  const contradicted = await provenRight(doubts(desired, existing, schema), ground.finds)
  const tables = planSync(desired, existing, schema, contradicted)
  const plan = {
    created: [...first.map(({ what }) => what), ...tables.created],
    statements: [...first.map(({ statement }) => statement), ...tables.statements],
    problems: tables.problems,
  }
  if (dryRun) return plan
  if (plan.problems.length > 0 && !partial) refuseSync(plan.problems)
  for (const statement of plan.statements) await ground.run(statement)
  return plan
}

async function provenRight(all: readonly Doubt[], finds: SyncGround['finds']): Promise<Contradictions> {
  const proven = new Map<string, Doubt>()
  for (const doubt of all) {
    if (doubt.statement === null || (await finds(doubt.statement))) proven.set(doubt.about, doubt)
  }
  return proven
}
