import { KinshipError } from '../../errors/index.js'
import type { TransactionOptions } from '../../store/store.js'
import { abortedBy, throwIfAborted } from '../../store/aborted.js'
import { whenFree } from './busy.js'
import type { Executor } from './executor.js'
import { TransactionSession } from './transaction-session.js'
import type { WriterQueue } from './writer-queue.js'

/** What transactions of one graph on one file have in common. */
export interface TransactionGround {
  readonly executor: Executor
  readonly queue: WriterQueue
  readonly readOnly: boolean
  /** how long to wait for another process, in milliseconds */
  readonly busyTimeout: number
}

/** Runs `body` in a transaction of its own, after those that asked before (R28). */
export async function runTransaction<T>(
  ground: TransactionGround,
  options: TransactionOptions,
  body: (session: TransactionSession) => Promise<T>,
): Promise<T> {
  const { executor, queue } = ground
  const { signal } = options
  const patience = { limit: ground.busyTimeout, signal }
  const turn = queue.take(signal)
  if (turn !== undefined) await turn
  try {
    const begin = ground.readOnly ? 'begin' : 'begin immediate'
    const begun = whenFree(() => executor.run('begin', begin, []), patience)
    if (begun instanceof Promise) await begun
    const session = new TransactionSession(executor)
    try {
      throwIfAborted(signal)
      const result = await limited(session, options, body(session))
      session.end(ended)
      const committed = whenFree(() => executor.run('commit', 'commit', []), patience)
      if (committed instanceof Promise) await committed
      return result
    } catch (error) {
      rollback(executor, error)
      throw error
    } finally {
      session.end(ended)
    }
  } finally {
    queue.give()
  }
}

/** SQLite itself rolls back after some errors, such as a full disk. */
function rollback(executor: Executor, reason: unknown): void {
  if (!executor.channel.connection.inTransaction) return
  try {
    executor.run('rollback', 'rollback', [])
  } catch (error) {
    throw new KinshipError('KIN_STORE_FAILED', {
      message: 'A transaction could not be rolled back.',
      details: { store: 'sqlite', driverCode: null, statement: 'rollback' },
      cause: new AggregateError([reason, error]),
    })
  }
}

/** The body's result, unless time runs out or the signal is given first: then the session ends at once. */
function limited<T>(
  session: TransactionSession,
  { timeout, signal }: TransactionOptions,
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
    const stop = (reason: () => KinshipError): void => {
      session.end(reason)
      settle(() => reject(reason()))
    }
    const abort = (): void => stop(() => abortedBy(signal as AbortSignal))
    const expire = (): void => stop(() => timedOut(timeout ?? 0))
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

function timedOut(timeoutMs: number): KinshipError {
  return new KinshipError('KIN_TRANSACTION_TIMEOUT', { details: { timeoutMs } })
}

function ended(): KinshipError {
  return new KinshipError('KIN_TRANSACTION_MISUSE', {
    message: 'The transaction has ended; nothing more can be done in it.',
    hint: 'Await every call inside of the transaction callback.',
  })
}
