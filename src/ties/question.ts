/** What a pure computation asks of whoever runs it. Each question is about a whole set of records. */
import type { Edge, Model } from '../schema/graph.js'
import { chunks } from './chunks.js'
import type { Fates, Tied } from './fate.js'

export interface RecordsQuestion {
  readonly ask: 'records'
  readonly model: Model
  readonly ids: readonly unknown[]
  /** keep them from changing, and from being referred to, until the transaction ends (R30) */
  readonly lock: boolean
}

/** A page of the stored pairs of these records of `edge.from`; a reference that occurs twice in a record is two pairs. */
export interface PairsQuestion {
  readonly ask: 'pairs'
  readonly edge: Edge
  readonly ids: readonly unknown[]
  /** `next` of the page before; null for the first one */
  readonly after: unknown
}

/** Which of these soft-deleted records have a unique value that a live record has. */
export interface TakenQuestion {
  readonly ask: 'taken'
  readonly model: Model
  readonly ids: readonly unknown[]
}

/** What the walk has decided about these records so far. */
export interface KnownQuestion {
  readonly ask: 'known'
  readonly model: Model
  readonly ids: readonly unknown[]
}

/** Writes down what the walk has decided. */
export interface SettleQuestion {
  readonly ask: 'settle'
  readonly model: Model
  readonly fates: Fates
  /** has what was written down about some of them before */
  readonly before: Fates
}

/** A page of the records of a model whose outcome grew in one step for the last time. */
export interface ShelfQuestion {
  readonly ask: 'shelf'
  readonly model: Model
  readonly step: number
  readonly after: unknown
}

/** Hands over what was found so far. */
export interface Finding {
  readonly ask: 'found'
  readonly tied: readonly Tied[]
}

export type LedgerQuestion = KnownQuestion | SettleQuestion | ShelfQuestion
export type Question = RecordsQuestion | PairsQuestion | TakenQuestion | LedgerQuestion | Finding

/** Those of the records that are stored, each with the deletion that soft-deleted it; null for a live one. */
export type RecordsAnswer = readonly { readonly id: unknown; readonly deletion: string | null }[]

export interface StoredPair {
  readonly owner: unknown
  readonly target: unknown
}

export interface PairsAnswer {
  readonly pairs: readonly StoredPair[]
  /** null: there are no more */
  readonly next: unknown
}

/** ids, each with the fields that are taken */
export type TakenAnswer = ReadonlyMap<unknown, readonly string[]>

export interface ShelfAnswer {
  readonly fates: Fates
  /** null: there are no more */
  readonly next: unknown
}

export type Answer = RecordsAnswer | PairsAnswer | TakenAnswer | Fates | ShelfAnswer | undefined

export type Ask<Result> = Generator<Question, Result, Answer>

export function* records(model: Model, ids: readonly unknown[], lock: boolean): Ask<RecordsAnswer> {
  return ids.length === 0 ? [] : ((yield { ask: 'records', model, ids, lock }) as RecordsAnswer)
}

/** All pairs of the records. */
export function* pairs(edge: Edge, ids: readonly unknown[]): Ask<readonly StoredPair[]> {
  const found: StoredPair[] = []
  yield* eachPairs(edge, ids, (page) => {
    for (const pair of page) found.push(pair)
  })
  return found
}

/** The same in pages, so that it does not matter how many there are. */
export function* eachPairs(
  edge: Edge,
  ids: readonly unknown[],
  visit: (page: readonly StoredPair[]) => Ask<void> | void,
): Ask<void> {
  for (const chunk of chunks(ids)) {
    let after: unknown = null
    do {
      const answer = (yield { ask: 'pairs', edge, ids: chunk, after }) as PairsAnswer
      const more = answer.pairs.length > 0 && visit(answer.pairs)
      if (more) yield* more
      after = answer.next
    } while (after !== null)
  }
}

export function* takenAmong(model: Model, ids: readonly unknown[]): Ask<TakenAnswer> {
  return ids.length === 0 ? new Map() : ((yield { ask: 'taken', model, ids }) as TakenAnswer)
}

export function* known(model: Model, ids: readonly unknown[]): Ask<Fates> {
  return ids.length === 0 ? new Map() : ((yield { ask: 'known', model, ids }) as Fates)
}

/** The records of a shelf, page by page. */
export function* eachShelf(model: Model, step: number, visit: (fates: Fates) => Ask<void>): Ask<void> {
  let after: unknown = null
  do {
    const { fates, next } = (yield { ask: 'shelf', model, step, after }) as ShelfAnswer
    if (fates.size > 0) yield* visit(fates)
    after = next
  } while (after !== null)
}
