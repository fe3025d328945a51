import { BSON, Decimal128 } from 'mongodb'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromPlainJson, toPlainJson } from '../../../src/stores/mongodb/json-value.js'
import { plainDecimal } from '../../../src/stores/mongodb/plain-decimal.js'
import { decode, encode } from '../../../src/stores/mongodb/values.js'
import { everything, plain, thing } from '../common/kinds.js'
import { fieldOf, modelOf, oid } from '../common/raw.js'

const options = { useBigInt64: true, promoteBuffers: false } as const
const throughBson = (value: unknown): unknown => BSON.deserialize(BSON.serialize({ value }), options)['value']

describe('values on their way through BSON', () => {
  const model = modelOf(everything, 'thing')

  test('R4: every kind of field comes back exactly as it was stored, embedded or not', () => {
    fc.assert(
      fc.property(thing, (given) => {
        for (const [name, value] of Object.entries({ ...given, id: oid(1) })) {
          const field = fieldOf(model, [name])
          const found = decode(field)(throughBson(encode(field)(value)))
          expect(plain({ [name]: found })).toEqual(plain({ [name]: value }))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('each kind has its native type', () => {
    const typed = (name: string, value: unknown) => {
      const document = BSON.deserialize(BSON.serialize({ value: encode(fieldOf(model, [name]))(value) }), {
        promoteValues: false,
      })
      return (document['value'] as { readonly _bsontype?: string })._bsontype ?? typeof document['value']
    }
    expect(typed('id', oid(1))).toBe('ObjectId')
    expect([typed('whole', 1), typed('whole', 2 ** 40)]).toEqual(['Int32', 'Long'])
    expect([typed('real', 1), typed('big', 1n), typed('money', '1.50')]).toEqual([
      'Double',
      'Long',
      'Decimal128',
    ])
  })
})

describe('decimals', () => {
  test.each([
    ['1.50', 2, '1.50'],
    ['0.000000001', 9, '0.000000001'],
    ['-0.0000001', 9, '-0.000000100'],
    ['1E+3', 2, '1000.00'],
    ['-0.00', 2, '0.00'],
    ['12', 0, '12'],
    ['123456789012345678', 0, '123456789012345678'],
  ])('%s with %i digits after the point is shown as %s', (text, scale, shown) => {
    expect(plainDecimal(Decimal128.fromString(text).toString(), scale)).toBe(shown)
  })
})

describe('R6: opaque JSON', () => {
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '$ref',
      '$id',
      '$db',
      '$set',
      '_bsontype',
      '__proto__',
      'a.b',
      '',
      '\uFF04',
      '\uFF04$',
      'toBSON',
    ),
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc
      .array(fc.tuple(key, tie('any')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  })).any

  test('comes back as it was, whatever its keys mean to BSON', () => {
    fc.assert(
      fc.property(value, (given) => {
        // BSON ends its keys with U+0000, which no text of kinship has (R3).
        const json = JSON.parse(JSON.stringify(given).replaceAll('\\u0000', 'x')) as unknown
        expect(fromPlainJson(throughBson(toPlainJson(json)))).toEqual(json)
      }),
    )
  })

  test('the order of keys is no difference', () => {
    const one = BSON.serialize({ v: toPlainJson({ a: { x: 1, y: [{ p: 1, q: 2 }] }, b: 2 }) })
    const other = BSON.serialize({ v: toPlainJson({ b: 2, a: { y: [{ q: 2, p: 1 }], x: 1 } }) })
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  })
})
