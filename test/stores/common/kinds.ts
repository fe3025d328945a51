/** A model with every kind of field, at the top and inside of embedded structures, and values for each. */
import * as fc from 'fast-check'
import { codecs } from '../../../src/schema/codecs.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'

const scalars = () => ({
  text: k.text(),
  whole: k.integer(),
  big: k.bigint(),
  real: k.number(),
  money: k.decimal(12, 2),
  precise: k.decimal(18, 6),
  units: k.decimal(6, 0),
  yes: k.boolean(),
  at: k.date(),
  any: k.json(),
  bytes: k.binary(),
  color: k.enum(['red', 'green', "it's"]),
})

/** Hexadecimal text as a blob, as uuids are often kept. */
const hexAsBlob = {
  encode: (text: string) => Buffer.from(text, 'hex'),
  decode: (blob: Uint8Array) => Buffer.from(blob).toString('hex'),
}

export const everything = defineGraph({
  thing: k.model({
    ...scalars(),
    maybe: k.number().optional(),
    inner: k.object({ ...scalars(), deeper: k.object({ real: k.number(), at: k.date().optional() }) }),
    list: k.array(k.object(scalars())),
    reals: k.array(k.number()),
    bools: k.array(k.boolean()),
    dates: k.array(k.date()),
    bigs: k.array(k.bigint()),
    prices: k.array(k.decimal(12, 2)),
    blobs: k.array(k.binary()),
    anys: k.array(k.json()),
    iso: k.date().column('iso_text', codecs.isoDate),
    cents: k.decimal(10, 2).column('cents', codecs.numeric(2)),
    flag: k.boolean().column('flag', codecs.booleanText('Y', 'N')),
    hexed: k.string().column('hexed', hexAsBlob),
  }),
})

const lone = /\p{Surrogate}/u
const unusual = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .filter((text) => !text.includes('\0') && !lone.test(text))
const text = fc.oneof(unusual, fc.constantFrom('', '"', "'", '\\', '%_*?[', '𝒳', '\u2028', '{"a":1}'))

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }
const FIRST = new Date('0001-01-01T00:00:00.000Z')
const LAST = new Date('9999-12-31T23:59:59.999Z')

/** Whole numbers beyond 2^53 are written in JSON without an exponent, though not with all of their digits. */
const real = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, min: -1e22, max: 1e22 }).map(Math.round),
    fc.integer({ min: 40, max: 80 }).map((exponent) => -(2 ** exponent)),
    fc.constantFrom(2 ** 60, 2 ** 63, 1e21, 0.1, 5e-324, Number.MAX_VALUE),
  )
  .map((number) => number + 0)

function decimal(precision: number, scale: number) {
  const limit = 10n ** BigInt(precision) - 1n
  return fc.bigInt({ min: -limit, max: limit }).map((scaled) => {
    const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
    const number = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
    return scaled < 0n ? `-${number}` : number
  })
}

const json = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as unknown)
  .filter((value) => value !== null)

export const values = {
  text,
  whole: fc.maxSafeInteger(),
  big: fc.oneof(fc.bigInt(int64), fc.constantFrom(int64.min, int64.max, 0n, 2n ** 53n + 1n)),
  real,
  money: decimal(12, 2),
  precise: decimal(18, 6),
  units: decimal(6, 0),
  yes: fc.boolean(),
  at: fc.oneof(fc.date({ min: FIRST, max: LAST, noInvalidDate: true }), fc.constantFrom(FIRST, LAST)),
  any: json,
  bytes: fc.uint8Array({ maxLength: 40 }),
  color: fc.constantFrom('red', 'green', "it's"),
}

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

export const thing = fc.record({
  ...values,
  maybe: nullable(values.real),
  inner: fc.record({ ...values, deeper: fc.record({ real: values.real, at: nullable(values.at) }) }),
  list: fc.array(fc.record(values), { maxLength: 3 }),
  reals: fc.array(values.real, { maxLength: 4 }),
  bools: fc.array(values.yes, { maxLength: 4 }),
  dates: fc.array(values.at, { maxLength: 4 }),
  bigs: fc.array(values.big, { maxLength: 4 }),
  prices: fc.array(values.money, { maxLength: 4 }),
  blobs: fc.array(values.bytes, { maxLength: 3 }),
  anys: fc.array(json, { maxLength: 3 }),
  iso: values.at,
  cents: decimal(10, 2),
  flag: values.yes,
  hexed: values.bytes.map((bytes) => Buffer.from(bytes).toString('hex')),
})

/** Bytes as plain arrays: drivers return different subclasses of Uint8Array. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value]
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}
