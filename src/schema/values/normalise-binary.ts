import { Flaw } from './flaw.js'

const notBinary = new Flaw('type', 'a Uint8Array')

export function normaliseBinary(value: unknown): unknown {
  return value instanceof Uint8Array ? value : notBinary
}
