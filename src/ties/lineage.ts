/**
 * Soft-deleted records are restored through what they lie below. Where that goes for good, they come to lie below what it lay
 * below itself, or can be restored by themselves if it was named by the caller. This computes both before it is gone.
 */
import type { Model } from '../schema/graph.js'
import { ByRecord, type Named } from './by-record.js'
import { causesOf, type Family, stayingBy } from './causes.js'
import type { Closure, Orphan } from './closure.js'
import type { Ask } from './question.js'
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
export function* newLineage({ fates, orphans, exhumed }: Closure): Ask<Lineage> {
  const isSoft = (model: Model, id: unknown): boolean => fates.get(model, id)?.outcome === 'soft'
  return yield* lineageOf(
    orphans.filter(({ child }) => isSoft(child.model, child.id)),
    {
      staying: (model, ids) => new Set(ids.filter((id) => isSoft(model, id))),
      goes: ({ model, id }) => fates.get(model, id)?.outcome === 'strong',
      isRoot: ({ model, id }) => fates.get(model, id)?.via === null,
      // What was soft-deleted before is reached by a hard delete alone (R24).
      reached: ({ model, id }, strongly, hard) => exhumed.get(model, id) === undefined || (strongly && hard),
      heirs: [],
    },
  )
}

/** For records that stay soft-deleted by an earlier deletion, while others of the same go for good. */
export function* oldLineage({ orphans, exhumed }: Closure, deletion: string, memory: Memory): Ask<Lineage> {
  const goes = ({ model, id }: Named): boolean => exhumed.get(model, id) === deletion
  function* staying(model: Model, ids: readonly unknown[]): Ask<ReadonlySet<unknown>> {
    const members = yield* stayingBy(deletion, model, ids)
    return new Set([...members].filter((id) => !goes({ model, id })))
  }
  const remembered = memory.heirs.flatMap(({ child, causes }) => causes.map((parent) => ({ child, parent })))
  const bereft = [...orphans, ...remembered].filter(({ parent }) => goes(parent))
  const children = new ByRecord<true>()
  for (const model of new Set(bereft.map(({ child }) => child.model))) {
    const ids = bereft.filter(({ child }) => child.model === model).map(({ child }) => child.id)
    for (const id of yield* staying(model, [...new Set(ids)])) children.set(model, id, true)
  }
  return yield* lineageOf(
    bereft.filter(({ child }) => children.get(child.model, child.id)),
    { staying, goes, isRoot: (named) => memory.isRoot(named), reached: () => true, heirs: memory.heirs },
  )
}

function* lineageOf(orphans: readonly Orphan[], family: Family): Ask<Lineage> {
  if (orphans.length === 0) return { heirs: [], roots: [] }
  const parents = new ByRecord<Named[]>()
  const children = new ByRecord<Named>()
  for (const { child, parent } of orphans) {
    children.set(child.model, child.id, child)
    parents.take(child.model, child.id, () => []).push(parent)
  }
  const above = yield* causesAbove(
    orphans.map(({ parent }) => parent),
    family,
  )
  const heirs: Heir[] = []
  const roots: Named[] = []
  for (const child of children.values()) {
    const { causes, isRoot } = climb(parents.get(child.model, child.id)!, above, family)
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

/** What reached records that go for good, and what reached that, level by level. */
function* causesAbove(start: readonly Named[], family: Family): Ask<ByRecord<Above>> {
  const above = new ByRecord<Above>()
  let level: readonly Named[] = start
  while (level.length > 0) {
    const next: Named[] = []
    const fresh = level.filter(({ model, id }) => !above.get(model, id))
    for (const { model, id } of fresh) above.set(model, id, { staying: [], going: [] })
    for (const model of new Set(fresh.map((named) => named.model))) {
      const ids = [...new Set(fresh.filter((named) => named.model === model).map(({ id }) => id))]
      for (const { child, cause, strongly } of yield* causesOf(model, ids, family)) {
        const hard = family.goes(cause)
        if (!family.reached({ model, id: child }, strongly, hard)) continue
        above.get(model, child)![hard ? 'going' : 'staying'].push(cause)
        if (hard) next.push(cause)
      }
    }
    level = next
  }
  return above
}

/** The soft-deleted records above, through all that goes for good. */
function climb(parents: readonly Named[], above: ByRecord<Above>, family: Family) {
  const seen = new ByRecord<true>()
  const causes = new ByRecord<Named>()
  const path = [...parents]
  let isRoot = false
  for (const { model, id } of path) {
    if (seen.get(model, id)) continue
    seen.set(model, id, true)
    isRoot ||= family.isRoot({ model, id })
    const { staying, going } = above.get(model, id)!
    for (const cause of staying) causes.set(cause.model, cause.id, cause)
    path.push(...going)
  }
  return { causes: [...causes.values()], isRoot }
}
