import type { Blocker } from '../../errors/index.js'

/** One thing that is wrong with a request, and where. */
export interface ProblemItem {
  /** JSON pointer into the body */
  readonly pointer?: string
  /** name of the query or path parameter */
  readonly parameter?: string
  /** name of the header */
  readonly header?: string
  readonly detail: string
  readonly hint?: string
}

/** A problem document (RFC 9457). */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  /** of the catalogue, or of the plugin that refused the request */
  readonly code: string
  readonly hint?: string
  readonly errors?: readonly ProblemItem[]
  /** what keeps a record from being deleted; those the caller may not know of have no names and no ids */
  readonly blockers?: readonly (Omit<Blocker, 'association' | 'model'> & {
    readonly association: string | null
    readonly model: string | null
  })[]
  /** the request in the server's log */
  readonly requestId: string
}

export const problemType = 'application/problem+json'
