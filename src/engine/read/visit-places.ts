import type { Row } from './parents.js'

/**
 * Visits what stands at a path in each of the records, arrays crossed; what the visitor returns takes its place. A list at the
 * end of the path is visited as a whole, what is missing as null.
 */
export function visitPlaces(
  records: readonly unknown[],
  path: readonly string[],
  visit: (held: unknown) => unknown,
): void {
  for (const record of records) visitPlace(record, path, 0, visit)
}

function visitPlace(
  record: unknown,
  path: readonly string[],
  depth: number,
  visit: (held: unknown) => unknown,
): void {
  if (record === null || typeof record !== 'object') return
  if (Array.isArray(record)) {
    for (const element of record) visitPlace(element, path, depth, visit)
    return
  }
  const row = record as Row
  const name = path[depth] ?? ''
  if (depth < path.length - 1) visitPlace(row[name], path, depth + 1, visit)
  else row[name] = visit(row[name] ?? null)
}
