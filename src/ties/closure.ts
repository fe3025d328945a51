/**
 * Computes what a delete reaches, step by step, without touching a database: it asks questions, each about a whole set of records,
 * and is told the answers (`yield`). What it decides about records it hands out, too, and asks for it again when it needs it, so
 * that it does not matter how many there are. Nothing else is written before it has ended.
 */
import type { Edge, Model, Tie } from '../schema/graph.js'
import { ByRecord, type Named } from './by-record.js'
import { effectOnHolder } from './effect.js'
import { idsByOutcome, outgrows, reachesBuried, surpasses } from './fate.js'
import type { Fate, Fates, Outcome, Tied, Via } from './fate.js'
import { eachPairs, eachShelf, known, records, type Ask, type StoredPair } from './question.js'
import { Tally } from './tally.js'

/** A record that was reached softly from one that goes for good, so that it cannot be restored through it. */
export interface Orphan {
  readonly child: Named
  readonly parent: Named
  /** the reference that the child keeps, to nothing; null where it was the parent that referred to it */
  readonly kept: Tied | null
}

/** What is known of a closure besides its records. */
export interface Closure {
  readonly tally: Tally
  readonly orphans: readonly Orphan[]
  /** earlier deletions that had soft-deleted some of what goes for good now */
  readonly deletions: ReadonlySet<string>
}

/** Records that the caller names. */
export interface Start {
  readonly model: Model
  readonly ids: readonly unknown[]
  readonly outcome: Outcome
  /** soft-deleted before, as the others are not */
  readonly buried?: boolean
}

export class Walk implements Closure {
  readonly tally = new Tally()
  readonly deletions = new Set<string>()
  readonly #inMemory: number
  readonly #watch: (size: number) => void
  #orphans: Orphan[] = []
  /** what the next step begins with */
  #next = new ByRecord<Fate>()

  /**
   * @param inMemory how many records are reached before they are looked at
   * @param watch is told the size of the closure as it grows, and may throw
   */
  constructor(inMemory: number, watch: (size: number) => void) {
    this.#inMemory = inMemory
    this.#watch = watch
  }

  get orphans(): readonly Orphan[] {
    return this.#orphans
  }

  /** Begins with these records. @returns those that are not there to be deleted */
  *begin({ model, ids, outcome, buried = false }: Start): Ask<readonly unknown[]> {
    const fate: Fate = { outcome, via: null, level: 0, step: 0, buried, deletion: null }
    const found = yield* this.#grow(model, new Map(ids.map((id) => [id, fate])), 0)
    return found.size === ids.length ? [] : ids.filter((id) => !found.has(id))
  }

  /** Follows the ties until nothing more is reached. */
  *follow(): Ask<void> {
    for (let step = 0; step < this.tally.steps; step++) {
      for (const { model } of this.tally.shelvesOf(step)) {
        const along = alongWith(model)
        if (along) yield* eachShelf(model, step, (fates) => this.#expand(fates, step, along))
      }
      yield* this.#take(step + 1)
    }
    this.#orphans = yield* staying(this.#orphans)
  }

  /** Looks at everything that goes along with records of a model. */
  *#expand(fates: Fates, step: number, along: Along): Ask<void> {
    for (const [outcome, ids] of idsByOutcome(fates)) {
      for (const edge of along.holders) {
        const effect = takesAlong(edge, outcome)
        if (effect === null) continue
        // A declared record in between is the entry of a list, and goes as one.
        const [over, tie] = edge.serves ? ([edge.serves, 'weak'] as const) : ([edge, edge.onDelete] as const)
        const fateFrom = fatesOver(over, tie, edge.to, { fates, outcome, step, effect })
        yield* eachPairs(edge.reverse, ids, (page) => this.#holders(edge, page, fateFrom))
      }
      for (const edge of along.targets) {
        const effect = edge.onHolderDelete!
        const fateFrom = fatesOver(edge, effect, edge.from, { fates, outcome, step, effect })
        yield* eachPairs(edge, ids, (page) => this.#targets(edge, page, fateFrom))
      }
    }
  }

  *#holders(edge: Edge, page: readonly StoredPair[], fateFrom: (id: unknown) => Reached): Ask<void> {
    let step = 0
    for (const { owner: target, target: holder } of page) {
      const fate = fateFrom(target)
      step = fate.step
      this.#reach(edge.from, holder, fate)
      const { outcome } = fate.via
      if (fate.outcome === 'strong' || outcome === 'soft') continue
      const child = { model: edge.from, id: holder }
      const kept: Tied = { edge, holder, target, outcome }
      this.#orphans.push({ child, parent: { model: edge.to, id: target }, kept })
    }
    yield* this.#takeMany(step)
  }

  *#targets(edge: Edge, page: readonly StoredPair[], fateFrom: (id: unknown) => Reached): Ask<void> {
    let step = 0
    for (const { owner: holder, target } of page) {
      const fate = fateFrom(holder)
      step = fate.step
      this.#reach(edge.to, target, fate)
      if (fate.outcome === 'strong' || fate.via.outcome === 'soft') continue
      const parent = { model: edge.from, id: holder }
      this.#orphans.push({ child: { model: edge.to, id: target }, parent, kept: null })
    }
    yield* this.#takeMany(step)
  }

