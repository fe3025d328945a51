import type { Dialect } from './dialect.js'

/** What one statement's compilation shares: the database's ways, and aliases that never repeat. */
export interface Statement {
  readonly dialect: Dialect
  /** a new alias: `t0`, `t1`, … */
  alias(): string
}

/** Begins the compilation of a statement. */
export const beginStatement = (dialect: Dialect): Statement => {
  let used = 0
  return { dialect, alias: () => `t${used++}` }
}
