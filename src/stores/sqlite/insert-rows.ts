import type { Changes } from './drivers/driver.js'

/**
 * Rows in one statement. More make it slower to prepare and hardly faster to run; with few, the statements of all
 * numbers of rows stay prepared.
 */
const CHUNK = 10

/** Inserts rows, a chunk at a time; see `SqlSession.insert`. */
export function insertRows(
  write: (statement: string, parameters: readonly unknown[]) => Changes,
  statement: (rows: number) => string,
  rows: readonly (readonly unknown[])[],
  assigned: boolean,
): readonly unknown[] {
  const ids: number[] = []
  for (let at = 0; at < rows.length; at += CHUNK) {
    const count = Math.min(CHUNK, rows.length - at)
    const parameters: unknown[] = []
    for (let row = at; row < at + count; row++) parameters.push(...(rows[row] ?? []))
    const { lastInsertRowid } = write(statement(count), parameters)
    // Within one statement, and with one writer at a time, AUTOINCREMENT counts on without gaps.
    if (assigned) for (let back = count - 1; back >= 0; back--) ids.push(Number(lastInsertRowid) - back)
  }
  return ids
}
