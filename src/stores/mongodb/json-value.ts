/**
 * Opaque JSON in documents. Keys are sorted at every depth, so that deeply equal values are equal documents. Three kinds of
 * keys mean something to BSON or to the server: those that begin with `$` (operators, references between databases), and
 * `_bsontype`; they get a sign in front that no other key begins with, or has it doubled.
 */
const SIGN = '\uFF04'
const special = new RegExp(`^(?:\\$|${SIGN}|_bsontype$)`)

/** A JSON value as it is written into a document. */
export function toPlainJson(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(toPlainJson)
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const plain = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(value).toSorted()) {
    plain[special.test(key) ? SIGN + key : key] = toPlainJson((value as Record<string, unknown>)[key])
  }
  return plain
}

/** The JSON value that a document holds. 64-bit integers of other programs become numbers. */
export function fromPlainJson(raw: unknown): unknown {
  if (typeof raw === 'bigint') return Number(raw)
  if (raw === null || typeof raw !== 'object' || '_bsontype' in raw || raw instanceof Date) return raw
  if (Array.isArray(raw)) return raw.map(fromPlainJson)
  const entries = Object.keys(raw).map((key): [string, unknown] => {
    const value = fromPlainJson((raw as Record<string, unknown>)[key])
    return [key.startsWith(SIGN) ? key.slice(SIGN.length) : key, value]
  })
  // Unlike assignment, this makes `__proto__` a member like any other.
  return Object.fromEntries(entries)
}
