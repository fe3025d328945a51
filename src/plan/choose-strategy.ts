import { fail } from '../errors/index.js'
import { namesOne } from '../store/pinned.js'
import type { Strategy } from '../store/read.js'
import type { Capabilities } from '../store/store.js'
import type { DraftChild, DraftNode, SettledChild, SettledNode } from './draft.js'
import type { ParsedQuery } from './parse-query.js'
import { aggregateObstacle } from './strategies/aggregate.js'
import { batchObstacle } from './strategies/batch.js'
import { joinObstacle } from './strategies/join.js'
import type { Obstacle } from './strategies/obstacle.js'

const obstacles: Readonly<Record<Strategy, Obstacle>> = {
  join: joinObstacle,
  aggregate: aggregateObstacle,
  batch: batchObstacle,
}

/** What the choice depends on besides the node. */
interface Around {
  readonly capabilities: Capabilities
  /** asked for by the whole query, where a node says nothing */
  readonly wanted: Strategy | null
  /** the node hangs below a gathered one, whose statement it must share */
  readonly gathered: boolean
  /** one record is read around the node, by its id or another unique value */
  readonly single: boolean
  /** how many ends are joined into the statement so far */
  readonly statement: { joins: number }
}

/** Databases join a limited number of tables (SQLite 64), of which filters and orders need some, too. */
const JOINS = 24

/** The read with a strategy for every node, each with its reason. */
export function chooseStrategies({ node, strategy }: ParsedQuery, capabilities: Capabilities): SettledNode {
  const single = namesOne(node.where)
  return settle(node, { capabilities, wanted: strategy, gathered: false, single, statement: { joins: 0 } })
}

function settle(node: DraftNode, around: Around): SettledNode {
  return { ...node, children: node.children.map((child) => settleChild(child, around)) }
}

function settleChild(child: DraftChild, around: Around): SettledChild {
  const { strategy, reason } = choose(child, around)
  const gathered = around.gathered || strategy === 'aggregate'
  const statement = strategy === 'batch' ? { joins: 0 } : around.statement
  if (strategy === 'join') statement.joins++
  const { edge, path, link, latest } = child
  return {
    edge,
    path,
    link,
    latest,
    strategy,
    reason,
    node: settle(child.node, { ...around, gathered, single: around.single && !edge.many, statement }),
  }
}

interface Choice {
  readonly strategy: Strategy
  readonly reason: string
}

function choose(child: DraftChild, around: Around): Choice {
  const { capabilities, wanted, gathered } = around
  if (gathered) return shareStatement(child)
  if (child.forced) return force(child, child.forced, capabilities)
  if (wanted && !obstacles[wanted](child, capabilities)) {
    return { strategy: wanted, reason: 'asked for by the query' }
  }
  return prefer(child, around)
}

/** A gathered node was chosen only because everything below it fits into its statement. */
function shareStatement({ edge, forced, at }: DraftChild): Choice {
  const strategy = edge.many ? 'aggregate' : 'join'
  if (forced && forced !== strategy) {
    return refuseStrategy(forced, at, 'it shares the statement of the aggregated list above it')
  }
  return { strategy, reason: 'shares the statement of the aggregated list above it' }
}

function force(child: DraftChild, strategy: Strategy, capabilities: Capabilities): Choice {
  const obstacle = obstacles[strategy](child, capabilities)
  return obstacle
    ? refuseStrategy(strategy, child.at, obstacle)
    : { strategy, reason: 'asked for by the node' }
}

function refuseStrategy(strategy: Strategy, path: string, obstacle: string): never {
  return fail('KIN_INVALID_QUERY', {
    message: `The strategy '${strategy}' cannot load ${path}, because ${obstacle}.`,
    path: `${path}.strategy`,
    hint: 'Leave `strategy` out, and the planner chooses one that fits.',
  })
}

/** The store's strategies, the best first by its experience. */
function preferred({ strategies, joinsForOne = false }: Capabilities, single: boolean): readonly Strategy[] {
  if (!joinsForOne || single) return strategies
  const batched = strategies.filter((strategy) => strategy === 'batch')
  return [...batched, ...strategies.filter((strategy) => strategy !== 'batch')]
}

/** The first strategy that fits. */
function prefer(child: DraftChild, { capabilities, single, statement }: Around): Choice {
  const hindrances: string[] = []
  for (const strategy of preferred(capabilities, single)) {
    const full = strategy === 'join' && statement.joins >= JOINS
    const obstacle = full ? `${JOINS} ends are joined already` : obstacles[strategy](child, capabilities)
    if (!obstacle) return { strategy, reason: reasonFor(strategy, hindrances) }
    hindrances.push(`no ${strategy}, because ${obstacle}`)
  }
  return fail('KIN_CAPABILITY', {
    message: `The store has no way to load ${child.at}: ${hindrances.join('; ')}.`,
    details: { store: capabilities.description, capability: 'strategies' },
  })
}

function reasonFor(strategy: Strategy, hindrances: readonly string[]): string {
  const best = {
    join: 'one target at most, in the statement of its parent',
    aggregate: 'gathered to lists in the statement of its parent',
    batch: 'one statement for all parents',
  }[strategy]
  return hindrances.length === 0 ? best : `${best} (${hindrances.join('; ')})`
}
