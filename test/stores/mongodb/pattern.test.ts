import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternTest } from '../../../src/stores/mongodb/filter/pattern.js'

/** Whether a text meets the condition, by JavaScript's own expressions, which agree with PCRE on what is used here. */
const meets = (text: string, pattern: string, fold: boolean): boolean => {
  const test_ = patternTest(pattern, fold)
  if ('$eq' in test_) return test_['$eq'] === text
  return new RegExp(String(test_['$regex']), 'su').test(text)
}

const fold = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

/** The same by hand: code points, `%`, `_`, the escape `\`. */
const likeByHand = (text: readonly string[], pattern: readonly string[]): boolean => {
  const [first, ...rest] = pattern
  if (first === undefined) return text.length === 0
  if (first === '%') return likeByHand(text, rest) || (text.length > 0 && likeByHand(text.slice(1), pattern))
  if (first === '\\') return text[0] === rest[0] && likeByHand(text.slice(1), rest.slice(1))
  return text.length > 0 && (first === '_' || text[0] === first) && likeByHand(text.slice(1), rest)
}

const characters = [
  'a',
  'A',
  'b',
  'ä',
  'Ä',
  'ſ',
  '\u{1D4B3}',
  '\n',
  '.',
  '*',
  '[',
  '$',
  '^',
  '(',
  '|',
  '{',
  '+',
  '?',
  '-',
  '/',
  ' ',
]
const text = fc
  .array(fc.constantFrom(...characters, '%', '_', '\\'), { maxLength: 5 })
  .map((all) => all.join(''))
const pattern = fc
  .array(fc.constantFrom(...characters, '%', '_', '\\%', '\\_', '\\\\', '\\a'), { maxLength: 5 })
  .map((all) => all.join(''))

describe('R3: patterns', () => {
  test('mean what they mean by hand', () => {
    fc.assert(
      fc.property(text, pattern, (of, like) => {
        expect(meets(of, like, false)).toBe(likeByHand(Array.from(of), Array.from(like)))
        expect(meets(of, like, true)).toBe(likeByHand(Array.from(fold(of)), Array.from(fold(like))))
      }),
      { numRuns: 3000 },
    )
  })

  test('without wildcards are equalities, and keep their beginning where an index can find it', () => {
    expect(patternTest('a\\%b', false)).toEqual({ $eq: 'a%b' })
    expect(patternTest('12', true)).toEqual({ $eq: '12' })
    expect(patternTest('kin%', false)).toEqual({ $regex: '^kin', $options: 's' })
    expect(patternTest('%kin%', false)).toEqual({ $regex: 'kin', $options: 's' })
    expect(patternTest('a', true)).toEqual({ $regex: '^[aA](?![\\s\\S])', $options: 's' })
  })
})