  #reach(model: Model, id: unknown, fate: Fate): void {
    if (surpasses(fate, this.#next.get(model, id))) this.#next.set(model, id, fate)
  }

  *#takeMany(step: number): Ask<void> {
    if (this.#next.size >= this.#inMemory) yield* this.#take(step)
  }

  /** Takes over what was reached. */
  *#take(step: number): Ask<void> {
    const reached = this.#next
    this.#next = new ByRecord()
    for (const [model, candidates] of reached.models()) yield* this.#grow(model, candidates, step)
  }

  /** Takes over what grew. Records are locked before their holders are looked for (R30). */
  *#grow(model: Model, candidates: Fates, step: number): Ask<Fates> {
    const before = yield* known(model, [...candidates.keys()])
    const ids: unknown[] = []
    for (const [id, { outcome }] of candidates) if (outgrows(outcome, before.get(id)?.outcome)) ids.push(id)
    const grown = new Map<unknown, Fate>()
    for (const { id, deletion } of yield* records(model, ids, true)) {
      const fate = candidates.get(id)!
      if (deletion !== null) {
        if (!reachesBuried(fate)) continue
        this.deletions.add(deletion)
      }
      const own = before.get(id)
      grown.set(id, own || deletion !== null ? grownOf(fate, own, deletion, step) : fate)
    }
    for (const [id, fate] of grown) this.tally.count(model, fate, before.get(id))
    this.#watch(this.tally.size)
    if (grown.size > 0) yield { ask: 'settle', model, fates: grown, before }
    return grown
  }
}

/** Edges over which others go along with records of a model. */
interface Along {
  readonly holders: readonly Edge[]
  readonly targets: readonly Edge[]
}

function alongWith(model: Model): Along | null {
  const holders = model.inbound.filter((edge) => takesAlong(edge, 'soft') ?? takesAlong(edge, 'strong'))
  const targets = model.outbound.filter(({ onHolderDelete }) => onHolderDelete !== null)
  return holders.length + targets.length > 0 ? { holders, targets } : null
}

/** What is reached over a tie. */
type Reached = Fate & { readonly via: Via }

/** Where a tie is followed from. */
interface Source {
  readonly fates: Fates
  readonly outcome: Outcome
  readonly step: number
  /** what becomes of what is reached */
  readonly effect: Outcome
}

function takesAlong(edge: Edge, outcome: Outcome): Outcome | null {
  const effect = effectOnHolder(edge, outcome)
  return effect === 'strong' || effect === 'soft' ? effect : null
}

/** The way that led to a record in an earlier step stays its path, so that paths never go in circles. */
function grownOf(fate: Fate, before: Fate | undefined, deletion: string | null, step: number): Fate {
  const path = before && before.step < step ? before : fate
  return { ...path, outcome: fate.outcome, step, deletion }
}

/** Fates of what is reached over one edge: all that is reached from one record shares one, so that large closures stay small. */
function fatesOver(edge: Edge, tie: Tie, from: Model, { fates, outcome, step, effect }: Source) {
  const made = new Map<unknown, Reached>()
  return (id: unknown): Reached => {
    let fate = made.get(id)
    if (!fate) {
      const level = fates.get(id)!.level + 1
      const via = { edge, tie, from, id, outcome }
      fate = { outcome: effect, via, level, step: step + 1, buried: false, deletion: null }
      made.set(id, fate)
    }
    return fate
  }
}

/** Those who do not go for good themselves. */
function* staying(orphans: readonly Orphan[]): Ask<Orphan[]> {
  const left: Orphan[] = []
  for (const model of new Set(orphans.map(({ child }) => child.model))) {
    const own = orphans.filter(({ child }) => child.model === model)
    const fates = yield* known(model, [...new Set(own.map(({ child }) => child.id))])
    for (const orphan of own) if (fates.get(orphan.child.id)?.outcome !== 'strong') left.push(orphan)
  }
  return left
}
