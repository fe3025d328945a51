import { type ErrorCode, isKinshipError } from 'kinship'

/** The code with which kinship refuses an action; any other outcome is an error. */
export async function refusal(action: Promise<unknown>): Promise<ErrorCode> {
  try {
    await action
  } catch (error) {
    if (isKinshipError(error)) return error.code
    throw error
  }
  throw new Error('This should have been refused.')
}
