import type { Field } from '../graph.js'

/** The sum of two values of a numeric field, not yet checked to fit it. */
export function sumOf({ kind, scale }: Field, a: unknown, b: unknown): unknown {
  if (kind === 'decimal') return decimalOf(unitsOf(a as string) + unitsOf(b as string), scale)
  return kind === 'bigint' ? (a as bigint) + (b as bigint) : (a as number) + (b as number)
}

/** A value beyond which adding the amount leads out of the field's range, and the side on which it does. */
export interface Limit {
  readonly op: 'gt' | 'lt'
  readonly value: unknown
}

export function limitFor(field: Field, amount: unknown): Limit {
  const up = isPositive(field, amount)
  const highest = highestOf(field)
  const last = up ? highest : negative(field, highest)
  return { op: up ? 'gt' : 'lt', value: sumOf(field, last, negative(field, amount)) }
}

export function isZero({ kind }: Field, amount: unknown): boolean {
  if (kind === 'decimal') return unitsOf(amount as string) === 0n
  return Number(amount) === 0
}

function isPositive({ kind }: Field, amount: unknown): boolean {
  if (kind === 'decimal') return unitsOf(amount as string) > 0n
  return (amount as number | bigint) > 0
}

function negative({ kind, scale }: Field, value: unknown): unknown {
  if (kind === 'decimal') return decimalOf(-unitsOf(value as string), scale)
  return -(value as number)
}

/** The lowest value is the same below zero, for bigints but one. */
function highestOf({ kind, precision, scale }: Field): unknown {
  switch (kind) {
    case 'decimal':
      return decimalOf(10n ** BigInt(precision) - 1n, scale)
    case 'bigint':
      return 2n ** 63n - 1n
    case 'integer':
      return Number.MAX_SAFE_INTEGER
    default:
      return Number.MAX_VALUE
  }
}

/** A decimal as a count of its smallest unit; all values of a field have the same scale. */
const unitsOf = (decimal: string): bigint => BigInt(decimal.replace('.', ''))

function decimalOf(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`
  return units < 0n ? `-${text}` : text
}
