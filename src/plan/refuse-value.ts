import { fail } from '../errors/index.js'
import { describeValue } from '../schema/values/describe-value.js'
import type { Flaw } from '../schema/values/flaw.js'

/** Throws the error for a value of a query that does not fit; `model` is the one whose id it should have been. */
export function refuseValue(flaw: Flaw, value: unknown, path: string, model: string | null): never {
  const received = describeValue(value)
  const { expected } = flaw
  if (flaw.code === 'id' && model !== null) {
    return fail('KIN_INVALID_ID', {
      message: `Expected an id of model "${model}" (${expected}) in ${path}, received ${received}${quoted(value)}.`,
      path,
      details: { model, expected, received },
    })
  }
  return fail('KIN_INVALID_VALUE', {
    message: `Expected ${expected} in ${path}, received ${received}.`,
    path,
    details: { expected, received },
  })
}

/** An id is no secret, and seeing it is how a mix-up is noticed. */
function quoted(value: unknown): string {
  return typeof value === 'string' && value.length <= 40 ? ` ${JSON.stringify(value)}` : ''
}
