import { fail } from '../../../errors/index.js'

/** SQLite refuses longer patterns with an error that has no code of its own. */
const LIMIT = 50_000

/**
 * A pattern with `%`, `_` and the escape `\` as one for GLOB, which unlike SQLite's LIKE is case-sensitive and can use
 * an index. Both count code points.
 */
export function globOf(pattern: string): string {
  let glob = ''
  let escaped = false
  for (const character of pattern) {
    if (!escaped && character === '\\') escaped = true
    else {
      glob += escaped ? plain(character) : wildcard(character)
      escaped = false
    }
  }
  if (Buffer.byteLength(glob) > LIMIT) {
    fail('KIN_INVALID_VALUE', {
      message: `A pattern is too long for SQLite: it takes ${LIMIT} bytes, where *, ? and [ count three.`,
      details: {
        expected: `a pattern of at most ${LIMIT} bytes`,
        received: `one of ${Buffer.byteLength(glob)}`,
      },
    })
  }
  return glob
}

function wildcard(character: string): string {
  if (character === '%') return '*'
  return character === '_' ? '?' : plain(character)
}

function plain(character: string): string {
  return '*?['.includes(character) ? `[${character}]` : character
}
