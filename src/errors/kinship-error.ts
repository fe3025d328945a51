import { catalogue, type ErrorCode } from './catalogue.js'
import type { ErrorDetails } from './error-details.js'

interface Occasion {
  /** What was wrong, on this occasion; the catalogue's summary by default. */
  readonly message?: string
  /** Where in the caller's input, as a dotted path, e.g. `populate.posts.where.titel`. */
  readonly path?: string | undefined
  /** How to fix it; the catalogue's hint by default. */
  readonly hint?: string | undefined
  /** The error underneath, e.g. the driver's. */
  readonly cause?: unknown
}

/** What an error of code `C` is made from. `details` is required exactly where the code has any. */
export type ErrorInit<C extends ErrorCode> = Occasion &
  (undefined extends ErrorDetails[C]
    ? { readonly details?: undefined }
    : { readonly details: ErrorDetails[C] })

/** What `JSON.stringify` makes of an error: no stack and no cause, so that it may be sent to a caller. */
export interface ErrorJson {
  readonly name: 'KinshipError'
  readonly code: ErrorCode
  readonly status: number
  readonly message: string
  readonly path?: string
  readonly hint?: string
  readonly details?: ErrorDetails[ErrorCode]
}

/**
 * The one error class of the package: every failure that a caller can meet is one, told apart by `code`.
 *
 * @example
 * try {
 *   await db.user.create({ name: 'Jane', email: 'jane@example.org' })
 * } catch (error) {
 *   if (isKinshipError(error, 'KIN_UNIQUE')) console.log(error.details.fields) // ['email']
 *   else throw error
 * }
 */
export class KinshipError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'KinshipError'
  /** The code, stable between releases; branch on it, not on the message. */
  readonly code: C
  /** The HTTP status that fits the code. */
  readonly status: number
  /** Facts about this occasion, in the shape that `docs/errors.md` gives for the code. */
  readonly details: ErrorDetails[C]
  /** Where in the caller's input, as a dotted path. */
  readonly path: string | undefined
  /** How to fix it. */
  readonly hint: string | undefined

  constructor(code: C, init: ErrorInit<C>) {
    const entry: { summary: string; status: number; hint?: string } = catalogue[code]
    super(init.message ?? entry.summary, 'cause' in init ? { cause: init.cause } : undefined)
    this.code = code
    this.status = entry.status
    this.details = init.details as ErrorDetails[C]
    this.path = init.path
    this.hint = init.hint ?? entry.hint
  }

  /** The error as plain data, without stack and cause. */
  toJSON(): ErrorJson {
    const { name, code, status, message, path, hint, details } = this
    return {
      name,
      code,
      status,
      message,
      ...(path !== undefined && { path }),
      ...(hint !== undefined && { hint }),
      ...(details !== undefined && { details }),
    }
  }
}
