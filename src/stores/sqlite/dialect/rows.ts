import type { RowsParameter } from '../../sql/dialect.js'

/**
 * Rows in one statement. More make it slower to prepare and hardly faster to run; with few, the statements of all
 * numbers of rows stay prepared.
 */
const MOST = 10

/** Rows of so many columns, every value a parameter. */
export function rowsParameter(columns: number): RowsParameter {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  const values = (rows: number): string => `values ${Array.from({ length: rows }, () => row).join(', ')}`
  const bind = (rows: readonly (readonly unknown[])[]): unknown[] => rows.flat()
  return {
    most: MOST,
    values,
    bindValues: bind,
    from: (rows, alias) => `(${values(rows)}) as ${alias}`,
    bindFrom: bind,
  }
}
