import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Filter } from '../../../src/store/filter.js'
import { always } from '../../../src/store/filter.js'
import { globOf } from '../../../src/stores/sqlite/dialect/pattern.js'
import { openTestStore } from '../../helpers/sqlite.js'
import { note, notes } from './notes.js'
import { create, readAll, record, remove } from '../common/raw.js'

const characters = ['a', 'A', 'b', '%', '_', '\\', '*', '?', '[', ']', '^', '-', 'é', 'É', '𝒳', '\n', '.']
const text = fc.array(fc.constantFrom(...characters), { maxLength: 8 }).map((given) => given.join(''))
const patterns = text.filter((given) => !/(?<!\\)(\\\\)*\\$/.test(given))

/** By the words of the rule: `%` any characters, `_` one, `\` takes the next one as it is. */
function matches(pattern: readonly string[], given: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return given.length === 0
  if (first === '%') return matches(rest, given) || (given.length > 0 && matches(pattern, given.slice(1)))
  const escaped = first === '\\'
  const [expected, after] = escaped ? [rest[0], rest.slice(1)] : [first, rest]
  if (given.length === 0) return false
  return ((!escaped && first === '_') || given[0] === expected) && matches(after, given.slice(1))
}

const folded = (given: string) => given.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

describe.each(['like', 'ilike'] as const)('R3: $%s', (op) => {
  test('matches by code point, case as promised, wildcards unless escaped', async () => {
    const store = await openTestStore(notes)
    await fc.assert(
      fc.asyncProperty(patterns, text, async (pattern, given) => {
        await remove(store, note, always)
        await create(store, note, { id: 'a', text: given })
        const filter = (negated: boolean): Filter => ({
          is: 'compare',
          operand: record(note, 'text'),
          op,
          value: { fixed: pattern },
          negated,
        })
        const [own, other] = op === 'like' ? [pattern, given] : [folded(pattern), folded(given)]
        const expected = matches(Array.from(own), Array.from(other)) ? 1 : 0
        expect(await readAll(store, note, filter(false))).toHaveLength(expected)
        expect(await readAll(store, note, filter(true))).toHaveLength(1 - expected)
      }),
      { numRuns: 500 },
    )
  })
})

test('a pattern that SQLite would refuse is refused with a word about its length', () => {
  expect(globOf('%'.repeat(50_000))).toHaveLength(50_000)
  expect(() => globOf('*'.repeat(20_000))).toThrow(expect.objectContaining({ code: 'KIN_INVALID_VALUE' }))
})
