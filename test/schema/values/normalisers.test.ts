import { describe, expect, it } from 'vitest'
import { defineGraph } from '../../../src/schema/define-graph.js'
import type { Field } from '../../../src/schema/graph.js'
import { k } from '../../../src/schema/k.js'
import { describeValue } from '../../../src/schema/values/describe-value.js'
import { Flaw } from '../../../src/schema/values/flaw.js'
import { isPlainObject } from '../../../src/schema/values/is-plain-object.js'
import { normaliseCount } from '../../../src/schema/values/normalise-number.js'
import { normalisePattern } from '../../../src/schema/values/normalise-text.js'
import { normaliserOf } from '../../../src/schema/values/normaliser-of.js'

const graph = defineGraph({
  thing: k.model({
    text: k.text(),
    integer: k.integer(),
    bigint: k.bigint(),
    number: k.number(),
    decimal: k.decimal(6, 2),
    whole: k.decimal(3, 0),
    boolean: k.boolean(),
    date: k.date(),
    json: k.json(),
    binary: k.binary(),
    state: k.enum(['on', 'off']),
    uuid: k.one('uuid'),
    number_: k.one('serial'),
    word: k.one('word'),
    object: k.object({ a: k.integer() }),
  }),
  uuid: k.model({ id: k.id.uuid() }),
  serial: k.model({ id: k.id.integer() }),
  word: k.model({ id: k.id.string() }),
})

function field(name: string): Field {
  const found = graph.models.get('thing')?.fields.get(name)
  if (!found) throw new Error(name)
  return found
}

/** The normalised value, or the code of its flaw. */
function normal(name: string, value: unknown): unknown {
  const result = normaliserOf(field(name))(value)
  return result instanceof Flaw ? { flaw: result.code } : result
}

const flaw = (code: string): unknown => ({ flaw: code })

describe('R3: text', () => {
  it.each(['', 'a', 'ä', '😀', '\u2028'])('takes %j', (value) => {
    expect(normal('text', value)).toBe(value)
  })

  it.each(['\0', 'a\0b', '\ud800', 'x\udc00y', '\udc00\ud800'])('refuses %j', (value) => {
    expect(normal('text', value)).toEqual(flaw('text'))
  })

  it('patterns may not end in a single backslash', () => {
    expect(normalisePattern('a\\\\')).toBe('a\\\\')
    expect(normalisePattern('a\\%')).toBe('a\\%')
    expect(normalisePattern('a\\')).toBeInstanceOf(Flaw)
    expect(normalisePattern('\\\\\\')).toBeInstanceOf(Flaw)
  })
})

describe('R4: numbers', () => {
  it('integers are safe', () => {
    expect(normal('integer', 2 ** 53 - 1)).toBe(2 ** 53 - 1)
    expect(normal('integer', 2 ** 53)).toEqual(flaw('range'))
    expect(normal('integer', 1.5)).toEqual(flaw('type'))
    expect(normal('integer', '1')).toEqual(flaw('type'))
  })

  it('-0 is 0', () => {
    expect(Object.is(normal('integer', -0), 0)).toBe(true)
    expect(Object.is(normal('number', -0), 0)).toBe(true)
    expect(Object.is((normal('json', { a: -0 }) as { a: number }).a, 0)).toBe(true)
  })

  it('NaN and infinities are refused', () => {
    expect(normal('number', NaN)).toEqual(flaw('range'))
    expect(normal('number', Infinity)).toEqual(flaw('range'))
    expect(normal('number', 5e-324)).toBe(5e-324)
    expect(normal('json', [NaN])).toEqual(flaw('range'))
  })

  it('bigints have 64 bits', () => {
    expect(normal('bigint', 2n ** 63n - 1n)).toBe(2n ** 63n - 1n)
    expect(normal('bigint', -(2n ** 63n))).toBe(-(2n ** 63n))
    expect(normal('bigint', 2n ** 63n)).toEqual(flaw('range'))
    expect(normal('bigint', 1)).toEqual(flaw('type'))
  })

  it.each([
    ['1', '1.00'],
    ['1.5', '1.50'],
    ['-1.50', '-1.50'],
    ['0001.500', '1.50'],
    ['0', '0.00'],
    ['-0.00', '0.00'],
    ['9999.99', '9999.99'],
    ['0.01', '0.01'],
  ])('decimals are brought to their scale: %s', (given, expected) => {
    expect(normal('decimal', given)).toBe(expected)
  })

  it.each(['1.234', '10000', '-10000.00'])('decimals are not rounded: %s', (given) => {
    expect(normal('decimal', given)).toEqual(flaw('precision'))
  })

  it.each(['', '.', '.5', '5.', '1e3', ' 1', '+1', '1,5', 1, '0'.repeat(200)])(
    '%j is no decimal',
    (given) => {
      expect(normal('decimal', given)).toEqual(flaw('type'))
    },
  )

  it('decimals without a scale', () => {
    expect(normal('whole', '007')).toBe('7')
    expect(normal('whole', '7.0')).toBe('7')
    expect(normal('whole', '7.1')).toEqual(flaw('precision'))
  })

  it('counts are not negative', () => {
    expect(normaliseCount(0)).toBe(0)
    expect(normaliseCount(-1)).toBeInstanceOf(Flaw)
    expect(normaliseCount('1')).toBeInstanceOf(Flaw)
  })
})

