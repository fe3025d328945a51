/** What the pure part of a delete or restore wants to know. Whoever runs it answers with a few set queries. */
import type { Edge, Model } from '../schema/graph.js'

export interface RecordsQuestion {
  readonly ask: 'records'
  readonly model: Model
  readonly ids: readonly unknown[]
  /** keep them from changing, and from being referred to, until the transaction ends (R30) */
  readonly lock: boolean
}

/** Every stored pair of these records of `edge.from`; a reference that occurs twice in a record is two pairs. */
export interface PairsQuestion {
  readonly ask: 'pairs'
  readonly edge: Edge
  readonly ids: readonly unknown[]
}

/** Which of these soft-deleted records have a unique value that a live record has. */
export interface TakenQuestion {
  readonly ask: 'taken'
  readonly model: Model
  readonly ids: readonly unknown[]
}

export type Question = RecordsQuestion | PairsQuestion | TakenQuestion

/** Those of the records that are stored, each with the deletion that soft-deleted it; null for a live one. */
export type RecordsAnswer = readonly { readonly id: unknown; readonly deletion: string | null }[]
export type PairsAnswer = readonly { readonly owner: unknown; readonly target: unknown }[]
/** ids, each with the fields that are taken */
export type TakenAnswer = ReadonlyMap<unknown, readonly string[]>

export type Ask<Result> = Generator<Question, Result, RecordsAnswer | PairsAnswer | TakenAnswer>

export function* records(model: Model, ids: readonly unknown[], lock: boolean): Ask<RecordsAnswer> {
  return ids.length === 0 ? [] : ((yield { ask: 'records', model, ids, lock }) as RecordsAnswer)
}

export function* pairs(edge: Edge, ids: readonly unknown[]): Ask<PairsAnswer> {
  return ids.length === 0 ? [] : ((yield { ask: 'pairs', edge, ids }) as PairsAnswer)
}

export function* takenAmong(model: Model, ids: readonly unknown[]): Ask<TakenAnswer> {
  return ids.length === 0 ? new Map() : ((yield { ask: 'taken', model, ids }) as TakenAnswer)
}
