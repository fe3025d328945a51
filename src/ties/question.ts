/** What the pure part of a delete wants to know. Whoever runs it answers with one or a few set queries. */
import type { Edge, Model } from '../schema/graph.js'

export interface RecordsQuestion {
  readonly ask: 'records'
  readonly model: Model
  readonly ids: readonly unknown[]
  /** keep them from changing, and from being referred to, until the transaction ends (R30) */
  readonly lock: boolean
}

/** Every stored pair of these records of `edge.from`. */
export interface PairsQuestion {
  readonly ask: 'pairs'
  readonly edge: Edge
  readonly ids: readonly unknown[]
}

export type Question = RecordsQuestion | PairsQuestion

/** Those of the records that are stored. */
export type RecordsAnswer = readonly { readonly id: unknown; readonly deleted: boolean }[]
export type PairsAnswer = readonly { readonly owner: unknown; readonly target: unknown }[]

export type Ask<Result> = Generator<Question, Result, RecordsAnswer | PairsAnswer>

export function* records(model: Model, ids: readonly unknown[], lock: boolean): Ask<RecordsAnswer> {
  return (yield { ask: 'records', model, ids, lock }) as RecordsAnswer
}

export function* pairs(edge: Edge, ids: readonly unknown[]): Ask<PairsAnswer> {
  return (yield { ask: 'pairs', edge, ids }) as PairsAnswer
}