describe('R5: dates and enums', () => {
  it.each(['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])('takes %s', (text) => {
    expect(normal('date', new Date(text))).toEqual(new Date(text))
  })

  it.each([
    [new Date('0000-12-31T23:59:59.999Z'), 'range'],
    [new Date('+010000-01-01T00:00:00.000Z'), 'range'],
    [new Date(NaN), 'type'],
    ['2024-01-01', 'type'],
    [0, 'type'],
  ])('refuses %s', (value, code) => {
    expect(normal('date', value)).toEqual(flaw(code))
  })

  it('enums take their values', () => {
    expect(normal('state', 'on')).toBe('on')
    expect(normal('state', 'On')).toEqual(flaw('enum'))
    expect(normal('state', 1)).toEqual(flaw('enum'))
  })
})

describe('R6: JSON', () => {
  it('is copied, without members that are undefined', () => {
    const given = { a: [1, { b: null }], c: undefined }
    const copy = normal('json', given)
    expect(copy).toEqual({ a: [1, { b: null }] })
    expect(Object.keys(copy as object)).toEqual(['a'])
    expect((copy as { a: unknown }).a).not.toBe(given.a)
  })

  it('keeps a member named __proto__', () => {
    const copy = normal('json', JSON.parse('{"__proto__": {"a": 1}}')) as object
    expect(Object.keys(copy)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  })

  it.each([() => 1, new Date(0), 1n, [undefined], new Map(), Symbol('s')])('refuses %s', (value) => {
    expect(normal('json', value)).toMatchObject({ flaw: 'json' })
  })

  it('refuses a cycle', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(normal('json', cycle)).toEqual(flaw('json'))
  })

  it('holds text to the rules of text', () => {
    expect(normal('json', ['\0'])).toEqual(flaw('text'))
    expect(normal('json', { '\ud800': 1 })).toEqual(flaw('text'))
  })
})

describe('R7: ids', () => {
  it('case is normalised', () => {
    expect(normal('uuid', '0190F3B4-0000-7000-8000-00000000ABCD')).toBe(
      '0190f3b4-0000-7000-8000-00000000abcd',
    )
  })

  it.each([
    ['uuid', '0190f3b400007000800000000000abcd'],
    ['uuid', 1],
    ['number_', '1'],
    ['number_', 1.5],
    ['word', ''],
    ['word', 1],
    ['word', 'a\0'],
  ])('%s refuses %j', (name, value) => {
    expect(normal(name, value)).toEqual(flaw('id'))
  })

  it('take what fits', () => {
    expect(normal('number_', 7)).toBe(7)
    expect(normal('word', 'Any text')).toBe('Any text')
  })
})

describe('values in general', () => {
  it('booleans and bytes are taken as they are', () => {
    const bytes = Buffer.from('ab')
    expect(normal('binary', bytes)).toBe(bytes)
    expect(normal('binary', [1])).toEqual(flaw('type'))
    expect(normal('boolean', true)).toBe(true)
    expect(normal('boolean', 1)).toEqual(flaw('type'))
  })

  it('objects have members instead', () => {
    expect(normal('object', { a: 1 })).toEqual(flaw('type'))
  })

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [[], 'an array'],
    [new Date(NaN), 'an invalid date'],
    [new Uint8Array(), 'bytes'],
    [{}, 'an object'],
    ['secret', 'a string'],
    [1, 'an integer'],
    [-1, 'a negative integer'],
    [0.5, 'a number with a fraction'],
    [Infinity, 'Infinity'],
    [2 ** 60, 'an integer beyond the safe range'],
    [1n, 'a bigint'],
  ])('R34: are described without being shown: %s', (value, words) => {
    expect(describeValue(value)).toBe(words)
  })

  it('only literals and JSON are plain objects', () => {
    expect(isPlainObject({})).toBe(true)
    expect(isPlainObject(Object.create(null))).toBe(true)
    expect(isPlainObject([])).toBe(false)
    expect(isPlainObject(new Date())).toBe(false)
    expect(isPlainObject(new Map())).toBe(false)
    expect(isPlainObject(null)).toBe(false)
  })
})
