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
    // What was given and is not right was reported already.
    const value = link && name in link ? link[name] : readMissing(field, draft, place, draft)
    put(value, payload, name, draft)
  }
  return payload
}

/** Whether a new pairing would need nothing more than what was given. */
export function isPayloadComplete({ payload }: Edge, { link }: Item): boolean {
  for (const [name, { default: made, optional, kind }] of payload) {
    if (link?.[name] === undefined && made === undefined && !optional && kind !== 'array') return false
  }
  return true
}
