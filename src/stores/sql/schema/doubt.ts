import type { Table } from './table.js'

/** Something that is to be added to a table that exists, and that its rows may contradict. */
export interface Doubt {
  /** `table what`, as `doubtAbout` says it */
  readonly about: string
  readonly reason: string
  readonly fix: string
  /** finds a row that contradicts it; null where it cannot be in any case */
  readonly statement: string | null
}

/** The doubts that proved right. */
export type Contradictions = ReadonlyMap<string, Pick<Doubt, 'reason' | 'fix'>>

export function doubtAbout({ name }: Pick<Table, 'name'>, what: string): string {
  return `${name} ${what}`
}
