import { KinshipError } from '../../errors/index.js'
import { throwIfAborted } from '../../store/aborted.js'
import { ended, limited } from '../../store/limited.js'
import type { TransactionOptions } from '../../store/store.js'
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
      const result = await limited(options, (reason) => session.end(reason), body(session))
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
