/** What every error of one code has in common. */
export interface CatalogueEntry {
  /** The HTTP status a REST layer answers with. */
  readonly status: number
  /** One sentence: what went wrong. The message when the place that fails has nothing more precise to say. */
  readonly summary: string
  /** How to get out of it, where that does not depend on the occasion. */
  readonly hint?: string
}

/**
 * Every error code of the package, in one place. `docs/errors.md` documents each, `error-details.ts` types the
 * details of each, and a test fails when the three differ.
 */
export const catalogue = {
  // Declaring
  KIN_GRAPH_FAULTS: {
    status: 500,
    summary: 'The graph has faults.',
    hint: 'Each fault names its model, its field and its fix; all of them are listed.',
  },

  // Opening and keeping a store
  KIN_DRIVER_MISSING: {
    status: 500,
    summary: 'No driver for this store is installed.',
  },
  KIN_STORE_OPEN_FAILED: {
    status: 500,
    summary: 'The store could not be opened.',
  },
  KIN_STORE_CLOSED: {
    status: 503,
    summary: 'The store is closed.',
    hint: 'Close the database after the last call has finished, or connect again.',
  },
  KIN_STORE_BUSY: {
    status: 503,
    summary: 'Another process held the lock of the store for too long.',
    hint: 'Try again, shorten the transaction of the other process, or raise the busy timeout.',
  },
  KIN_STORE_UNAVAILABLE: {
    status: 503,
    summary: 'The store cannot be reached.',
    hint: 'See that its server runs and can be reached; kinship connects again by itself with the next call.',
  },
  KIN_STORE_READ_ONLY: {
    status: 403,
    summary: 'The store was opened read-only.',
    hint: 'Open it without `readOnly` to write.',
  },
  KIN_STORE_FAILED: {
    status: 500,
    summary: 'The store failed.',
    hint: "The driver's own error is the `cause`.",
  },
  KIN_CONSTRAINT: {
    status: 422,
    summary: 'A rule of the database refuses the data.',
  },
  KIN_CAPABILITY: {
    status: 501,
    summary: 'The store cannot do this.',
  },
  KIN_SCHEMA_MISMATCH: {
    status: 500,
    summary: 'A table or column of the graph is missing from the database.',
    hint: 'Run `db.sync()`, or name the existing table or column in the declaration.',
  },
  KIN_SYNC_REFUSED: {
    status: 409,
    summary: 'Sync found changes that it must not make, and made none.',
    hint: 'Make the listed changes by hand, or pass `partial: true` to apply the rest.',
  },

  // What a caller asks for
  KIN_UNKNOWN_OPTION: {
    status: 400,
    summary: 'There is no such option.',
  },
  KIN_UNKNOWN_FIELD: {
    status: 400,
    summary: 'There is no such field.',
  },
  KIN_UNKNOWN_OPERATOR: {
    status: 400,
    summary: 'There is no such operator.',
  },
  KIN_UNKNOWN_ASSOCIATION: {
    status: 400,
    summary: 'There is no such association.',
  },
  KIN_INVALID_QUERY: {
    status: 400,
    summary: 'The query asks for something that has no meaning.',
  },
  KIN_INVALID_VALUE: {
    status: 400,
    summary: 'A value does not fit its field.',
  },
  KIN_INVALID_ID: {
    status: 400,
    summary: 'An id is malformed.',
  },
  KIN_INVALID_CURSOR: {
    status: 400,
    summary: 'The cursor is malformed or belongs to another query.',
    hint: 'Pass a cursor only to the query that returned it, with the same where and orderBy.',
  },
  KIN_INVALID_ARGUMENT: {
    status: 400,
    summary: 'An argument is wrong.',
  },

  // Writing
  KIN_VALIDATION: {
    status: 422,
    summary: 'The data does not fit the model.',
    hint: 'Every problem is listed in `details.issues`.',
  },
  KIN_NOT_FOUND: {
    status: 404,
    summary: 'There is no such record.',
  },
  KIN_TARGET_NOT_FOUND: {
    status: 422,
    summary: 'A record to be associated does not exist or is deleted.',
    hint: 'Create or restore the target first; nothing was written.',
  },
  KIN_UNIQUE: {
    status: 409,
    summary: 'Another record has this value already.',
  },
  KIN_ONE_TAKEN: {
    status: 409,
    summary: 'The target of a one-one association has a holder already.',
    hint: 'Set it from the other end to move it, or free it first.',
  },
  KIN_REQUIRED_REFERENCE: {
    status: 409,
    summary: 'A required reference cannot be unset.',
    hint: 'Set another target, delete the holder, or declare the reference `.optional()`.',
  },
  KIN_RECORD_TOO_LARGE: {
    status: 422,
    summary: 'A record would become larger than the store can keep.',
    hint: 'Keep what grows in records of its own: another layout for a long list, another model for a large field.',
  },
  KIN_IMMUTABLE: {
    status: 422,
    summary: 'An immutable field cannot be changed.',
  },

  // Deleting and restoring
  KIN_RESTRICTED: {
    status: 409,
    summary: 'Other records refer to this one and restrict its deletion.',
    hint: 'Delete or reassign the records listed in `details.blockers` first.',
  },
  KIN_PLAN_STALE: {
    status: 409,
    summary: 'The records that the delete would reach have changed since it was planned.',
    hint: 'Plan the delete again and look at it once more; nothing was written.',
  },
  KIN_RESTORE_REFUSED: {
    status: 409,
    summary: 'The record cannot be restored.',
  },
  KIN_CLOSURE_TOO_LARGE: {
    status: 409,
    summary: 'The delete reaches more records than this store can delete in one transaction.',
    hint: 'Delete in parts, the outermost dependants first; nothing was written.',
  },

  // Seeing and competing
  KIN_FORBIDDEN: {
    status: 403,
    summary: 'The operation would reach outside of what the caller may see.',
  },
  KIN_VERSION_CONFLICT: {
    status: 412,
    summary: 'The record has changed since it was read.',
    hint: 'Read it again, apply the change to what it is now, and pass its new version.',
  },
  KIN_CONFLICT: {
    status: 409,
    summary: 'Concurrent writes kept this one from succeeding.',
    hint: 'Try again; nothing was written.',
  },

  // Answering requests
  KIN_PATH_CLASH: {
    status: 500,
    summary: 'Two routes of the REST API would have the same path.',
    hint: 'Give one of them another `path`.',
  },
  KIN_PACKAGE_MISSING: {
    status: 500,
    summary: 'A package that this option needs is not installed.',
  },
  KIN_BODY_MALFORMED: {
    status: 400,
    summary: 'The request is malformed.',
  },
  KIN_UNAUTHENTICATED: {
    status: 401,
    summary: 'The request does not say who sends it.',
  },
  KIN_NO_ROUTE: {
    status: 404,
    summary: 'There is nothing at this path.',
  },
  KIN_METHOD_NOT_ALLOWED: {
    status: 405,
    summary: 'What is at this path does not know this method.',
  },
  KIN_PRECONDITION_FAILED: {
    status: 412,
    summary: 'The record is not what the request was made for.',
    hint: 'Read it again, apply the change to what it is now, and send its new ETag.',
  },
  KIN_BODY_TOO_LARGE: {
    status: 413,
    summary: 'The body is larger than is allowed.',
  },
  KIN_MEDIA_TYPE: {
    status: 415,
    summary: 'Bodies are JSON.',
    hint: 'Send `Content-Type: application/json`.',
  },
  KIN_PRECONDITION_REQUIRED: {
    status: 428,
    summary: 'The record may only be changed by those who know what it is.',
    hint: 'Send the ETag with which it was read as `If-Match`.',
  },

  // Transactions and calls
  KIN_TRANSACTION_DOOMED: {
    status: 409,
    summary: 'An earlier write of this transaction failed, so none of it is kept.',
    hint: 'Let the first error, the `cause`, leave the callback, and start a new transaction.',
  },
  KIN_TRANSACTION_MISUSE: {
    status: 500,
    summary: '`db` was used inside its own transaction.',
    hint: 'Use the `tx` that the transaction callback receives.',
  },
  KIN_TRANSACTION_TIMEOUT: {
    status: 503,
    summary: 'The transaction took longer than its timeout and was rolled back.',
    hint: 'Do less inside of it, or raise `timeout`.',
  },
  KIN_ABORTED: {
    status: 499,
    summary: 'The call was aborted by its signal.',
  },
  KIN_INTERNAL: {
    status: 500,
    summary: 'kinship broke a promise of its own.',
    hint: 'This is a bug in kinship: please report it with this message and the stack.',
  },
} as const satisfies Record<`KIN_${string}`, CatalogueEntry>

/** A code of the catalogue. */
export type ErrorCode = keyof typeof catalogue
