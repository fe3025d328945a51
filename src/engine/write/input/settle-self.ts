import { heldBy } from '../../links/held-by.js'
import type { Item } from './draft.js'
import type { Changes } from './read-changes.js'

/**
 * A record of a model that refers to itself can be given its reference and what refers to it in one call. The end is
 * replaced after the reference was set, so it has the last word on whether the record refers to itself.
 */
export function settleSelf({ ends, values }: Changes, id: unknown): void {
  for (const { edge, items } of ends) {
    const { from, to, many, path, required } = heldBy(edge)
    const [name = ''] = path
    if (from !== to || many || edge.holder || !Object.hasOwn(values, name)) continue
    const names = (item: Item): boolean => !item.record && item.id === id
    if (items?.some(names)) values[name] = id
    else if (values[name] === id && !required) values[name] = null
  }
}
