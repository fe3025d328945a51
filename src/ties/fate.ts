/** What becomes of a record in a delete. Outcomes only grow: soft, then strong (R22); a weak tie changes references, never records. */
import type { Edge, Model } from '../schema/graph.js'

export type Outcome = 'soft' | 'strong'

export interface Fate {
  readonly outcome: Outcome
  /** over which association (seen from its holder), and from which record; null for what the caller named */
  readonly via: { readonly edge: Edge; readonly from: Model; readonly id: unknown } | null
  /** steps from what the caller named */
  readonly level: number
}

export type Fates = ReadonlyMap<Model, ReadonlyMap<unknown, Fate>>

export const outgrows = (outcome: Outcome, before: Outcome | undefined): boolean =>
  before === undefined || (before === 'soft' && outcome === 'strong')

export const fateOf = (fates: Fates, model: Model, id: unknown): Fate | undefined => fates.get(model)?.get(id)
