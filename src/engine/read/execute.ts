import type { ReadResult } from '../../store/read.js'
import { throwIfAborted } from '../aborted.js'
import { chain, type Maybe } from '../maybe.js'
import { maskRows } from './mask.js'
import type { PreparedRead, PreparedStep, Run } from './prepared.js'

const noKeys: readonly unknown[] = []

/**
 * Runs a plan: the root's statement, then one for each batched node, never one for each record. The result is there at once
 * where the store is synchronous.
 *
 * @param scopeValues the first of the call's values, which belong to the caller's scope
 */
export function execute(
  prepared: PreparedRead,
  scopeValues: readonly unknown[],
  run: Run,
): Maybe<ReadResult> {
  const { root, masks } = prepared
  const result = root.compiled.run(run.session, run.values, noKeys)
  if (root.batches.length === 0 && masks.length === 0) return result
  return chain(result, (read) =>
    chain(loadBatches(root, read, run), () =>
      chain(maskRows(masks, read.rows, scopeValues, run), () => read),
    ),
  )
}

/** Fills the batched places of the rows read, one batch after the other and each with what is below it. */
function loadBatches(step: PreparedStep, read: ReadResult, run: Run, from = 0): Maybe<void> {
  if (read.rows.length === 0) return undefined
  for (let index = from; index < step.batches.length; index++) {
    const batch = step.batches[index]
    if (!batch) break
    throwIfAborted(run.signal)
    const below = chain(batch.load(batch, read, run), (found) =>
      found ? loadBatches(batch.step, found, run) : undefined,
    )
    if (below instanceof Promise) return below.then(() => loadBatches(step, read, run, index + 1))
  }
  return undefined
}
