import type { Blocker } from '../errors/index.js'
import type { Tie } from '../schema/graph.js'

import type { Capabilities } from '../store/store.js'

/** What a handle did to the pairs of one record: ids of the other end, in the order given. */
export interface LinkReport<Id extends string | number> {
  /** Pairs that are new. */
  readonly added: readonly Id[]
  /** Pairs that existed and whose payload changed. */
  readonly updated: readonly Id[]
  /** Pairs that are gone; of `set` and `clear` by ascending id. */
  readonly removed: readonly Id[]
  /** Pairs that were as asked for already, and targets of `remove` that were not linked. */
  readonly unchanged: readonly Id[]
}

/** Ids by model, at most 1,000 of each. */
export type IdsByModel = Readonly<Record<string, readonly (string | number)[]>>

/** A record that a delete reaches. */
export interface ReachedRecord {
  readonly model: string
  readonly id: string | number
  /** For good, or softly. */
  readonly outcome: 'deleted' | 'softDeleted'
  /** Steps from what the caller named. */
  readonly level: number
  /** The record that led to it, over which association, by which tie; null for what the caller named. */
  readonly via: {
    readonly association: string
    readonly tie: Tie
    readonly model: string
    readonly id: string | number
  } | null
}

/** What a delete did, ties included. */
export interface DeleteReport {
  /** Names this deletion in the journal. */
  readonly deletion: string
  /** Records removed for good, by model. */
  readonly deleted: Readonly<Record<string, number>>
  /** Records marked as deleted, by model. */
  readonly softDeleted: Readonly<Record<string, number>>
  /** References unset and entries removed. */
  readonly unlinked: number
  /** References and entries left to something that is gone: on purpose (dirty), or on a soft-deleted holder. */
  readonly dangling: number
  /** The first 1,000 ids of each outcome, by model. */
  readonly ids: { readonly deleted: IdsByModel; readonly softDeleted: IdsByModel }
  /** Every record that was reached: `for await (const record of report.records())`. */
  records(): AsyncIterable<ReachedRecord>
}

/** Records that a delete meets over one association: the holders of references or entries. */
export interface MetHolders {
  readonly association: string
  /** The holders' model. */
  readonly model: string
  /** How many references or entries there are. */
  readonly count: number
  /** The holders of the first 1,000. */
  readonly ids: readonly (string | number)[]
}

/**
 * What a delete would do, ties included; nothing was written. Given to `delete` as `plan`, it is a condition: the delete is
 * refused when it would do anything else by now.
 */
export interface DeletePlan {
  /** Of the records the plan is for. */
  readonly model: string
  /** Removes records of models with softDelete for good, too. */
  readonly hard: boolean
  /** Records that will be removed for good, by model. */
  readonly deleted: Readonly<Record<string, number>>
  /** Records that will be marked as deleted, by model. */
  readonly softDeleted: Readonly<Record<string, number>>
  /** The first 1,000 ids of each outcome, by model. */
  readonly ids: { readonly deleted: IdsByModel; readonly softDeleted: IdsByModel }
  /** References that will be unset, or taken away with the embedded element they stand in. */
  readonly unset: readonly MetHolders[]
  /** Entries that will be removed from lists. */
  readonly removed: readonly MetHolders[]
  /** References and entries that will name nothing. */
  readonly dangling: readonly MetHolders[]
  /** Holders whose restrict tie stands in the way; while there are any, the delete is refused. */
  readonly blockers: readonly Blocker[]
  /** The delete is soft, and removes records for good all the same: those in `deleted` cannot be restored. */
  readonly irreversible: boolean
  /** The same records with the same outcomes have the same hash. */
  readonly hash: string
  /** Every record that would be reached. */
  records(): Iterable<ReachedRecord>
  /** The plan as a tree, for people. */
  toString(): string
}

/** What a restore did. */
export interface RestoreReport {
  /** The deletion that was undone. */
  readonly deletion: string
  /** Records that are back, by model. */
  readonly restored: Readonly<Record<string, number>>
  /** Records that could not return, and what hangs below them, by model. */
  readonly skipped: Readonly<Record<string, number>>
  /** The first 1,000 ids of each outcome, by model. */
  readonly ids: { readonly restored: IdsByModel; readonly skipped: IdsByModel }
  /** References and embedded elements put back. */
  readonly relinked: number
  /** References and elements whose place is gone or taken by now. */
  readonly notRelinked: number
}

/** How a query is carried out. */
export interface Explanation {
  /** One for each node of the populate tree, the root first. */
  readonly steps: readonly ExplainedStep[]
  /** The statements in the order they are sent. */
  readonly statements: readonly string[]
  /** What the store can do, by which strategies were chosen. */
  readonly capabilities: Capabilities
  /** Prints the steps for people. */
  toString(): string
}

export interface ExplainedStep {
  /** Place in the populate tree, `posts.hashtags`; empty for the root. */
  readonly path: string
  readonly model: string
  readonly strategy: 'root' | 'join' | 'aggregate' | 'batch'
  /** The statement that loads it. */
  readonly statement: string
  /** What a batched statement is keyed by. */
  readonly keyedBy?: string
  /** Why this strategy. */
  readonly reason: string
}

/** A page of `findPage`. */
export interface Page<Record> {
  readonly records: Record[]
  /** Records in all pages; with `total: true`. */
  readonly total?: number
  /** The number of this page, from 1; when paging by `offset`. */
  readonly page?: number
  /** The number of pages; with `total: true`. */
  readonly pages?: number
  /** Cursor for `after` that gives the next page, or null. */
  readonly next: string | null
  /** Cursor that gives the page before, or null. */
  readonly previous: string | null
  readonly hasNext: boolean
}
