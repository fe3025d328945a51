/** SQL functions that kinship defines on its own connections, for what SQLite cannot do (or not exactly). */
import { fail } from '../../../errors/index.js'

export interface SqlFunction {
  readonly name: string
  /** integers arrive as bigint */
  readonly bigints: boolean
  readonly call: (...parameters: unknown[]) => unknown
}

/**
 * The scalar of a JSON text: SQLite before 3.53 rounds numbers on the way out of JSON, `JSON.parse` does not. Before
 * hexadecimal digits an `x` makes a blob of them, which JSON cannot hold; before decimal ones an `i` makes an integer.
 */
const scalar: SqlFunction = {
  name: 'kin_scalar',
  bigints: false,
  call: (text) => {
    if (typeof text !== 'string') return text
    if (text.startsWith('x')) return Buffer.from(text.slice(1), 'hex')
    if (text.startsWith('i')) return BigInt(text.slice(1))
    const value: unknown = JSON.parse(text)
    return typeof value === 'boolean' ? Number(value) : value
  },
}

/** A sum within bounds. `+` in SQLite goes from integers to rounded numbers without a word. */
const increment: SqlFunction = {
  name: 'kin_increment',
  bigints: true,
  call: (value, by, bound) => {
    if (value === null || by === null) return null
    if (bound === null) return finite(Number(value) + Number(by))
    const sum = BigInt(value as bigint | number) + BigInt(by as bigint | number)
    const limit = bound as bigint
    return sum > limit || sum < -limit ? outOfRange(`a number between -${limit} and ${limit}`) : sum
  },
}

function finite(sum: number): number {
  return Number.isFinite(sum) ? sum + 0 : outOfRange('a finite number')
}

function outOfRange(expected: string): never {
  return fail('KIN_INVALID_VALUE', {
    message: 'An increment leads beyond what its field can hold.',
    details: { expected, received: 'a sum beyond it' },
  })
}

export const functions: readonly SqlFunction[] = [scalar, increment]
