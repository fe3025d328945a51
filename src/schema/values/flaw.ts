/**
 * Why a value does not fit its field. Not an error yet: a query throws one at the first flaw, while the validation of data
 * gathers all of them.
 */
export class Flaw {
  /** kind of problem in kebab-case: `type`, `range`, `enum`, `text`, `id`, `precision` */
  readonly code: string
  /** what would have fitted, in words that follow "expected" */
  readonly expected: string

  constructor(code: string, expected: string) {
    this.code = code
    this.expected = expected
  }
}

/** The value as it is stored and compared, or the flaw that keeps it from being either. Never called with null. */
export type Normaliser = (value: unknown) => unknown
