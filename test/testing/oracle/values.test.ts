import { describe, expect, it } from 'vitest'
import type { ScalarDescription } from '../../../src/testing/oracle/index.js'
import { idsOf, named, oracleOf, refusal } from './fixture.js'

const fields: Record<string, ScalarDescription> = {
  text: { kind: 'text', optional: true },
  int: { kind: 'integer', optional: true },
  big: { kind: 'bigint', optional: true },
  num: { kind: 'number', optional: true },
  dec: { kind: 'decimal', precision: 5, scale: 2, optional: true },
  flag: { kind: 'boolean', optional: true },
  at: { kind: 'date', optional: true },
  json: { kind: 'json', optional: true },
  bytes: { kind: 'binary', optional: true },
  mood: { kind: 'enum', values: ['good', 'bad'], optional: true },
}

function thing() {
  return oracleOf({ thing: named(fields) })
}

describe('values', () => {
  it.each([
    ['R4: −0 is 0', 'num', -0, 0],
    ['R4: −0 is 0 for integers', 'int', -0, 0],
    ['R4: a decimal has its scale', 'dec', '1.5', '1.50'],
    ['R4: a decimal loses leading and extra zeros', 'dec', '007.500', '7.50'],
    ['R4: minus zero is zero', 'dec', '-0.0', '0.00'],
    ['R4: a negative decimal', 'dec', '-12', '-12.00'],
    ['R4: bigint beyond safe integers', 'big', 2n ** 60n, 2n ** 60n],
    ['R5: dates keep milliseconds', 'at', new Date(1234), new Date(1234)],
    ['R6: json members that are undefined are dropped', 'json', { a: 1, b: undefined }, { a: 1 }],
    ['binary takes a Buffer', 'bytes', Buffer.from([1, 2]), Uint8Array.from([1, 2])],
    ['R1: undefined is not given', 'text', undefined, null],
    ['R3: astral text', 'text', '😀', '😀'],
  ])('%s', (_title, field, given, stored) => {
    const { [field]: value } = thing()
      .model('thing')
      .create({ id: 'a', [field]: given })
    expect(value).toStrictEqual(stored)
  })

  it.each([
    ['R3: U+0000', { text: 'a\0b' }],
    ['R3: a lone surrogate', { text: '\ud800' }],
    ['R3: a lone surrogate inside json', { json: ['\ud800'] }],
    ['R4: an unsafe integer', { int: 2 ** 53 }],
    ['R4: a fraction as integer', { int: 1.5 }],
    ['R4: NaN', { num: NaN }],
    ['R4: an infinity inside json', { json: { a: Infinity } }],
    ['R4: more than 64 bits', { big: 2n ** 63n }],
    ['R4: a decimal with too many digits', { dec: '1000.00' }],
    ['R4: a decimal finer than its scale', { dec: '0.001' }],
    ['R4: a number as decimal', { dec: 1.5 }],
    ['R5: the year 10000', { at: new Date(Date.UTC(10_000, 0)) }],
    ['R5: an invalid date', { at: new Date(NaN) }],
    ['R5: another enum value', { mood: 'ugly' }],
    ['an unknown field', { txet: 'a' }],
  ])('refuses %s', (_title, data) => {
    const oracle = thing()
    expect(refusal(oracle, () => oracle.model('thing').create({ id: 'a', ...data }))).toBe('KIN_VALIDATION')
  })

  it.each([
    ['objectId', 'ABCDEF0123456789ABCDEF01', 'abcdef0123456789abcdef01'],
    ['uuid', '0190A0B0-0000-7000-8000-00000000000F', '0190a0b0-0000-7000-8000-00000000000f'],
  ] as const)('R7: the case of a given %s is normalised', (id, given, normal) => {
    const oracle = oracleOf({ thing: { id, fields: {} } })
    expect(oracle.model('thing').create({ id: given })).toEqual({ id: normal })
    expect(oracle.model('thing').findById(given)).toEqual({ id: normal })
  })

  it.each([
    ['objectId', 'abc'],
    ['uuid', 'abcdef0123456789abcdef01'],
    ['integer', '1'],
    ['string', ''],
    ['string', 7],
  ] as const)('R7: a malformed id is refused (%s, %j)', (id, given) => {
    const oracle = oracleOf({ thing: { id, fields: {} } })
    expect(refusal(oracle, () => oracle.model('thing').findById(given))).toBe('KIN_INVALID_ID')
    expect(refusal(oracle, () => oracle.model('thing').create({ id: given }))).toBe('KIN_VALIDATION')
  })

  it('R7: an integer id never comes back', () => {
    const thingsOf = oracleOf({ thing: { id: 'integer', fields: {} } }).model('thing')
    expect(idsOf(thingsOf.createMany([{}, {}, { id: 7 }, {}]))).toEqual([1, 2, 7, 8])
    thingsOf.delete(8)
    expect(thingsOf.create({})).toEqual({ id: 9 })
  })

  it('a string id must be given; others are made', () => {
    const oracle = oracleOf({
      a: { id: 'string', fields: {} },
      b: { fields: {} },
      c: { id: 'uuid', fields: {} },
    })
    expect(refusal(oracle, () => oracle.model('a').create({}))).toBe('KIN_VALIDATION')
    expect(oracle.model('b').create({})['id']).toMatch(/^[0-9a-f]{24}$/)
    expect(oracle.model('c').create({})['id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('defaults fill what is not given, and null is given', () => {
    const oracle = oracleOf({
      thing: named({
        text: { kind: 'string', default: 'x' },
        at: { kind: 'date', default: '2026-01-01T00:00:00.000Z' },
        big: { kind: 'bigint', default: '12' },
        int: { kind: 'integer', default: 1, optional: true },
        tags: { kind: 'array', item: { kind: 'string' } },
        more: { kind: 'array', item: { kind: 'string' }, optional: true },
      }),
    })
    expect(oracle.model('thing').create({ id: 'a', int: null })).toEqual({
      id: 'a',
      name: null,
      text: 'x',
      at: new Date('2026-01-01T00:00:00.000Z'),
      big: 12n,
      int: null,
      tags: [],
      more: null,
    })
    expect(refusal(oracle, () => oracle.model('thing').create({ id: 'b', text: null }))).toBe(
      'KIN_VALIDATION',
    )
  })
})

describe('$inc', () => {
  it.each([
    ['int', 2, -3, -1],
    ['num', 0.5, 0.25, 0.75],
    ['big', 5n, 1n, 6n],
    ['dec', '1.50', '-2.25', '-0.75'],
    ['dec', '0.05', '0.00', '0.05'],
    ['int', null, 3, null],
  ])('adds to %s: %s + %s = %s; null stays null', (field, start, by, sum) => {
    const things = thing().model('thing')
    things.create({ id: 'a', [field]: start })
    expect(things.update('a', { [field]: { $inc: by } })[field]).toEqual(sum)
  })

  it('R4: refuses a sum that does not fit', () => {
    const oracle = thing()
    oracle.model('thing').create({ id: 'a', int: Number.MAX_SAFE_INTEGER, dec: '999.99' })
    expect(refusal(oracle, () => oracle.model('thing').update('a', { int: { $inc: 1 } }))).toBe(
      'KIN_VALIDATION',
    )
    expect(refusal(oracle, () => oracle.model('thing').update('a', { dec: { $inc: '0.01' } }))).toBe(
      'KIN_VALIDATION',
    )
  })
})
