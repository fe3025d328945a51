// Checked by the compilers (`npm run test:types`), never run.
import { fail, isKinshipError, KinshipError } from '../../src/errors/index.js'

declare const error: unknown

// A code narrows the details.
if (isKinshipError(error, 'KIN_UNIQUE')) {
  error.code satisfies 'KIN_UNIQUE'
  error.details.fields satisfies readonly string[]
  // @ts-expect-error -- the details of another code
  error.details.blockers satisfies unknown
}

// Without a code, comparing it narrows them.
if (isKinshipError(error)) {
  // @ts-expect-error -- the details of which code?
  error.details.fields satisfies unknown
  if (error.code === 'KIN_UNIQUE') error.details.fields satisfies readonly string[]
}

// @ts-expect-error -- no such code
isKinshipError(error, 'KIN_UNIQ')

// Details are required exactly where a code has any.
export const complete = new KinshipError('KIN_UNIQUE', { details: { model: 'user', fields: ['email'] } })
export const without = new KinshipError('KIN_TRANSACTION_MISUSE', { path: 'db' })
// @ts-expect-error -- details are missing
export const missing = new KinshipError('KIN_UNIQUE', { message: 'taken' })
// @ts-expect-error -- a detail is missing
export const partial = new KinshipError('KIN_UNIQUE', { details: { model: 'user' } })
// @ts-expect-error -- this code has none
export const surplus = new KinshipError('KIN_TRANSACTION_MISUSE', { details: { model: 'user' } })

// fail never returns, so what follows it knows the value.
export function required(value: string | undefined): string {
  if (value === undefined) fail('KIN_INTERNAL', { message: 'no value' })
  return value
}
