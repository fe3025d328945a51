/** Deep equality of normalised values; the order of keys is no difference (R6). */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime()
  if (a instanceof Uint8Array) return b instanceof Uint8Array && sameElements(a, b)
  if (Array.isArray(a)) return Array.isArray(b) && sameElements(a, b)
  return !Array.isArray(b) && sameMembers(a as Members, b as Members)
}

type Members = Readonly<Record<string, unknown>>

function sameElements(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (!sameValue(a[at], b[at])) return false
  return true
}

function sameMembers(a: Members, b: Members): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
  )
}
