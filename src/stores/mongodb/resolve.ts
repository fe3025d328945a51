import type { Convert } from '../../store/convert.js'
import type { Value } from '../../store/filter.js'

/**
 * Puts the values of a call into a command that is being made: compiled filters, pipelines and updates are functions of one
 * of these.
 */
export type Resolve = (value: Value, encode: Convert) => unknown

/** The values of one call, by slot. */
export const resolveWith =
  (values: readonly unknown[]): Resolve =>
  (value, encode) =>
    encode('slot' in value ? values[value.slot] : value.fixed)

/** Places instead of values, for the text of a statement: `?1` is the first slot. */
export const resolvePlaces: Resolve = (value) => ('slot' in value ? `?${value.slot + 1}` : value.fixed)
