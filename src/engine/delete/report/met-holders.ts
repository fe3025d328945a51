import type { Model } from '../../../schema/graph.js'
import type { Tied } from '../../../ties/fate.js'
import type { MetHolders } from '../../../types/reports.js'
import { LISTED } from './report.js'

interface Gathering {
  readonly association: string
  readonly model: string
  count: number
  readonly ids: Set<string | number>
}

/** Gathers holders by the association over which they are met. */
export class HoldersMet {
  readonly #gathered = new Map<string, Gathering>()

  /** A holder that is met twice counts twice, and is listed once. */
  add(association: string, model: Model, holder: unknown): void {
    let own = this.#gathered.get(association)
    if (!own) {
      own = { association, model: model.name, count: 0, ids: new Set() }
      this.#gathered.set(association, own)
    }
    own.count++
    if (own.ids.size < LISTED) own.ids.add(holder as string | number)
  }

  get list(): MetHolders[] {
    return [...this.#gathered.values()].map(({ ids, ...own }) => ({ ...own, ids: [...ids] }))
  }
}

/** Gathers those that stand in the way; each counts once, however many of its references are meant. */
export class BlockersMet {
  readonly #met = new HoldersMet()
  readonly #seen = new Map<string, Set<unknown>>()

  /** @returns those that were not met before */
  add(tied: readonly Tied[]): readonly Tied[] {
    const fresh = tied.filter((one) => this.#isFresh(one))
    for (const { edge, holder } of fresh) this.#met.add(edge.association, edge.from, holder)
    return fresh
  }

  get list(): MetHolders[] {
    return this.#met.list
  }

  #isFresh({ edge, holder }: Tied): boolean {
    // A reference names one target, so its holder is met once: of such there may be very many, and none need be remembered.
    if (!edge.many && !edge.embedded) return true
    const seen = this.#seen.get(edge.association) ?? new Set()
    this.#seen.set(edge.association, seen)
    if (seen.has(holder)) return false
    seen.add(holder)
    return true
  }
}
