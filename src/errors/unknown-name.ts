import type { ErrorInit } from './kinship-error.js'
import type { UnknownNameDetails } from './error-details.js'
import { fail } from './fail.js'
import { nearest } from './nearest.js'

type UnknownNameCode =
  | 'KIN_UNKNOWN_OPTION'
  | 'KIN_UNKNOWN_FIELD'
  | 'KIN_UNKNOWN_OPERATOR'
  | 'KIN_UNKNOWN_ASSOCIATION'

interface UnknownName {
  /** The word as it was given. */
  readonly word: string
  /** What it should have been the name of, e.g. `field`. */
  readonly kind: string
  /** Where it was looked up, in words, e.g. `model "post"`. */
  readonly where: string
  /** Every right word. */
  readonly candidates: Iterable<string>
  /** Where the word stands in the caller's input, as a dotted path. */
  readonly path?: string
}

/**
 * Throws the error for a name that nothing answers to; its hint names the nearest right words, or all of them.
 *
 * @example
 * unknownName('KIN_UNKNOWN_FIELD', {
 *   word: 'titel', kind: 'field', where: 'model "post"', candidates: ['title', 'author'], path: 'where.titel',
 * })
 * // KIN_UNKNOWN_FIELD: There is no field "titel" in model "post". Did you mean "title"?
 */
export function unknownName(code: UnknownNameCode, unknown: UnknownName): never {
  const { word, kind, where, path } = unknown
  const candidates = [...unknown.candidates]
  const near = nearest(word, candidates)
  const details: UnknownNameDetails = { word, kind, where, nearest: near, candidates }
  const known = candidates.length === 0 ? 'There are none here.' : `Known here: ${candidates.join(', ')}.`
  const guess = near.length === 0 ? '' : ` Did you mean ${alternatives(near)}?`
  const init: ErrorInit<UnknownNameCode> = {
    message: `There is no ${kind} "${word}" in ${where}.${guess}`,
    details,
    path,
    hint: known,
  }
  return fail(code, init)
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' or ')
}
