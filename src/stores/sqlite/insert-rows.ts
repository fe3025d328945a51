import type { Executor } from './executor.js'

/**
 * Rows in one statement. More make it slower to prepare and hardly faster to run; with few, the statements of all
 * numbers of rows stay prepared.
 */
const CHUNK = 10

/** Inserts rows, a chunk at a time; see `SqlSession.insert`. */
export function insertRows(
  executor: Executor,
  statement: string,
  columns: number,
  rows: readonly (readonly unknown[])[],
  assigned: boolean,
): readonly unknown[] {
  const ids: number[] = []
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK)
    const text = `${statement} ${placeholders(columns, chunk.length)}`
    const { lastInsertRowid } = executor.run(
      'write',
      text,
      chunk.length === 1 ? (chunk[0] ?? []) : chunk.flat(),
    )
    // Within one statement, and with one writer at a time, AUTOINCREMENT counts on without gaps.
    if (assigned)
      for (let back = chunk.length - 1; back >= 0; back--) ids.push(Number(lastInsertRowid) - back)
  }
  return ids
}

function placeholders(columns: number, rows: number): string {
  const row = `(${Array<string>(columns).fill('?').join(', ')})`
  return Array<string>(rows).fill(row).join(', ')
}
