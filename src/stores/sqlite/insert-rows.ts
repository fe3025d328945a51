import type { Changes } from './drivers/driver.js'

/**
 * Rows in one statement. More make it slower to prepare and hardly faster to run; with few, the statements of all
 * numbers of rows stay prepared.
 */
const CHUNK = 10

type Write = (statement: string, parameters: readonly unknown[]) => Changes
type Rows = readonly (readonly unknown[])[]

/** Inserts rows, a chunk at a time; see `SqlSession.insert`. */
export function insertRows(
  write: Write,
  statement: (rows: number) => string,
  rows: Rows,
  assigned: boolean,
): readonly unknown[] {
  const ids: number[] = []
  inChunks(write, statement, rows, ({ lastInsertRowid }, count) => {
    // Within one statement, and with one writer at a time, AUTOINCREMENT counts on without gaps.
    if (assigned) for (let back = count - 1; back >= 0; back--) ids.push(Number(lastInsertRowid) - back)
  })
  return ids
}

/** Inserts rows that a statement may leave out; see `SqlSession.link`. */
export function linkRows(write: Write, statement: (rows: number) => string, rows: Rows): number {
  let inserted = 0
  inChunks(write, statement, rows, ({ changes }) => {
    inserted += Number(changes)
  })
  return inserted
}

function inChunks(
  write: Write,
  statement: (rows: number) => string,
  rows: Rows,
  written: (changes: Changes, count: number) => void,
): void {
  for (let at = 0; at < rows.length; at += CHUNK) {
    const count = Math.min(CHUNK, rows.length - at)
    const parameters: unknown[] = []
    for (let row = at; row < at + count; row++) parameters.push(...(rows[row] ?? []))
    written(write(statement(count), parameters), count)
  }
}
