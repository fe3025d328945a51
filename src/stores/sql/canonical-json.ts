/**
 * JSON text with sorted keys at every depth, so that deeply equal values (R6) have equal texts. Takes what
 * `JSON.stringify` takes.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const sorted = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(value).toSorted()) sorted[key] = (value as Record<string, unknown>)[key]
  return sorted
}
