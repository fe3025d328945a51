import type { Draft, Item, NewPair } from './draft.js'
import { idOfItem } from './draft.js'

/**
 * Pairs that a new record keeps itself, in a list of its own, become part of that record; the others remain
 * to be added.
 */
export function placePairs(draft: Draft): void {
  const { pairs, records, targets } = draft
  if (pairs.length === 0) return
  const given = new Set(records.filter((record) => !record.assigned).map((record) => record.id))
  const crossed = targets.some((target) => given.has(target.id))
  const left = (crossed ? withoutTwins(pairs) : [...pairs]).filter((pair) => !keptByNew(pair))
  pairs.splice(0, pairs.length, ...left)
}

/**
 * A pair can be named from both its ends where a record is created under a given id: it is one, with the
 * later payload.
 */
function withoutTwins(pairs: readonly NewPair[]): NewPair[] {
  const single = new Map<string, NewPair>()
  for (const pair of pairs) {
    const { edge, holder, target } = pair
    const ends = [keyOf(holder), keyOf(target)]
    if (edge.symmetric) ends.sort()
    single.set(`${edge.association} ${ends.join(' ')}`, pair)
  }
  return [...single.values()]
}

const keyOf = (item: Item): string => {
  const { record, path } = item
  return record?.assigned ? `new ${path}` : JSON.stringify(idOfItem(item))
}

function keptByNew({ edge, holder, target, payload }: NewPair): boolean {
  const { record } = holder
  if (edge.through || !record) return false
  const entries = record.values[record.shape.places.get(edge.path[0] ?? '') ?? 0] as unknown[]
  const index = entries.length
  const put = (id: unknown): void => {
    entries[index] = payload ? { id, ...payload } : id
  }
  put(target.id)
  if (target.record) record.awaits(target.record, put)
  return true
}
