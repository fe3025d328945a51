import type { Document } from './document.js'

/** Nothing follows. `$` would let one line break follow. */
const END = '(?![\\s\\S])'

const reserved = /[\\^$.|?*+()[\]{}]/

const plain = (character: string, fold: boolean): string => {
  if (fold && /[a-z]/i.test(character)) return `[${character.toLowerCase()}${character.toUpperCase()}]`
  return reserved.test(character) ? `\\${character}` : character
}

/**
 * A pattern with `%`, `_` and the escape `\` as a condition on a text. Without wildcards it is an equality, which an index
 * answers. A literal beginning stays at the beginning, so that an index can find it.
 *
 * @param fold ASCII letters match in both cases, and no others (R3): the option `i` would fold more
 */
export const patternTest = (pattern: string, fold: boolean): Document => {
  const parts: string[] = []
  let text = ''
  let exact = true
  let escaped = false
  for (const character of pattern) {
    if (!escaped && character === '\\') {
      escaped = true
      continue
    }
    const wild = !escaped && (character === '%' || character === '_')
    if (wild || (fold && /[a-z]/i.test(character))) exact = false
    parts.push(wild ? (character === '%' ? '.*' : '.') : plain(character, fold))
    text += character
    escaped = false
  }
  if (exact) return { $eq: text }
  const open = parts[0] === '.*'
  const inner = parts.slice(open ? 1 : 0)
  if (inner.at(-1) === '.*')
    return { $regex: `${open ? '' : '^'}${inner.slice(0, -1).join('')}`, $options: 's' }
  return { $regex: `${open ? '' : '^'}${inner.join('')}${END}`, $options: 's' }
}
