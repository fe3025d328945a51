import type { Model } from '../schema/graph.js'
import type { Tied } from './closure.js'
import { fateOf, type Fates } from './fate.js'
import { records, type Ask } from './question.js'

/**
 * The restrict ties that really stand in the way (R22), judged when every outcome is final: a hard delete is blocked by every
 * stored holder that stays; a soft delete by every live holder that stays live.
 */
export function* blockersAmong(fates: Fates, restricted: readonly Tied[]): Ask<readonly Tied[]> {
  const staying = restricted.filter((tied) => {
    const holder = fateOf(fates, tied.edge.from, tied.holder)?.outcome
    return holder === undefined || (holder === 'soft' && deletedHow(fates, tied) === 'strong')
  })
  const live = new Map<Model, Set<unknown>>()
  for (const tied of staying) {
    if (deletedHow(fates, tied) === 'strong' || live.has(tied.edge.from)) continue
    const ids = new Set(staying.filter((other) => other.edge.from === tied.edge.from).map((other) => other.holder))
    const stored = yield* records(tied.edge.from, [...ids], false)
    live.set(tied.edge.from, new Set(stored.filter((record) => !record.deleted).map((record) => record.id)))
  }
  const blocks = (tied: Tied) => deletedHow(fates, tied) === 'strong' || live.get(tied.edge.from)!.has(tied.holder)
  const seen = new Set<string>()
  return staying.filter((tied) => {
    const key = JSON.stringify([tied.edge.association, tied.holder, tied.target])
    const first = !seen.has(key)
    seen.add(key)
    return first && blocks(tied)
  })
}

/** The final outcome of the deleted record: it may have grown since the tie was found. */
const deletedHow = (fates: Fates, tied: Tied) => fateOf(fates, tied.edge.to, tied.target)?.outcome ?? tied.outcome
