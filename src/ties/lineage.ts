/**
 * Soft-deleted records are restored through what they lie below. Where that goes for good, they come to lie below what it lay
 * below itself, or can be restored by themselves if it was named by the caller. This computes both before it is gone.
 */
import { ByRecord, type Named } from './by-record.js'
import { causesOf, type Family, type Kin, kinAmong, stayingBy } from './causes.js'
import type { Closure, Orphan } from './closure.js'
import { type Ask, known } from './question.js'
import type { Heir } from './restoration.js'

/** What the journal of one deletion has to learn. */
export interface Lineage {
  readonly heirs: readonly Heir[]
  /** records that can be named to be restored from now on */
  readonly roots: readonly Named[]
}

/** What a deletion before this one has written down about its records. */
export interface Memory {
  isRoot(named: Named): boolean
  readonly heirs: readonly Heir[]
}

/** For the records that this delete soft-deletes itself. */
export function* newLineage({ orphans }: Closure): Ask<Lineage> {
  return yield* lineageOf(orphans, {
    *look(model, ids) {
      const kin = new Map<unknown, Kin>()
      const fates = yield* known(model, ids)
      for (const id of ids) {
        const fate = fates.get(id)
        if (!fate) continue
        // What was soft-deleted before is reached by a hard delete alone (R24).
        const reachedHard = fate.deletion !== null
        kin.set(id, { goes: fate.outcome === 'strong', reachedHard, isRoot: fate.via === null })
      }
      return kin
    },
    heirs: [],
  })
}

/** For records that stay soft-deleted by an earlier deletion, while others of the same go for good. */
export function* oldLineage({ orphans }: Closure, deletion: string, memory: Memory): Ask<Lineage> {
  const remembered = memory.heirs.flatMap(({ child, causes }) =>
    causes.map((parent) => ({ child, parent, kept: null })),
  )
  return yield* lineageOf([...orphans, ...remembered], {
    *look(model, ids) {
      const kin = new Map<unknown, Kin>()
      const fates = yield* known(model, ids)
      for (const id of yield* stayingBy(deletion, model, ids)) {
        const goes = fates.get(id)?.outcome === 'strong'
        kin.set(id, { goes, reachedHard: false, isRoot: memory.isRoot({ model, id }) })
      }
      return kin
    },
    heirs: memory.heirs,
  })
}

/** What becomes of the orphans of one family. */
function* lineageOf(all: readonly Orphan[], family: Family): Ask<Lineage> {
  if (all.length === 0) return { heirs: [], roots: [] }
  const kin = yield* kinAmong(
    all.flatMap(({ child, parent }) => [child, parent]),
    family,
  )
  const parents = new ByRecord<Named[]>()
  const children = new ByRecord<Named>()
  for (const { child, parent } of all) {
    const stays = kin.get(child.model, child.id)?.goes === false
    if (!stays || !kin.get(parent.model, parent.id)?.goes) continue
    children.set(child.model, child.id, child)
    parents.take(child.model, child.id, () => []).push(parent)
  }
  const above = yield* causesAbove([...parents.values()].flat(), kin, family)
  const heirs: Heir[] = []
  const roots: Named[] = []
  for (const child of children.values()) {
    const { causes, isRoot } = climb(parents.get(child.model, child.id)!, above, kin)
    if (causes.length > 0) heirs.push({ child, causes })
    if (isRoot || causes.length === 0) roots.push(child)
  }
  return { heirs, roots }
}

interface Above {
  /** soft-deleted records that stay */
  readonly staying: Named[]
  /** records that go for good as well */
  readonly going: Named[]
}

/** What reached records that go for good, and what reached that, level by level; adds what it learns to `kin`. */
function* causesAbove(start: readonly Named[], kin: ByRecord<Kin>, family: Family): Ask<ByRecord<Above>> {
  const above = new ByRecord<Above>()
  let level: readonly Named[] = start
  while (level.length > 0) {
    const next: Named[] = []
    const fresh = level.filter(({ model, id }) => !above.get(model, id))
    for (const { model, id } of fresh) above.set(model, id, { staying: [], going: [] })
    for (const model of new Set(fresh.map((named) => named.model))) {
      const ids = [...new Set(fresh.filter((named) => named.model === model).map(({ id }) => id))]
      for (const { child, cause, kin: own, strongly } of yield* causesOf(model, ids, family)) {
        kin.set(cause.model, cause.id, own)
        if (kin.get(model, child)!.reachedHard && !(strongly && own.goes)) continue
        above.get(model, child)![own.goes ? 'going' : 'staying'].push(cause)
        if (own.goes) next.push(cause)
      }
    }
    level = next
  }
  return above
}

/** The soft-deleted records above, through all that goes for good. */
function climb(parents: readonly Named[], above: ByRecord<Above>, kin: ByRecord<Kin>) {
  const seen = new ByRecord<true>()
  const causes = new ByRecord<Named>()
  const path = [...parents]
  let isRoot = false
  for (const { model, id } of path) {
    if (seen.get(model, id)) continue
    seen.set(model, id, true)
    isRoot ||= kin.get(model, id)!.isRoot
    const { staying, going } = above.get(model, id)!
    for (const cause of staying) causes.set(cause.model, cause.id, cause)
    path.push(...going)
  }
  return { causes: [...causes.values()], isRoot }
}
