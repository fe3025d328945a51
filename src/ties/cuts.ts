/** What a weak tie takes out of embedded structures (R17), as changes to plain values: nothing here knows a database. */
import type { Edge, Field, Model } from '../schema/graph.js'
import { isInside, type Place, type Reference, referencesIn, type Row, valueAt } from './references.js'

/** Something taken out of a record that stays. */
export interface Cut {
  readonly place: Place
  /** a reference becomes null; an element is removed from its array */
  readonly what: 'reference' | 'element'
  /** what stood there */
  readonly value: unknown
  /** the deleted records that the reference, or those inside the element, name */
  readonly targets: readonly { readonly model: Model; readonly id: unknown }[]
}

/**
 * What goes from these fields of a record: an optional reference becomes null, a required one takes the nearest array element
 * around it along. What lies inside an element that goes is no cut of its own.
 */
export function cutsIn(
  fields: Iterable<Field>,
  row: Row,
  isCut: (edge: Edge, target: unknown) => boolean,
): Cut[] {
  const references = referencesIn(fields, row).filter(({ edge, target }) => isCut(edge, target))
  const places = references.map(placeOf)
  const outermost = places.filter(
    (place, index) =>
      !places.some((other, at) => isInside(place, other) && (other.length < place.length || at < index)),
  )
  return outermost.map((place) => {
    const inside = references.filter((reference) => isInside(reference.place, place))
    const what = inside[0]!.optional && inside[0]!.place.length === place.length ? 'reference' : 'element'
    const targets = inside.map(({ edge, target }) => ({ model: edge.to, id: target }))
    return { place, what, value: valueAt(row, place), targets }
  })
}

const placeOf = ({ place, optional }: Reference): Place =>
  optional ? place : place.slice(0, place.findLastIndex((part) => typeof part === 'number') + 1)

/** The record without what is cut; `cuts` in the order of the record. */
export function withoutCuts(row: Row, cuts: readonly Cut[]): Record<string, unknown> {
  const changed = structuredClone(row) as Record<string, unknown>
  // Backwards, so that the indexes of earlier elements still hold.
  for (const { place, what } of cuts.toReversed()) {
    if (what === 'reference') unset(changed, place)
    else (valueAt(changed, place.slice(0, -1)) as unknown[]).splice(place.at(-1) as number, 1)
  }
  return changed
}

/**
 * Puts back what was cut where the record still has the place for it: a reference where it is null, an element into its array,
 * as near to its old index as the array is long.
 *
 * @returns whether it had; otherwise `row` is as before
 */
export function putBack(
  row: Record<string, unknown>,
  { place, what, value }: Pick<Cut, 'place' | 'what' | 'value'>,
): boolean {
  const around = valueAt(row, place.slice(0, -1))
  const last = place.at(-1)!
  if (what === 'element') {
    if (!Array.isArray(around)) return false
    around.splice(Math.min(last as number, around.length), 0, structuredClone(value))
    return true
  }
  if (typeof around !== 'object' || around === null || valueAt(around, [last]) !== null) return false
  ;(around as Record<string | number, unknown>)[last] = value
  return true
}

/** Unsets a reference again that was put back. */
export function unset(row: Record<string, unknown>, place: Place): void {
  const around = valueAt(row, place.slice(0, -1)) as Record<string | number, unknown>
  around[place.at(-1)!] = null
}
