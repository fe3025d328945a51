import type { ErrorCode } from './catalogue.js'
import { type ErrorInit, KinshipError } from './kinship-error.js'

/**
 * Throws the error of a code.
 *
 * @example
 * fail('KIN_UNIQUE', {
 *   message: 'Another live user has this email.',
 *   details: { model: 'user', fields: ['email'] },
 *   path: 'email',
 * })
 */
export function fail<C extends ErrorCode>(code: C, init: ErrorInit<C>): never {
  throw new KinshipError(code, init)
}
