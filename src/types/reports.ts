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
  /** References left to something that is gone, on purpose. */
  readonly dangling: number
  /** The first 1,000 ids of each outcome, by model. */
  readonly ids: {
    readonly deleted: Readonly<Record<string, readonly (string | number)[]>>
    readonly softDeleted: Readonly<Record<string, readonly (string | number)[]>>
  }
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
