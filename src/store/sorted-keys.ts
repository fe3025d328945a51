/** A copy of a JSON value with sorted keys at every depth, so that deeply equal values (R6) have equal texts. */
export function sortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(sortedKeys)
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const sorted = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(value).toSorted()) {
    sorted[key] = sortedKeys((value as Record<string, unknown>)[key])
  }
  return sorted
}
