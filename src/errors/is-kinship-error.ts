import type { ErrorCode } from './catalogue.js'
import type { KinshipError } from './kinship-error.js'

/** The errors of the codes `C`, one class per code, so that comparing `code` narrows `details`. */
export type KinshipErrorOf<C extends ErrorCode> = C extends ErrorCode ? KinshipError<C> : never

/**
 * Whether something caught is an error of this package and, with a code, whether it has that code.
 *
 * It goes by the error's name, so errors of a second copy of the package in the same process count too.
 *
 * @example
 * if (isKinshipError(error, 'KIN_NOT_FOUND')) reply.status(404)
 */
export function isKinshipError<C extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: C,
): error is KinshipErrorOf<C> {
  if (!(error instanceof Error) || error.name !== 'KinshipError') return false
  return code === undefined || (error as KinshipError).code === code
}
