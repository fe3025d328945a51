/**
 * Computes what a delete reaches, level by level, without touching a database: it asks questions, each about a whole set of
 * records, and is told the answers (`yield`). Nothing is written before it has ended.
 */
import type { Edge, Model } from '../schema/graph.js'
import { blockersAmong } from './blockers.js'
import { fateOf, outgrows, type Fate, type Fates, type Outcome } from './fate.js'
import { pairs, records, type Ask } from './question.js'

/** A pair of which one record is deleted. */
export interface Tied {
  /** seen from its holder */
  readonly edge: Edge
  readonly holder: unknown
  readonly target: unknown
  /** how the deleted record goes */
  readonly outcome: Outcome
}

export interface Closure {
  readonly fates: Fates
  /** to-one references that a weak tie unsets, embedded ones included */
  readonly unset: readonly Tied[]
  /** entries of lists and pairs that go with a hard-deleted record */
  readonly unpaired: readonly Tied[]
  /** references that will name nothing: on purpose (dirty), or because their holder is soft-deleted already (R24) */
  readonly dangling: readonly Tied[]
  /** why the delete is refused; empty when it is not */
  readonly blockers: readonly Tied[]
}

export interface Root {
  readonly model: Model
  readonly ids: readonly unknown[]
  /** also where the model has softDelete */
  readonly hard: boolean
}

/** What is found on the way; a later level may still change what becomes of a holder, so it is sorted out at the end. */
interface Found {
  readonly unset: Tied[]
  readonly unpaired: Tied[]
  readonly dangling: Tied[]
  readonly restricted: Tied[]
  next: Map<Model, Map<unknown, Fate>>
}

export function* closureOf(root: Root): Ask<Closure> {
  const fates = new Map<Model, Map<unknown, Fate>>()
  const found: Found = { unset: [], unpaired: [], dangling: [], restricted: [], next: new Map() }
  const outcome = root.hard || !root.model.softDelete ? 'strong' : 'soft'
  for (const id of root.ids) reach(found, root.model, id, { outcome, via: null, level: 0 })

  while (found.next.size > 0) {
    const level = found.next
    found.next = new Map()
    for (const [model, candidates] of level) {
      const grown = yield* grow(fates, model, candidates, found)
      for (const [reached, ids] of grown) yield* follow(model, ids, reached, fates, found)
    }
  }
  const stays = (tied: Tied) => fateOf(fates, tied.edge.from, tied.holder)?.outcome !== 'strong'
  return {
    fates,
    unset: found.unset.filter(stays),
    unpaired: found.unpaired,
    dangling: found.dangling.filter(stays),
    blockers: yield* blockersAmong(fates, found.restricted),
  }
}

function reach(found: Found, model: Model, id: unknown, fate: Fate): void {
  const known = found.next.get(model) ?? new Map<unknown, Fate>()
  found.next.set(model, known)
  if (outgrows(fate.outcome, known.get(id)?.outcome)) known.set(id, fate)
}

/** Takes over what grew, by outcome. Records are locked before their holders are looked for (R30). */
function* grow(fates: Map<Model, Map<unknown, Fate>>, model: Model, candidates: Map<unknown, Fate>, found: Found): Ask<Map<Outcome, unknown[]>> {
  const known = fates.get(model) ?? new Map<unknown, Fate>()
  fates.set(model, known)
  const ids = [...candidates].filter(([id, fate]) => outgrows(fate.outcome, known.get(id)?.outcome)).map(([id]) => id)
  const grown = new Map<Outcome, unknown[]>()
  if (ids.length === 0) return grown
  for (const { id, deleted } of yield* records(model, ids, true)) {
    const fate = candidates.get(id)!
    if (fate.outcome === 'soft' && deleted) {
      const { via } = fate
      if (via && fateOf(fates, via.from, via.id)?.outcome === 'strong') {
        found.dangling.push({ edge: via.edge, holder: id, target: via.id, outcome: 'strong' })
      }
      continue
    }
    known.set(id, fate)
    const same = grown.get(fate.outcome)
    if (same) same.push(id)
    else grown.set(fate.outcome, [id])
  }
  return grown
}

/** Looks at everything tied to records that go this way. */
function* follow(model: Model, ids: readonly unknown[], outcome: Outcome, fates: Fates, found: Found): Ask<void> {
  const fateFrom = (edge: Edge, id: unknown, reached: Outcome): Fate => ({
    outcome: reached,
    via: { edge, from: model, id },
    level: fateOf(fates, model, id)!.level + 1,
  })
  for (const edge of model.inbound) {
    if (edge.onDelete === 'dirty' && outcome === 'soft') continue
    if (edge.serves && !goesWith(edge, edge.serves, outcome)) continue
    if (edge.through?.declared && edge.onDelete !== 'restrict') continue
    for (const { owner: target, target: holder } of yield* pairs(edge.reverse, ids)) {
      const tied: Tied = { edge, holder, target, outcome }
      if (edge.serves) reach(found, edge.from, holder, fateFrom(edge, target, 'strong'))
      else if (edge.onDelete === 'restrict') found.restricted.push(tied)
      else if (edge.onDelete === 'dirty') found.dangling.push(tied)
      else if (edge.onDelete !== 'weak') reach(found, edge.from, holder, fateFrom(edge, target, edge.onDelete))
      else if (!edge.many || edge.embedded) found.unset.push(tied)
      else if (outcome === 'strong') found.unpaired.push(tied)
    }
  }
  for (const edge of model.outbound) {
    if (edge.onHolderDelete) {
      for (const { owner, target } of yield* pairs(edge, ids)) {
        reach(found, edge.to, target, fateFrom(edge, owner, edge.onHolderDelete))
      }
    } else if (edge.through && !edge.through.declared && outcome === 'strong') {
      for (const { owner, target } of yield* pairs(edge, ids)) {
        found.unpaired.push({ edge, holder: owner, target, outcome })
      }
    }
  }
}

/**
 * Whether a declared record in between goes with one of the records it pairs: with its holder always, with its target unless the
 * association leaves entries behind. The association's own edge asks the restrict tie.
 */
const goesWith = (reference: Edge, association: Edge, outcome: Outcome): boolean =>
  outcome === 'strong' &&
  (association.through!.near.includes(reference.path[0]!) || association.onDelete === 'weak')
