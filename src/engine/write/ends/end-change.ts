import type { Unit } from '../unit.js'

/**
 * What happened to the pairs of one owner: ids of the other end, in the order given; removed ones ascending.
 */
export interface Report {
  readonly added: unknown[]
  readonly updated: unknown[]
  readonly removed: unknown[]
  readonly unchanged: unknown[]
}

export const emptyReport = (): Report => ({ added: [], updated: [], removed: [], unchanged: [] })

/** The report of a removal: those that were gone already, or never there, are unchanged. */
export function removalReport(named: readonly unknown[], gone: ReadonlySet<unknown>): Report {
  const report = emptyReport()
  for (const id of named) (gone.has(id) ? report.removed : report.unchanged).push(id)
  return report
}

/**
 * A change of an end, looked into but not made: what is stored was read, and new targets were noted in the
 * draft, which is carried out between `release` and `link`.
 */
export interface EndChange {
  /** breaks pairs, so that unique places are free for new records */
  release(unit: Unit): Promise<void>
  /** makes pairs */
  link(unit: Unit): Promise<Report>
}
