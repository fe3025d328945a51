import type { SyncReport } from '../../../store/store.js'

export type SyncProblem = SyncReport['problems'][number]

/** What is to be done about a table, in this order; and what cannot be done. */
export interface TablePlan {
  /** what is made, in words: `column post.title` */
  readonly created: string[]
  readonly statements: string[]
  /** statements for when all tables and columns are there */
  readonly later: string[]
  readonly problems: SyncProblem[]
}
