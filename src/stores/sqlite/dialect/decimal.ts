/**
 * Decimals are stored as integers scaled by ten to the power of their scale, so that they are exact, and are sorted and
 * compared as what they are. '1.50' with scale 2 is 150.
 */
import type { Field } from '../../../schema/graph.js'
import type { Convert } from '../../sql/dialect.js'

/** '1.50' to 150, or to a bigint where it may not be a safe integer. */
export function scaledOf({ precision }: Pick<Field, 'precision'>): Convert {
  const integer = precision > 15 ? BigInt : Number
  // Values are normalised: they have exactly `scale` digits after the point.
  return (value) => integer((value as string).replace('.', ''))
}

/** 150 (or '150') to '1.50'. */
export function decimalOf({ scale }: Pick<Field, 'scale'>): Convert {
  if (scale === 0) return String
  return (raw) => {
    const text = String(raw)
    const negative = text.startsWith('-')
    const digits = (negative ? text.slice(1) : text).padStart(scale + 1, '0')
    const point = digits.length - scale
    return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
  }
}
