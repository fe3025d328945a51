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

/** Holders by association; each holder counts once, however many of its references are meant. */
export function blockersOf(blockers: readonly Tied[]): MetHolders[] {
  const met = new HoldersMet()
  const seen = new Map<string, Set<unknown>>()
  for (const { edge, holder } of blockers) {
    const known = seen.get(edge.association) ?? new Set()
    seen.set(edge.association, known)
    if (known.has(holder)) continue
    known.add(holder)
    met.add(edge.association, edge.from, holder)
  }
  return met.list
}
