import { Flaw } from './flaw.js'
import { isPlainObject } from './is-plain-object.js'
import { normaliseNumber } from './normalise-number.js'
import { normaliseText } from './normalise-text.js'

const notJson = new Flaw('json', 'a JSON value')
const tooDeep = new Flaw('json', 'a JSON value of at most 100 levels')
const DEPTH = 100

/** A copy that nobody else holds, without members that are undefined. */
export function normaliseJson(value: unknown): unknown {
  return copy(value, 0)
}

function copy(value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return normaliseText(value)
  if (typeof value === 'number') return normaliseNumber(value)
  // A cycle is deeper than any limit.
  if (depth >= DEPTH) return tooDeep
  if (Array.isArray(value)) return copyArray(value, depth + 1)
  return isPlainObject(value) ? copyObject(value, depth + 1) : notJson
}

function copyArray(values: readonly unknown[], depth: number): unknown {
  const out: unknown[] = []
  for (const value of values) {
    const item = copy(value, depth)
    if (item instanceof Flaw) return item
    out.push(item)
  }
  return out
}

function copyObject(object: Readonly<Record<string, unknown>>, depth: number): unknown {
  const entries: [string, unknown][] = []
  for (const key of Object.keys(object)) {
    const value = object[key]
    if (value === undefined) continue
    const name = normaliseText(key)
    const member = copy(value, depth)
    if (name instanceof Flaw) return name
    if (member instanceof Flaw) return member
    entries.push([key, member])
  }
  // Unlike assignment, this makes `__proto__` a member like any other.
  return Object.fromEntries(entries)
}
