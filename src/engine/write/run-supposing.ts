import type { EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'
import { hasHooks } from './run-hooks.js'
import { runPrepared } from './run-unit.js'
import type { Unit } from './unit.js'

/** Something is not as a write supposed. It is caught below; no caller meets it. */
export class Mistaken extends Error {}

/**
 * As `runPrepared`, for writes that mostly find what one would expect: looking first costs them more than
 * writing does. Where `supposing`, `body` may write at once and throw `Mistaken` when the database tells that
 * things are different. What was written is then undone, and `body` runs again, looking first.
 *
 * In a transaction of the caller's nothing can be undone apart, and hooks are told of what is about to
 * happen, so there it looks first at once.
 */
export async function runSupposing<P, T>(
  context: EngineContext,
  prepare: () => Maybe<P>,
  body: (unit: Unit, prepared: P, supposing: boolean) => Promise<T>,
): Promise<T> {
  if (context.transaction === null && !hasHooks(context.graph)) {
    try {
      return await runPrepared(context, prepare, (unit, prepared) => body(unit, prepared, true))
    } catch (error) {
      if (!(error instanceof Mistaken)) throw error
    }
  }
  return runPrepared(context, prepare, (unit, prepared) => body(unit, prepared, false))
}
