/** Waiting for another process's lock without holding up this one (R28). */
import { setTimeout as sleep } from 'node:timers/promises'
import { isKinshipError, KinshipError } from '../../errors/index.js'
import type { Answer } from '../sql/session.js'
import { abortedBy } from '../../store/aborted.js'

const SHORTEST = 1
const LONGEST = 50

export interface Patience {
  /** how long to wait altogether, in milliseconds */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}

/** Does something as soon as no other process is in the way: at once, without a promise, where none is. */
export function whenFree<T>(attempt: () => T, patience: Patience): Answer<T> {
  try {
    return attempt()
  } catch (error) {
    if (!isKinshipError(error, 'KIN_STORE_BUSY')) throw error
    return retry(attempt, patience, error)
  }
}

async function retry<T>(
  attempt: () => T,
  { limit, signal }: Patience,
  first: KinshipError<'KIN_STORE_BUSY'>,
): Promise<T> {
  const began = performance.now()
  let busy = first
  for (let pause = SHORTEST; ; pause = Math.min(pause * 2, LONGEST)) {
    const waited = performance.now() - began
    if (waited >= limit) throw outOfPatience(busy, waited)
    // Several processes that wait for one lock must not keep step.
    await pauseFor(Math.min(pause * (0.5 + Math.random()), limit - waited), signal)
    try {
      return attempt()
    } catch (error) {
      if (!isKinshipError(error, 'KIN_STORE_BUSY')) throw error
      busy = error
    }
  }
}

async function pauseFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal && { signal })
  } catch (error) {
    throw signal?.aborted ? abortedBy(signal) : error
  }
}

function outOfPatience(busy: KinshipError<'KIN_STORE_BUSY'>, waited: number): KinshipError {
  const waitedMs = Math.round(waited)
  return new KinshipError('KIN_STORE_BUSY', {
    message: `Another process has held the lock of the database for more than ${waitedMs} ms.`,
    details: { ...busy.details, waitedMs },
    cause: busy.cause,
  })
}
