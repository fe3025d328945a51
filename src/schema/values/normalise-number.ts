import { Flaw } from './flaw.js'

const notNumber = new Flaw('type', 'a number')
const notFinite = new Flaw('range', 'a finite number')
const notInteger = new Flaw('type', 'an integer')
const notSafe = new Flaw('range', 'an integer between -(2^53 - 1) and 2^53 - 1')
const notBigint = new Flaw('type', 'a bigint')
const notInt64 = new Flaw('range', 'a bigint between -(2^63) and 2^63 - 1')
const notCount = new Flaw('range', 'an integer that is not negative')
const notBoolean = new Flaw('type', 'a boolean')

// Adding zero turns -0 into 0 and leaves every other number as it is (R4).
const withoutNegativeZero = (value: number): number => value + 0

export function normaliseNumber(value: unknown): unknown {
  if (typeof value !== 'number') return notNumber
  return Number.isFinite(value) ? withoutNegativeZero(value) : notFinite
}

export function normaliseInteger(value: unknown): unknown {
  if (typeof value !== 'number') return notInteger
  if (Number.isSafeInteger(value)) return withoutNegativeZero(value)
  return Number.isInteger(value) ? notSafe : notInteger
}

export function normaliseBigint(value: unknown): unknown {
  if (typeof value !== 'bigint') return notBigint
  return BigInt.asIntN(64, value) === value ? value : notInt64
}

/** Limits and offsets. */
export function normaliseCount(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? withoutNegativeZero(value)
    : notCount
}

export function normaliseBoolean(value: unknown): unknown {
  return typeof value === 'boolean' ? value : notBoolean
}
