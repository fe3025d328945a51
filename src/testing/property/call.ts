/** A call of the public API as plain data, so that the oracle and every store are asked exactly the same. */

export interface Call {
  /** empty for a call of the database as a whole */
  readonly model: string
  /** a method of the repository, of one of its handles (with `at`), or a composite one */
  readonly method: string
  readonly args: readonly unknown[]
  /** what the caller may see, of a call that reads */
  readonly scopes?: Readonly<Record<string, unknown>>
  readonly at?: { readonly id: unknown; readonly end: string; readonly kind: 'many' | 'one' | 'array' }
}

const READS = new Set([
  'find',
  'findOne',
  'findById',
  'count',
  'exists',
  'populate',
  'list',
  'get',
  'has',
  'planDelete',
  'walk',
  'stream',
])

/** Whether a call may change what is stored. */
export const writes = (call: Call): boolean => !READS.has(call.method)
