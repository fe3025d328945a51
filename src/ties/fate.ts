/** What becomes of a record in a delete. Outcomes only grow: soft, then strong (R22); a weak tie changes references, never records. */
import type { Edge, Model, Tie } from '../schema/graph.js'

export type Outcome = 'soft' | 'strong'

/** The step that first reached a record. */
export interface Via {
  /** the association, seen from its holder; that of the pair for a declared record in between */
  readonly edge: Edge
  readonly tie: Tie
  /** the deleted record at the other end, and how it goes */
  readonly from: Model
  readonly id: unknown
  readonly outcome: Outcome
}

export interface Fate {
  readonly outcome: Outcome
  /** null for what the caller named */
  readonly via: Via | null
  /** steps from what the caller named, on the way that reached it first */
  readonly level: number
  /** the step of the walk in which its outcome grew for the last time */
  readonly step: number
  /** the caller named it as a record that is soft-deleted */
  readonly buried: boolean
  /** the earlier deletion that had soft-deleted a record which goes for good now; null for a live one */
  readonly deletion: string | null
}

export type Fates = ReadonlyMap<unknown, Fate>

/** A pair of which the target is deleted. */
export interface Tied {
  /** seen from its holder */
  readonly edge: Edge
  readonly holder: unknown
  readonly target: unknown
  /** how the target goes */
  readonly outcome: Outcome
}

export const outgrows = (outcome: Outcome, before: Outcome | undefined): boolean =>
  before === undefined || (before === 'soft' && outcome === 'strong')

/** Records that were soft-deleted before are reached by a hard delete alone (R24), and where the caller means them. */
export const reachesBuried = ({ outcome, via, buried }: Fate): boolean =>
  outcome === 'strong' && (via === null ? buried : via.outcome === 'strong')

/** Of two ways to reach one record in one step, the one that says more. */
export const surpasses = (fate: Fate, other: Fate | undefined): boolean =>
  other === undefined || strength(fate) > strength(other)

const strength = (fate: Fate): number => (fate.outcome === 'soft' ? 0 : reachesBuried(fate) ? 2 : 1)

export function idsByOutcome(fates: Fates): Map<Outcome, unknown[]> {
  const found = new Map<Outcome, unknown[]>()
  for (const [id, { outcome }] of fates) {
    const same = found.get(outcome)
    if (same) same.push(id)
    else found.set(outcome, [id])
  }
  return found
}
