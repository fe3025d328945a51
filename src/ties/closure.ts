/**
 * Computes what a delete reaches, level by level, without touching a database: it asks questions, each about a whole set of
 * records, and is told the answers (`yield`). Nothing is written before it has ended.
 */
import type { Edge, Model, Tie } from '../schema/graph.js'
import { ByRecord, type Named } from './by-record.js'
import { effectOnHolder } from './effect.js'
import { outgrows, reachesBuried, surpasses } from './fate.js'
import type { Fate, Fates, Outcome, Tied } from './fate.js'
import { pairs, records, type Ask } from './question.js'
import { standing } from './standing.js'

/** A record that was reached softly from one that goes for good, so that it cannot be restored through it. */
export interface Orphan {
  readonly child: Named
  readonly parent: Named
}

export interface Closure {
  readonly fates: Fates
  /** references that a weak tie unsets, embedded ones included; a pair may occur more than once */
  readonly unset: readonly Tied[]
  /** references that will name nothing: on purpose (dirty), or because their holder is soft-deleted (R24) */
  readonly dangling: readonly Tied[]
  /** why the delete is refused; empty when it is not */
  readonly blockers: readonly Tied[]
  readonly orphans: readonly Orphan[]
  /** records that go for good and were soft-deleted before, each with the deletion that did it */
  readonly exhumed: Pick<ByRecord<string>, 'get' | 'models' | 'size'>
}

/** Records that the caller names. */
export interface Start {
  readonly model: Model
  readonly ids: readonly unknown[]
  readonly outcome: Outcome
  /** soft-deleted before, as the others are not */
  readonly buried?: boolean
}

/** What is found on the way; a later level may still change what becomes of a holder, so it is sorted out at the end. */
interface Walk {
  readonly fates: ByRecord<Fate>
  next: ByRecord<Fate>
  readonly weakOrRestricted: Tied[]
  readonly dangling: Tied[]
  readonly orphans: Orphan[]
  readonly exhumed: ByRecord<string>
}

/** @param watch is told the size of the closure as it grows, and may throw */
export function* closureOf(starts: readonly Start[], watch: (size: number) => void): Ask<Closure> {
  const walk: Walk = {
    fates: new ByRecord(),
    next: new ByRecord(),
    weakOrRestricted: [],
    dangling: [],
    orphans: [],
    exhumed: new ByRecord(),
  }
  for (const { model, ids, outcome, buried = false } of starts) {
    const fate: Fate = { outcome, via: null, level: 0, buried }
    for (const id of ids) reach(walk, model, id, fate)
  }
  while (walk.next.size > 0) {
    const level = walk.next
    walk.next = new ByRecord()
    for (const [model, candidates] of level.models()) {
      const grown = yield* grow(walk, model, candidates)
      watch(walk.fates.size)
      for (const [outcome, ids] of grown) yield* follow(walk, model, ids, outcome)
    }
  }
  const { fates, exhumed } = walk
  const stays = (model: Model, id: unknown): boolean => fates.get(model, id)?.outcome !== 'strong'
  const stood = yield* standing(fates, walk.weakOrRestricted)
  return {
    fates,
    unset: stood.filter(({ edge }) => edge.onDelete === 'weak'),
    dangling: walk.dangling.filter(({ edge, holder }) => stays(edge.from, holder)),
    blockers: stood.filter(({ edge }) => edge.onDelete === 'restrict'),
    orphans: walk.orphans.filter(({ child }) => stays(child.model, child.id)),
    exhumed,
  }
}

function reach({ next }: Walk, model: Model, id: unknown, fate: Fate): void {
  if (surpasses(fate, next.get(model, id))) next.set(model, id, fate)
}

/** Takes over what grew, by outcome. Records are locked before their holders are looked for (R30). */
function* grow(
  { fates, exhumed }: Walk,
  model: Model,
  candidates: ReadonlyMap<unknown, Fate>,
): Ask<Map<Outcome, unknown[]>> {
  const ids: unknown[] = []
  for (const [id, { outcome }] of candidates) {
    if (outgrows(outcome, fates.get(model, id)?.outcome)) ids.push(id)
  }
  const grown = new Map<Outcome, unknown[]>()
  for (const { id, deletion } of yield* records(model, ids, true)) {
    const fate = candidates.get(id)!
    if (deletion !== null) {
      if (!reachesBuried(fate)) continue
      exhumed.set(model, id, deletion)
    }
    const before = fates.get(model, id)
    // The way that led here first stays its path, so that paths never go in circles.
    fates.set(model, id, before ? { ...before, outcome: fate.outcome } : fate)
    const same = grown.get(fate.outcome)
    if (same) same.push(id)
    else grown.set(fate.outcome, [id])
  }
  return grown
}

/** Looks at everything tied to records that go this way. */
function* follow(walk: Walk, model: Model, ids: readonly unknown[], outcome: Outcome): Ask<void> {
  for (const edge of model.inbound) yield* followHolders(walk, edge, ids, outcome)
  for (const edge of model.outbound) if (edge.onHolderDelete) yield* followTargets(walk, edge, ids, outcome)
}

function* followHolders(walk: Walk, edge: Edge, ids: readonly unknown[], outcome: Outcome): Ask<void> {
  const effect = effectOnHolder(edge, outcome)
  if (effect === null) return
  // A declared record in between is the entry of a list, and goes as one.
  const [over, tie] = edge.serves ? ([edge.serves, 'weak'] as const) : ([edge, edge.onDelete] as const)
  const fateFrom = fatesOver(walk, over, tie, edge.to, outcome)
  for (const { owner: target, target: holder } of yield* pairs(edge.reverse, ids)) {
    const tied: Tied = { edge, holder, target, outcome }
    if (effect === 'dangling') walk.dangling.push(tied)
    else if (effect === 'weak' || effect === 'restrict') walk.weakOrRestricted.push(tied)
    else {
      reach(walk, edge.from, holder, fateFrom(target, effect))
      if (effect === 'soft' && outcome === 'strong') {
        walk.dangling.push(tied)
        walk.orphans.push({ child: { model: edge.from, id: holder }, parent: { model: edge.to, id: target } })
      }
    }
  }
}

function* followTargets(walk: Walk, edge: Edge, ids: readonly unknown[], outcome: Outcome): Ask<void> {
  const reached = edge.onHolderDelete!
  const fateFrom = fatesOver(walk, edge, reached, edge.from, outcome)
  for (const { owner: holder, target } of yield* pairs(edge, ids)) {
    reach(walk, edge.to, target, fateFrom(holder, reached))
    if (reached === 'soft' && outcome === 'strong') {
      walk.orphans.push({ child: { model: edge.to, id: target }, parent: { model: edge.from, id: holder } })
    }
  }
}

/** Fates of what is reached over one edge: all that is reached from one record shares one, so that large closures stay small. */
function fatesOver({ fates }: Walk, edge: Edge, tie: Tie, from: Model, outcome: Outcome) {
  const made = new Map<unknown, Fate>()
  return (id: unknown, reached: Outcome): Fate => {
    let fate = made.get(id)
    if (!fate) {
      const level = fates.get(from, id)!.level + 1
      fate = { outcome: reached, via: { edge, tie, from, id, outcome }, level }
      made.set(id, fate)
    }
    return fate
  }
}
