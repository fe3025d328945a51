/** An id as it appears in error details. */
export type ErrorId = string | number

/** One fault of a graph, as the graph check reports it. */
export interface GraphFault {
  /** The kind of fault in kebab-case, e.g. `unknown-target`. */
  readonly code: string
  readonly model: string
  /** The field, a dotted path for one inside an object or array; null for a fault of the model itself. */
  readonly field: string | null
  readonly message: string
  /** What to change in the declaration. */
  readonly fix: string
}

/** One change that sync cannot add to an existing table, or would have to drop from it. */
export interface SyncRefusal {
  readonly table: string
  /** Null where the change concerns the whole table. */
  readonly column: string | null
  readonly message: string
  /** What to do by hand. */
  readonly fix: string
}

/** One problem of a record's data. */
export interface ValidationIssue {
  /** The dotted path in the data, e.g. `items.2.quantity`. */
  readonly path: string
  /** The kind of problem in kebab-case, e.g. `required`. */
  readonly code: string
  readonly message: string
}

/** Records that keep another one from being deleted, all through one association. */
export interface Blocker {
  /** The association that restricts, e.g. `post.author`. */
  readonly association: string
  /** The model of the records that block. */
  readonly model: string
  /** How many there are. */
  readonly count: number
  /** The first of them. */
  readonly ids: readonly ErrorId[]
}

/** A name that nothing answers to. */
export interface UnknownNameDetails {
  /** The word as it was given. */
  readonly word: string
  /** What it should have been the name of, e.g. `field`. */
  readonly kind: string
  /** Where it was looked up, e.g. `model "post"`. */
  readonly where: string
  /** The nearest right words, best first, three at most. */
  readonly nearest: readonly string[]
  /** Every right word. */
  readonly candidates: readonly string[]
}

/**
 * The shape of `details` for each code; `undefined` where the message and the path say everything. Details hold
 * names, ids and counts, never the values of fields.
 */
export interface ErrorDetails {
  KIN_GRAPH_FAULTS: { readonly faults: readonly GraphFault[] }
  KIN_DRIVER_MISSING: { readonly store: string; readonly drivers: readonly string[] }
  KIN_STORE_OPEN_FAILED: { readonly store: string; readonly location: string }
  KIN_STORE_CLOSED: { readonly store: string }
  KIN_STORE_BUSY: { readonly store: string; readonly waitedMs: number }
  KIN_STORE_UNAVAILABLE: { readonly store: string }
  KIN_STORE_READ_ONLY: { readonly store: string }
  KIN_STORE_FAILED: {
    readonly store: string
    readonly driverCode: string | null
    readonly statement: string | null
  }
  KIN_CONSTRAINT: {
    readonly store: string
    readonly driverCode: string | null
    readonly statement: string | null
  }
  KIN_CAPABILITY: { readonly store: string; readonly capability: string }
  KIN_SCHEMA_MISMATCH: {
    readonly store: string
    readonly table: string | null
    readonly column: string | null
  }
  KIN_SYNC_REFUSED: { readonly refusals: readonly SyncRefusal[] }
  KIN_UNKNOWN_OPTION: UnknownNameDetails
  KIN_UNKNOWN_FIELD: UnknownNameDetails
  KIN_UNKNOWN_OPERATOR: UnknownNameDetails
  KIN_UNKNOWN_ASSOCIATION: UnknownNameDetails
  KIN_INVALID_QUERY: undefined
  KIN_INVALID_VALUE: { readonly expected: string; readonly received: string }
  KIN_INVALID_ID: { readonly model: string; readonly expected: string; readonly received: string }
  KIN_INVALID_CURSOR: { readonly reason: 'malformed' | 'other-query' }
  KIN_INVALID_ARGUMENT: undefined
  KIN_VALIDATION: { readonly model: string; readonly issues: readonly ValidationIssue[] }
  KIN_NOT_FOUND: { readonly model: string; readonly ids: readonly ErrorId[] }
  KIN_TARGET_NOT_FOUND: {
    readonly association: string
    readonly model: string
    readonly ids: readonly ErrorId[]
  }
  KIN_UNIQUE: { readonly model: string; readonly fields: readonly string[] }
  KIN_ONE_TAKEN: { readonly association: string; readonly target: ErrorId | null }
  KIN_REQUIRED_REFERENCE: { readonly association: string; readonly holders: readonly ErrorId[] }
  KIN_RECORD_TOO_LARGE: { readonly store: string; readonly model: string; readonly limit: number }
  KIN_IMMUTABLE: { readonly model: string; readonly fields: readonly string[] }
  KIN_RESTRICTED: { readonly model: string; readonly blockers: readonly Blocker[] }
  KIN_PLAN_STALE: { readonly planned: string; readonly found: string }
  KIN_RESTORE_REFUSED: { readonly model: string; readonly id: ErrorId; readonly reason: string }
  KIN_CLOSURE_TOO_LARGE: { readonly store: string; readonly size: number; readonly limit: number }
  KIN_FORBIDDEN: { readonly model: string; readonly action: string }
  KIN_VERSION_CONFLICT: {
    readonly model: string
    readonly id: ErrorId
    readonly expected: number
    readonly found: number | null
  }
  KIN_CONFLICT: { readonly attempts: number }
  KIN_PATH_CLASH: { readonly clashes: readonly { readonly path: string; readonly of: readonly string[] }[] }
  KIN_PACKAGE_MISSING: { readonly packages: readonly string[] }
  KIN_BODY_MALFORMED: undefined
  KIN_UNAUTHENTICATED: undefined
  KIN_NO_ROUTE: undefined
  KIN_METHOD_NOT_ALLOWED: undefined
  KIN_PRECONDITION_FAILED: undefined
  KIN_BODY_TOO_LARGE: undefined
  KIN_MEDIA_TYPE: undefined
  KIN_PRECONDITION_REQUIRED: undefined
  KIN_TRANSACTION_DOOMED: undefined
  KIN_TRANSACTION_MISUSE: undefined
  KIN_TRANSACTION_TIMEOUT: { readonly timeoutMs: number }
  KIN_ABORTED: undefined
  KIN_INTERNAL: undefined
}
