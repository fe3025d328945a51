import type { ClientSession, MongoError } from 'mongodb'
import { KinshipError } from '../../errors/index.js'
import { throwIfAborted } from '../../store/aborted.js'
import { ended, limited } from '../../store/limited.js'
import type { LogEntry, TransactionOptions } from '../../store/store.js'
import { translate } from './errors.js'
import { releaseGuards } from './guards.js'
import { isDriverError } from './is-driver-error.js'
import { checkIsolation } from './isolation.js'
import { type Ground, MongoSession } from './session.js'

/** How long a commit of which nothing is known is asked for again, in milliseconds. */
const COMMIT_PATIENCE = 15_000

/** Runs `body` in a transaction of its own. Conflicts are the engine's to retry (R31). */
export async function runTransaction<T>(
  ground: Ground,
  options: TransactionOptions,
  body: (session: MongoSession) => Promise<T>,
): Promise<T> {
  checkIsolation(options)
  throwIfAborted(options.signal)
  const transaction = await begin(ground)
  const session = new MongoSession(ground, transaction, options.signal)
  try {
    const result = await limited(options, (reason) => session.end(reason), body(session))
    session.end(ended)
    await commit(ground, transaction)
    return result
  } catch (error) {
    session.end(ended)
    await session.settled()
    await rollback(ground, transaction)
    throw error
  } finally {
    session.end(ended)
    releaseGuards(session)
    await transaction.endSession()
  }
}

async function begin(ground: Ground): Promise<ClientSession> {
  return logged(ground, 'begin', async () => {
    await ground.synced.ready()
    await ground.guards.ready()
    const transaction = ground.client.startSession()
    transaction.startTransaction({
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
      readPreference: 'primary',
    })
    return transaction
  })
}

/** The server remembers what became of a transaction, so a commit may be sent again when its answer was lost. */
async function commit(ground: Ground, transaction: ClientSession): Promise<void> {
  const began = performance.now()
  await logged(ground, 'commit', async () => {
    for (;;) {
      try {
        await transaction.commitTransaction()
        return
      } catch (error) {
        const unknown = isDriverError(error) && error.hasErrorLabel('UnknownTransactionCommitResult')
        if (!unknown) throw error
        if (performance.now() - began > COMMIT_PATIENCE) throw unknownCommit(error)
      }
    }
  })
}

function unknownCommit(cause: MongoError): KinshipError {
  return new KinshipError('KIN_STORE_UNAVAILABLE', {
    message: 'The connection was lost while a transaction was committed; whether it was is not known.',
    hint: 'Read what it was to write before writing it again.',
    details: { store: 'mongodb' },
    cause,
  })
}

/** The driver gives up by itself where the server cannot be reached, which then rolls back on its own. */
async function rollback(ground: Ground, transaction: ClientSession): Promise<void> {
  if (!transaction.inTransaction()) return
  await logged(ground, 'rollback', () => transaction.abortTransaction())
}

async function logged<T>(
  ground: Ground,
  kind: Extract<LogEntry['kind'], 'begin' | 'commit' | 'rollback'>,
  act: () => Promise<T>,
): Promise<T> {
  const { log, deployment } = ground
  const began = performance.now()
  const statement = { begin: 'startTransaction', commit: 'commitTransaction', rollback: 'abortTransaction' }[
    kind
  ]
  try {
    return await act()
  } catch (error) {
    throw translate(error, { model: null, statement, maxDocument: deployment.maxDocument })
  } finally {
    log?.({ kind, statement, parameters: [], milliseconds: performance.now() - began, rows: 0 })
  }
}
