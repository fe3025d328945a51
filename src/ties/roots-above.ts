import { ByRecord, type Named } from './by-record.js'
import { causesOf, type Family, stayingBy } from './causes.js'
import type { Ask } from './question.js'
import type { Heir } from './restoration.js'

/** The records through which a soft-deleted one can be restored (R26): up from it, to the nearest that can be named. */
export function* rootsAbove(
  named: Named,
  deletion: string,
  isRoot: (named: Named) => boolean,
  heirs: readonly Heir[],
): Ask<readonly Named[]> {
  const family: Family = {
    *look(model, ids) {
      const staying = yield* stayingBy(deletion, model, ids)
      return new Map(
        [...staying].map((id) => [id, { goes: false, reachedHard: false, isRoot: isRoot({ model, id }) }]),
      )
    },
    heirs,
  }
  const seen = new ByRecord<true>()
  const roots: Named[] = []
  let level: readonly Named[] = [named]
  while (level.length > 0) {
    const fresh = level.filter(({ model, id }) => !seen.get(model, id))
    for (const { model, id } of fresh) seen.set(model, id, true)
    roots.push(...fresh.filter(isRoot))
    const next: Named[] = []
    const climbing = fresh.filter((one) => !isRoot(one))
    for (const model of new Set(climbing.map((one) => one.model))) {
      const ids = climbing.filter((one) => one.model === model).map(({ id }) => id)
      for (const { cause } of yield* causesOf(model, ids, family)) next.push(cause)
    }
    level = next
  }
  return roots
}
