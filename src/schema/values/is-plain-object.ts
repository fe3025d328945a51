/** An object literal or what `JSON.parse` makes; no array, date, bytes or instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || isForeign(prototype)
}

/** Objects of another realm (a `vm` context, a test runner's sandbox) have an `Object.prototype` of their own. */
function isForeign(prototype: unknown): boolean {
  return (
    Object.getPrototypeOf(prototype) === null &&
    Object.prototype.hasOwnProperty.call(prototype, 'isPrototypeOf')
  )
}
