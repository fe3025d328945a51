import { KinshipError } from '../errors/index.js'
import { abortedBy } from './aborted.js'
import type { TransactionOptions } from './store.js'

/**
 * What a transaction's body gives, unless time runs out or the signal is given first.
 *
 * @param stop is called at once in that case, with the error that every later call gets
 */
export function limited<T>(
  { timeout, signal }: TransactionOptions,
  stop: (reason: () => KinshipError) => void,
  result: Promise<T>,
): Promise<T> {
  if (timeout === undefined && signal === undefined) return result
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const settle = (how: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      how()
    }
    const end = (reason: () => KinshipError): void => {
      stop(reason)
      settle(() => reject(reason()))
    }
    const abort = (): void => end(() => abortedBy(signal as AbortSignal))
    const expire = (): void => end(() => timedOut(timeout ?? 0))
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout)
    signal?.addEventListener('abort', abort)
    result.then(
      (value) => {
        // A body that never let go of the event loop is overdue before the timer can say so.
        if (timeout !== undefined && performance.now() - began > timeout) expire()
        else settle(() => resolve(value))
      },
      () => settle(() => resolve(result)),
    )
  })
}

/** What a call in a transaction that is over gets. */
export function ended(): KinshipError {
  return new KinshipError('KIN_TRANSACTION_MISUSE', {
    message: 'The transaction has ended; nothing more can be done in it.',
    hint: 'Await every call inside of the transaction callback.',
  })
}

function timedOut(timeoutMs: number): KinshipError {
  return new KinshipError('KIN_TRANSACTION_TIMEOUT', { details: { timeoutMs } })
}
