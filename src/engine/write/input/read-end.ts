import type { Edge } from '../../../schema/graph.js'
import { completePayload } from './complete-payload.js'
import { type Draft, idOfItem, type Item } from './draft.js'
import { elementAt } from './place.js'

/**
 * What an end is to hold: a list of targets, or for a list one that stands alone. Null unsets the end of
 * another's reference. A list is a set: repeated ids collapse to the first (R12).
 *
 * @param pairs whether the pairings are surely new, so that each needs its whole payload
 * @returns null where the end is to be empty or the data is not right
 */
export function readEnd(
  draft: Draft,
  edge: Edge,
  value: unknown,
  path: string,
  pairs: 'new' | 'any',
): Item[] | null {
  if (edge.many) return readItems(draft, edge, Array.isArray(value) ? value : [value], path, pairs)
  if (value === null) return null
  const item = draft.readTarget(edge, value, path, draft)
  return item && [item]
}

function readItems(
  draft: Draft,
  edge: Edge,
  values: readonly unknown[],
  path: string,
  pairs: 'new' | 'any',
): Item[] {
  const items: Item[] = []
  const places = new Map<unknown, number>()
  for (const [index, value] of values.entries()) {
    const item = draft.readTarget(edge, value, elementAt(path, index), draft)
    if (!item) continue
    const id = idOfItem(item)
    const place = id === undefined ? undefined : places.get(id)
    if (place === undefined) {
      const whole = pairs === 'new' ? { ...item, link: completePayload(draft, edge, item) } : item
      places.set(id, items.push(whole) - 1)
      // The list itself creates what it has named before.
    } else if (item.record) items[place] = { ...item, link: items[place]?.link ?? null }
  }
  return items
}
