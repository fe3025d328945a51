/** What a value is, in words that follow "received"; never the value itself, which may be confidential. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : 'a date'
  if (value instanceof Uint8Array) return 'bytes'
  switch (typeof value) {
    case 'number':
      return describeNumber(value)
    case 'object':
      return 'an object'
    default:
      return `a ${typeof value}`
  }
}

function describeNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (!Number.isInteger(value)) return 'a number with a fraction'
  if (!Number.isSafeInteger(value)) return 'an integer beyond the safe range'
  return value < 0 ? 'a negative integer' : 'an integer'
}
