import type { RowsParameter } from '../../sql/dialect.js'

/**
 * Rows in one statement, as many of these as there are. More make a row cheaper (measured: 2.6 µs by ten, 1.7 by 500); with few
 * sizes, and ten at most otherwise, the statements of all numbers of rows stay prepared.
 */
const SIZES = [500, 50] as const
const FEW = 10
/** SQLite takes no more in one statement. */
const PARAMETERS = 32_766

/** Rows of so many columns, every value a parameter. */
export function rowsParameter(columns: number): RowsParameter {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  const values = (rows: number): string => `values ${Array.from({ length: rows }, () => row).join(', ')}`
  const sizes = SIZES.filter((size) => size * columns <= PARAMETERS)
  return {
    most: (rows) => sizes.find((size) => size <= rows) ?? FEW,
    values,
    bindValues: bind,
    from: (rows, alias) => `(${values(rows)}) as ${alias}`,
    bindFrom: bind,
  }
}

function bind(rows: readonly (readonly unknown[])[]): unknown[] {
  const parameters: unknown[] = []
  for (const row of rows) for (const value of row) parameters.push(value)
  return parameters
}
