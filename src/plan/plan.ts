import { fail } from '../errors/index.js'
import type { Edge, Field } from '../schema/graph.js'
import type { Carry, ReadRequest } from '../store/read.js'
import type { SettledChild, SettledNode } from './draft.js'

/** A read as statements: one for the root, and one for each batched node, whatever the number of records. Plain data. */
export interface PlanStep {
  /** names from the root's records to this step's; empty for the root */
  readonly path: readonly string[]
  readonly request: ReadRequest
  readonly batches: readonly PlanBatch[]
}

/** A step that waits for the keys of the step before it. */
export interface PlanBatch {
  readonly step: PlanStep
  readonly child: SettledChild
  /** to-one names from a row of the step before to the (joined) record that is the parent */
  readonly at: readonly string[]
  /** which of that step's carried lists has the parents' keys; null for ids found in embedded structures */
  readonly carry: number | null
  /**
   * which of its own carried lists tells live targets from deleted ones, where several stand at a to-one end; null
   * where there is one at most
   */
  readonly latest: number | null
}

/** The plan of a read. `extra` are values of the root's own records that the caller needs beside the result. */
export function planRead(node: SettledNode, extra: readonly Field[] = []): PlanStep {
  return planStep(node, [], null, [], extra.map(ofRow))
}

/** Counts the node's records instead. */
export function planCount(node: SettledNode): PlanStep {
  const request = { node, by: null, link: [], carry: [], counting: true }
  return { path: [], request, batches: [] }
}

function planStep(
  node: SettledNode,
  path: readonly string[],
  by: Edge | null,
  link: readonly Field[],
  extra: readonly Carry[],
): PlanStep {
  const carry = [...extra]
  const batches: PlanBatch[] = []
  for (const { child, at } of batchedBelow(node, [])) {
    batches.push(planBatch(child, at, [...path, ...at], carry))
  }
  return { path, request: { node, by, link, carry, counting: false }, batches }
}

function planBatch(
  child: SettledChild,
  at: readonly string[],
  around: readonly string[],
  carry: Carry[],
): PlanBatch {
  const { edge, node, link } = child
  const own = child.latest ? [child.latest] : []
  const step = planStep(node, [...around, ...child.path], edge, link, own.map(ofRow))
  const key = edge.embedded ? null : carried(carry, { at, fields: keyFields(edge) })
  return { step, child, at, carry: key, latest: own.length === 0 ? null : 0 }
}

/** The place of a carry in the list, where it is put unless it is there. */
function carried(carries: Carry[], wanted: Carry): number {
  const same = ({ at, fields }: Carry): boolean =>
    at.join('\0') === wanted.at.join('\0') &&
    fields.length === wanted.fields.length &&
    fields.every((field, index) => field === wanted.fields[index])
  const known = carries.findIndex(same)
  return known === -1 ? carries.push(wanted) - 1 : known
}

const ofRow = (field: Field): Carry => ({ at: [], fields: [field] })

interface Below {
  readonly child: SettledChild
  readonly at: readonly string[]
}

/** Batched nodes that hang at the statement's rows, or at records joined to them. Below gathered ones there are none. */
function batchedBelow(node: SettledNode, at: readonly string[]): Below[] {
  return node.children.flatMap((child) => {
    if (child.strategy === 'batch') return { child, at }
    return child.strategy === 'join' ? batchedBelow(child.node, [...at, ...child.path]) : []
  })
}

/** The fields of the parent that hold its key for a read over the edge. */
function keyFields({ association, from, fromKey }: Edge): readonly Field[] {
  const paths = fromKey.many ? [['id']] : fromKey.paths
  return paths.map((path) => {
    const field = from.fields.get(path[0] ?? '')
    return (
      field ??
      fail('KIN_INTERNAL', { message: `The key of "${association}" names no field of "${from.name}".` })
    )
  })
}
