import { fail } from '../errors/index.js'
import type { CommitEvent } from '../schema/hooks.js'
import type { TransactionOptions as StoreOptions } from '../store/store.js'
import type { TransactionOptions } from '../types/db.js'
import { insideTransaction, type EngineContext } from './context.js'
import { retrying } from './retry.js'
import { RunningTransaction } from './running-transaction.js'
import { checkOptions, refuseArgument } from './write/check-options.js'
import { tellCommitted } from './write/after-commit.js'

/**
 * `db.transaction`: runs a callback with a database whose every call belongs to one transaction. Commits when
 * it resolves and no write has failed; rolls back otherwise.
 */
export async function runTransaction<T>(
  context: EngineContext,
  callback: (tx: unknown) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  checkOptions(options, ['isolation', 'timeout', 'retry', 'signal'], 'transaction')
  if (typeof callback !== 'function') refuseArgument('callback', 'a function', callback)
  context.guard.check()
  const storeOptions = optionsFor(context, options)
  let events: CommitEvent[] = []
  const result = await retrying({ times: options.retry ?? 0, signal: options.signal }, () =>
    context.store.transaction(storeOptions, async (session) => {
      events = []
      const transaction = new RunningTransaction(session, events)
      const tx = context.databaseOf(insideTransaction(context, transaction))
      try {
        const value = await context.guard.run(() => callback(tx))
        await transaction.settle()
        return value
      } finally {
        transaction.close()
      }
    }),
  )
  await tellCommitted(context, events)
  return result
}

function optionsFor({ store }: EngineContext, options: TransactionOptions): StoreOptions {
  const { isolation, timeout, retry, signal } = options
  if (timeout !== undefined && !(timeout > 0)) refuseArgument('timeout', 'a positive number', timeout)
  if (retry !== undefined && !(Number.isInteger(retry) && retry >= 0))
    refuseArgument('retry', 'a count', retry)
  const { isolation: levels } = store.capabilities
  if (isolation !== undefined && !levels.includes(isolation)) {
    fail('KIN_CAPABILITY', {
      message: `The store has no isolation level "${isolation}".`,
      details: { store: store.capabilities.description, capability: `isolation ${isolation}` },
      path: 'isolation',
      hint: `Levels of this store: ${levels.join(', ')}.`,
    })
  }
  return {
    ...(isolation !== undefined && { isolation }),
    ...(timeout !== undefined && { timeout }),
    ...(signal !== undefined && { signal }),
  }
}
