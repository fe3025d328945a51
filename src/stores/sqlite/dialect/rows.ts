import type { RowsParameter } from '../../sql/dialect.js'

/** Rows in one statement: with few, the statements of all numbers of rows stay prepared, and that is what counts for few. */
const FEW = 10
/** Rows in one statement where there are so many (measured: 1.7 µs for a row instead of 2.6). */
const MANY = 500
/** SQLite takes no more in one statement. */
const PARAMETERS = 32_766

/** Rows of so many columns, every value a parameter. */
export function rowsParameter(columns: number): RowsParameter {
  const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
  const values = (rows: number): string => `values ${Array.from({ length: rows }, () => row).join(', ')}`
  const many = MANY * columns <= PARAMETERS ? MANY : FEW
  return {
    most: (rows) => (rows >= many ? many : FEW),
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
