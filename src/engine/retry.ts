import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorCode, fail, isKinshipError } from '../errors/index.js'

const SHORTEST = 2
const LONGEST = 100

export interface Retry {
  /** how often the work is run again, at most */
  readonly times: number
  /** the failures after which it is */
  readonly after: readonly ErrorCode[]
  readonly signal?: AbortSignal | undefined
}

/** Runs work again after a failure that another run may not meet, with growing pauses that keep rivals out of step. */
export async function retrying<T>({ times, after, signal }: Retry, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!after.some((code) => isKinshipError(error, code))) throw error
      if (attempt > times) {
        if (attempt === 1 || !isKinshipError(error, 'KIN_CONFLICT')) throw error
        return fail('KIN_CONFLICT', { details: { attempts: attempt }, cause: error })
      }
    }
    await sleep(
      Math.min(SHORTEST * 2 ** attempt, LONGEST) * (0.5 + Math.random()),
      undefined,
      signal && { signal },
    )
  }
}
