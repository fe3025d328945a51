import type { Field } from '../../schema/graph.js'

const instant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/i
const digits = /^-?\d{1,19}$/
const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

/**
 * A value as JSON has it as the engine takes it: dates and large integers are text, bytes are base64. What is none of these
 * is passed on as it is, for the engine to say what is wrong with it.
 */
export function fromJson(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'date':
      return typeof value === 'string' ? toDate(value) : value
    case 'bigint':
      return isDigits(value) ? BigInt(value) : value
    case 'binary':
      return typeof value === 'string' && base64.test(value)
        ? new Uint8Array(Buffer.from(value, 'base64'))
        : value
    default:
      return value
  }
}

function toDate(text: string): unknown {
  const date = instant.test(text) ? new Date(text) : null
  // A day that its month does not have rolls over to the next one.
  return date && !Number.isNaN(date.getTime()) && isDay(text) ? date : text
}

function isDay(text: string): boolean {
  const day = text.slice(0, 10)
  const midnight = new Date(day)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

const isDigits = (value: unknown): value is string | number =>
  typeof value === 'string' ? digits.test(value) : Number.isSafeInteger(value)
