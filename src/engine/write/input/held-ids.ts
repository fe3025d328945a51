import type { Edge } from '../../../schema/graph.js'
import { isPlainObject } from '../../../schema/values/is-plain-object.js'

/** The ids that a record holds at an edge's place, arrays crossed. */
export function heldIds({ path }: Edge, record: Readonly<Record<string, unknown>>): ReadonlySet<unknown> {
  const held = new Set<unknown>()
  collect(record, path, 0, held)
  return held
}

function collect(value: unknown, path: readonly string[], depth: number, held: Set<unknown>): void {
  if (Array.isArray(value)) for (const element of value) collect(element, path, depth, held)
  else if (depth === path.length) held.add(value)
  else if (isPlainObject(value)) collect(value[path[depth] ?? ''], path, depth + 1, held)
}
