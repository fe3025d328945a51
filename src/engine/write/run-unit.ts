import type { CommitEvent } from '../../schema/hooks.js'
import { throwIfAborted } from '../aborted.js'
import type { EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'
import { retrying } from '../retry.js'
import { tellCommitted } from './after-commit.js'
import { makeUnit } from './make-unit.js'
import type { Unit } from './unit.js'

export interface UnitOptions {
  readonly signal?: AbortSignal | undefined
  /** a failure besides KIN_CONFLICT after which the whole is run again; inside `db.transaction` nothing is */
  readonly again?: (error: unknown, attempt: number) => boolean
}

/** How often one of kinship's own operations is run again after a serialization failure (R31). */
const RETRIES = 16

/**
 * Runs one atomic write: in the transaction around it, or else in one of its own, which is retried after
 * conflicts. Both functions may therefore run more than once, each run with what was prepared for it. What
 * needs no transaction is prepared before one begins; inside of `db.transaction` it is part of the write:
 * data that is refused dooms the transaction like any other failure (R31).
 */
export async function runPrepared<P, T>(
  context: EngineContext,
  prepare: () => Maybe<P>,
  body: (unit: Unit, prepared: P) => Promise<T>,
  { signal, again }: UnitOptions = {},
): Promise<T> {
  const { transaction, store } = context
  if (transaction) {
    return transaction.write(async () => {
      const prepared = await prepare()
      throwIfAborted(signal)
      return body(makeUnit(context, transaction.session, transaction.events), prepared)
    })
  }
  context.guard.check()
  let prepared: { readonly value: P } | null = { value: await prepare() }
  let events: CommitEvent[] = []
  const result = await retrying({ times: RETRIES, again, signal }, async () => {
    const { value } = prepared ?? { value: await prepare() }
    // What a run has made of it, another one must not find.
    prepared = null
    return store.transaction(signal ? { signal } : {}, (session) => {
      events = []
      return body(makeUnit(context, session, events), value)
    })
  })
  if (events.length > 0) await tellCommitted(context, events)
  return result
}
