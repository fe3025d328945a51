import { calls } from '../../plan/parse-query.js'
import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { checkByIds, readByIds } from '../read/read-by-ids.js'
import { readerOf } from '../read/reader.js'
import { checkOptions } from './check-options.js'
import type { Unit } from './unit.js'

/** What shapes the record that a write returns. */
export interface WriteOptions {
  readonly select?: unknown
  readonly omit?: unknown
  readonly reveal?: unknown
  readonly populate?: unknown
  readonly count?: unknown
  readonly signal?: AbortSignal | undefined
}

const shapingOptions = ['select', 'omit', 'reveal', 'populate', 'count', 'signal'] as const

export const noOptions: WriteOptions = {}

/**
 * Refuses options that do not exist or make no sense, before anything is written.
 *
 * @param more what the call takes besides
 */
export function checkWriteOptions(
  context: EngineContext,
  model: Model,
  options: WriteOptions,
  call: string,
  more: readonly string[] = [],
): void {
  if (options === noOptions) return
  checkOptions(options, [...shapingOptions, ...more], call)
  if (isShaped(options)) checkByIds(readerOf(context, model), shapeIn(options), calls.write)
}

/** Whether the result is more, or less, than the record itself. */
export function isShaped({ select, omit, reveal, populate, count }: WriteOptions): boolean {
  return (
    select !== undefined ||
    omit !== undefined ||
    reveal !== undefined ||
    populate !== undefined ||
    count !== undefined
  )
}

/** Written records read back, in the same transaction, as `findById` gives them. */
export function readBack(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  options: WriteOptions,
): Promise<Record<string, unknown>[]> {
  return readByIds(readerOf(unit.reading, model), ids, shapeIn(options), calls.write)
}

function shapeIn({ select, omit, reveal, populate, count }: WriteOptions): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ select, omit, reveal, populate, count }).filter(([, value]) => value !== undefined),
  )
}
