import { Flaw, type Normaliser } from './flaw.js'

/** Generous for leading and trailing zeros; keeps the pattern from looking at more than it must. */
const LONGEST = 100

const decimal = /^(-?)0*(\d+?)(?:\.(?=\d)(\d*?)0*)?$/

/**
 * Decimals are strings, brought to the field's scale: `1.5` at scale 2 is `1.50`. Digits beyond the scale are refused rather
 * than rounded away.
 */
export function decimalNormaliser(precision: number, scale: number): Normaliser {
  const notDecimal = new Flaw('type', `a decimal string such as "${(0).toFixed(scale)}"`)
  const notFitting = new Flaw(
    'precision',
    `a decimal of at most ${precision} digits, at most ${scale} of them after the point`,
  )
  return (value) => {
    const parts = typeof value === 'string' && value.length <= LONGEST ? decimal.exec(value) : null
    if (!parts) return notDecimal
    const [, sign, whole = '', fraction = ''] = parts
    const digits = whole === '0' ? 0 : whole.length
    if (fraction.length > scale || digits > precision - scale) return notFitting
    const text = scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, '0')}`
    return /[1-9]/.test(text) ? sign + text : text
  }
}
