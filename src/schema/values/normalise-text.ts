import { Flaw } from './flaw.js'

const notText = new Flaw('type', 'a string')
const notStorable = new Flaw('text', 'text without U+0000 and lone surrogates')
const notPattern = new Flaw('pattern', 'a pattern that does not end in a single backslash')

// With the `u` flag a surrogate pair is one code point, so only a lone surrogate meets the range.
const unstorable = /[\0\ud800-\udfff]/u

export function normaliseText(value: unknown): unknown {
  if (typeof value !== 'string') return notText
  return unstorable.test(value) ? notStorable : value
}

/** Patterns of `$like` and `$ilike`. A backslash at the end would escape nothing. */
export function normalisePattern(value: unknown): unknown {
  const text = normaliseText(value)
  if (typeof text !== 'string') return text
  return danglingEscape(text) ? notPattern : text
}

function danglingEscape(pattern: string): boolean {
  let backslashes = 0
  while (pattern[pattern.length - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}
