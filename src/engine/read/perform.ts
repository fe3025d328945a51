import { readValues } from '../../plan/slots.js'
import type { ReadResult, Session } from '../../store/read.js'
import { throwIfAborted } from '../aborted.js'
import type { EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'
import { execute } from './execute.js'
import type { PreparedRead } from './prepared.js'

/**
 * Runs a prepared read with a call's values, which are checked and normalised first.
 *
 * @throws KIN_INVALID_VALUE, KIN_INVALID_ID, KIN_ABORTED
 */
export function perform(
  context: EngineContext,
  prepared: PreparedRead,
  values: unknown[],
  signal: AbortSignal | undefined,
): Maybe<ReadResult> {
  const scopeValues = context.visibility.values
  readValues(prepared.slots, values, scopeValues.length)
  throwIfAborted(signal)
  const session = context.session(signal)
  if (!(session instanceof Promise)) return execute(prepared, scopeValues, { session, values, signal })
  return session.then((ready: Session) => {
    throwIfAborted(signal)
    return execute(prepared, scopeValues, { session: ready, values, signal })
  })
}
