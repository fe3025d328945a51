import { setTimeout as sleep } from 'node:timers/promises'
import { fail, isKinshipError } from '../errors/index.js'
import { throwIfAborted } from './aborted.js'

/** Pauses in milliseconds: the first ones let a rival finish, the last ones let many of them. */
const SHORTEST = 2
const LONGEST = 1_000

export interface Retry {
  /** how often the work is run again after conflicts, at most */
  readonly times: number
  /** another failure that one more run may not meet; attempts count from 1 */
  readonly again?: ((error: unknown, attempt: number) => boolean) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs work again after a failure that another run may not meet, with growing pauses that keep rivals out of
 * step (R31).
 */
export async function retrying<T>({ times, again, signal }: Retry, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const conflict = isKinshipError(error, 'KIN_CONFLICT')
      if (conflict && attempt > times && attempt > 1) giveUp(attempt, error)
      if (!(conflict && attempt <= times) && !again?.(error, attempt)) throw error
    }
    await pause(Math.min(SHORTEST * 2 ** attempt, LONGEST) * (0.5 + Math.random()), signal)
  }
}

function giveUp(attempts: number, cause: unknown): never {
  return fail('KIN_CONFLICT', {
    message: `Concurrent writes kept this one from succeeding, ${attempts} times.`,
    details: { attempts },
    cause,
  })
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal && { signal })
  } catch (error) {
    throwIfAborted(signal)
    throw error
  }
}
