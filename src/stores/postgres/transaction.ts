import { throwIfAborted } from '../../store/aborted.js'
import { ended, limited } from '../../store/limited.js'
import type { TransactionOptions } from '../../store/store.js'
import type { Executor } from './executor.js'
import { TransactionSession } from './transaction-session.js'

/** Isolation levels; the first is the default. */
export const isolationLevels = ['read committed', 'repeatable read', 'serializable'] as const

/** How long a server that was told to cancel a statement may take for it, in milliseconds. */
const PATIENCE = 5000

/** Runs `body` in a transaction, on a connection of its own. */
export async function runTransaction<T>(
  executor: Executor,
  options: TransactionOptions,
  body: (session: TransactionSession) => Promise<T>,
): Promise<T> {
  const { signal, isolation = isolationLevels[0] } = options
  const connection = await executor.take(false, signal)
  // Said each time: the server, the role or the database may have another default.
  const begin = `begin isolation level ${isolation}`
  const session = new TransactionSession(executor, connection, begin, signal)
  try {
    throwIfAborted(signal)
    const result = await limited(options, (reason) => session.stop(reason), body(session))
    await session.commit(ended)
    return result
  } catch (error) {
    await rollback(session)
    throw error
  } finally {
    session.end(ended)
    connection.release(session.broken)
  }
}

/** A connection that is not rolled back in time, or not at all, is closed: the server then rolls back by itself. */
async function rollback(session: TransactionSession): Promise<void> {
  const late = setTimeout(() => session.giveUp(), PATIENCE)
  try {
    await Promise.race([session.rollback(), session.givenUp])
  } catch {
    session.giveUp()
  } finally {
    clearTimeout(late)
  }
}
