import type { Edge } from '../../../schema/graph.js'
import type { Draft, Item } from './draft.js'
import { memberAt } from './place.js'
import { put, readMissing } from './read-value.js'

/** The payload of a new pairing: what was given, defaults, null. A field with neither is required (R15). */
export function completePayload(draft: Draft, edge: Edge, { link, path }: Item): Item['link'] {
  if (edge.payload.size === 0) return null
  const payload: Record<string, unknown> = {}
  const place = memberAt(path, '$link')
  for (const [name, field] of edge.payload) {
    const given = link?.[name]
    put(given === undefined ? readMissing(field, draft, place, draft) : given, payload, name, draft)
  }
  return payload
}
