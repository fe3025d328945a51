import assert from 'node:assert/strict'
import { type ErrorCode, isKinshipError } from '../../errors/index.js'

/** Asserts that a call is refused with this code. */
export async function refused(code: ErrorCode, call: Promise<unknown>): Promise<void> {
  assert.equal(await codeOf(call), code)
}

/** The code a call is refused with, or `'done'`; a failure without a code is thrown on. */
export async function codeOf(call: Promise<unknown>): Promise<ErrorCode | 'done'> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (!isKinshipError(error)) throw error
    return error.code
  }
}
