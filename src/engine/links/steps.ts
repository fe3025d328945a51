import type { Edge } from '../../schema/graph.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import type { Unit } from '../write/unit.js'
import { contentKey } from './content-key.js'
import { groupBy } from './group-by.js'
import { type Pair, turned } from './pair.js'
import { sideOf } from './side-of.js'
import { swapReferences } from './swap-references.js'

type Op = 'add' | 'remove' | 'merge'

/** A change of what one record keeps of pairs that are kept at both ends. */
export interface Step {
  /** from the record */
  readonly side: Edge
  /** swap: a reference gets another target, or null */
  readonly op: Op | 'swap'
  readonly owner: unknown
  readonly pairs: readonly Pair[]
  /** what a reference that is swapped referred to, or null */
  readonly from?: unknown
}

/** What the records at the edge's `from` have to do. */
export function oneSide(side: Edge, op: Op, pairs: readonly Pair[]): Step[] {
  return [...groupBy(pairs, (pair) => pair.owner)].map(([owner, own]) => ({ side, op, owner, pairs: own }))
}

/** What the records at both ends have to do. */
export function bothSides(edge: Edge, op: Op, pairs: readonly Pair[]): Step[] {
  const back = pairs.map(turned)
  // A symmetric association has one list on each record, whichever way it is seen.
  if (edge.symmetric) return oneSide(edge, op, [...pairs, ...back])
  return [...oneSide(edge, op, pairs), ...oneSide(edge.reverse, op, back)]
}

/**
 * Takes the steps record by record, in (model, id) order, so that writers who come from different ends meet at the
 * same record first (R18). Neighbours who do the same do it in one statement.
 */
export async function takeSteps(unit: Unit, steps: readonly Step[]): Promise<void> {
  const sorted = steps.toSorted((a, b) => compareModels(a.side, b.side) || compareIds(a.owner, b.owner))
  for (const step of neighboursTogether(sorted)) await take(unit, step)
}

async function take(unit: Unit, { side, op, pairs, from }: Step): Promise<void> {
  if (op !== 'swap') return sideOf(side)[op](unit, side, pairs)
  const holders = pairs.map(({ owner }) => owner)
  return swapReferences(unit, side, holders, from, pairs[0]?.target)
}

function compareModels({ from: a }: Edge, { from: b }: Edge): number {
  if (a === b) return 0
  return a.name < b.name ? -1 : 1
}

function neighboursTogether(steps: readonly Step[]): Step[] {
  const runs: Step[] = []
  let lastKey: string | null = null
  for (const step of steps) {
    const content = step.pairs.map(({ target, payload }) => [target, payload])
    const key = contentKey([step.op, step.from ?? null, content])
    const last = runs.at(-1)
    if (last && key === lastKey && last.side === step.side) {
      runs[runs.length - 1] = { ...last, pairs: [...last.pairs, ...step.pairs] }
    } else runs.push(step)
    lastKey = key
  }
  return runs
}
