import type { Model } from '../../../schema/graph.js'
import type { Fates, Outcome } from '../../../ties/fate.js'
import type { Shelf } from '../../../ties/tally.js'
import type { HeldClosure } from './ledger.js'

export interface ShelfPage {
  readonly model: Model
  readonly fates: Fates
}

/** The records of a closure, step by step, in pages; of the shelves that are wanted. */
export async function* shelfPages(
  { ledger, tally }: HeldClosure,
  wanted: (shelf: Shelf) => boolean = () => true,
  deepestFirst = false,
): AsyncGenerator<ShelfPage> {
  const shelves = [...tally.shelves()].filter(wanted)
  for (const { step, model } of deepestFirst ? shelves.reverse() : shelves) {
    let after: unknown = null
    do {
      const page = await ledger.shelf(model, step, after)
      if (page.fates.size > 0) yield { model, fates: page.fates }
      after = page.next
    } while (after !== null)
  }
}

/** The records that go in one way, of the models that are wanted. */
export async function* idsThatGo(
  closure: HeldClosure,
  outcome: Outcome,
  wanted: (model: Model) => boolean = () => true,
  deepestFirst = false,
): AsyncGenerator<{ readonly model: Model; readonly ids: readonly unknown[] }> {
  const going = ({ model, counts }: Shelf): boolean => counts[outcome] > 0 && wanted(model)
  for await (const { model, fates } of shelfPages(closure, going, deepestFirst)) {
    const ids: unknown[] = []
    for (const [id, fate] of fates) if (fate.outcome === outcome) ids.push(id)
    if (ids.length > 0) yield { model, ids }
  }
}
