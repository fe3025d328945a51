/** What weak ties take out of the records that stay: references that become null, elements that go (R17, R23). */
import type { Graph, Members } from './graph.js'
import { type Path, valueAt } from './references.js'
import { allReferences, type Closure, fateOf, isSame, type TiedReference } from './ties.js'
import { type Named, recordOf, type World } from './world.js'

export interface Cut {
  readonly holder: Named
  readonly path: Path
  readonly what: 'reference' | 'element'
  /** the deleted records that the reference, or those inside the element, name */
  readonly targets: readonly Named[]
}

/**
 * R17: an optional reference becomes null, a required one takes the nearest array element around it with it. What
 * lies inside an element that goes is no cut of its own.
 */
export function cutsOf(graph: Graph, world: World, closure: Closure): Cut[] {
  const references = weakReferences(graph, world, closure)
  const places = references.map(({ holder, path, optional }): Omit<Cut, 'targets'> =>
    optional ? { holder, path, what: 'reference' } : { holder, path: elementAround(path), what: 'element' },
  )
  const contains = (outer: Omit<Cut, 'targets'>, holder: Named, path: Path): boolean =>
    isSame(outer.holder, holder) && outer.path.every((part, index) => part === path[index])
  return places
    .filter(
      (place, index) =>
        !places.some(
          (other, at) =>
            contains(other, place.holder, place.path) &&
            (other.path.length < place.path.length || at < index),
        ),
    )
    .map((place) => ({
      ...place,
      targets: references
        .filter(({ holder, path }) => contains(place, holder, path))
        .map(({ target }) => target),
    }))
}

/**
 * A hard delete of the target reaches every holder that stays, a soft-deleted one too (R24); a soft delete reaches
 * live holders that stay live (R23).
 */
function weakReferences(graph: Graph, world: World, closure: Closure): TiedReference[] {
  return allReferences(graph, world).filter(({ tie, target, holder }) => {
    if (tie !== 'weak') return false
    const fate = fateOf(closure, target)
    const ofHolder = fateOf(closure, holder)
    if (fate === 'hard') return ofHolder !== 'hard'
    return (
      fate === 'soft' &&
      ofHolder === undefined &&
      recordOf(world, holder.model, holder.id)?.deletedAt === null
    )
  })
}

/** The path of the nearest array element around a reference. */
function elementAround(path: Path): Path {
  return path.slice(0, path.findLastIndex((part) => typeof part === 'number') + 1)
}

/** Makes the cuts; what can come back, because none of its targets is gone for good, is kept for `restore`. */
export function makeCuts(world: World, closure: Closure, deletion: string, cuts: readonly Cut[]): void {
  // Backwards, so that the indexes of earlier elements still hold.
  for (const { holder, path, what, targets } of cuts.toReversed()) {
    const values = recordOf(world, holder.model, holder.id)?.values
    const parent = valueAt(values, path.slice(0, -1))
    const last = path.at(-1)
    const value: unknown = structuredClone(valueAt(values, path))
    if (targets.every((target) => fateOf(closure, target) === 'soft')) {
      world.unset.push({ deletion, holder, path, value, what, targets })
    }
    if (what === 'reference') (parent as Members)[last as string] = null
    else (parent as unknown[]).splice(last as number, 1)
  }
}
