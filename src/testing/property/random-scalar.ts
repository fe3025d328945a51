/** Values where stores go wrong: ends of ranges, text beyond ASCII, patterns, years of few digits. */
import type { ScalarDescription } from '../oracle/index.js'
import type { Random } from './random.js'

const TEXTS = ['', 'a', 'B', 'ab', 'aB%', 'z_\\', 'é', '😀', '\uffee', 'a\nb']
const DATES = [
  '0001-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '2024-02-29T12:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
]
const JSONS = [{ a: 1, b: [true, null] }, { b: [true, null], a: 1 }, [], {}, 'x', '', 0, false]

/** A value of the field, never null; once in a while one that may not be its. */
export function randomScalar(random: Random, field: ScalarDescription): unknown {
  return random.chance(0.01) ? random.pick(ODD) : fittingScalar(random, field)
}

/** Each fits some kinds and not others. */
const ODD: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1.5,
  2 ** 53,
  -1,
  10n,
  2n ** 63n,
  '1.005',
  '1.500',
  'no such word',
  'nul \u0000',
  'half \ud800',
  new Date(Number.NaN),
  new Date('+010000-01-01T00:00:00.000Z'),
  true,
  [],
  {},
  { a: undefined },
  new Uint8Array(0),
]

function fittingScalar(random: Random, field: ScalarDescription): unknown {
  switch (field.kind) {
    case 'string':
    case 'text':
      return random.pick(TEXTS)
    case 'integer':
      return random.pick([-2, -1, 0, 1, 2, 3, 9_007_199_254_740_991])
    case 'bigint':
      return random.pick([-1n, 0n, 5n, 9_223_372_036_854_775_807n])
    case 'number':
      return random.pick([-1.5, -0, 0.1, 0.30000000000000004, 1e300, 5e-324])
    case 'decimal':
      return random.pick(['0.00', '-1.50', '1.5', '10', '99999999.99'])
    case 'boolean':
      return random.chance(0.5)
    case 'date':
      return new Date(random.pick(DATES))
    case 'json':
      return structuredClone(random.pick<unknown>(JSONS))
    case 'binary':
      return new Uint8Array([random.below(3), 255])
    case 'enum':
      return random.pick(field.values ?? [])
  }
}
