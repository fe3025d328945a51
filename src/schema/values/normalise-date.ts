import { Flaw } from './flaw.js'

const notDate = new Flaw('type', 'a Date')
const notValid = new Flaw('type', 'a valid Date')
const notInRange = new Flaw('range', 'a Date in the years 1 to 9999')

const first = Date.parse('0001-01-01T00:00:00.000Z')
const last = Date.parse('9999-12-31T23:59:59.999Z')

export function normaliseDate(value: unknown): unknown {
  if (!(value instanceof Date)) return notDate
  const time = value.getTime()
  if (time >= first && time <= last) return value
  return Number.isNaN(time) ? notValid : notInRange
}
