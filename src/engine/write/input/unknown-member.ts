import { nearest } from '../../../errors/index.js'
import type { Draft } from './draft.js'
import { memberAt } from './place.js'

/** Notes a name in the data that nothing answers to, with the nearest right ones. */
export function unknownMember(name: string, known: Iterable<string>, draft: Draft, place: string): void {
  const candidates = [...known]
  const near = nearest(name, candidates).map((word) => `"${word}"`)
  const guess =
    near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ` Known here: ${candidates.join(', ')}.`
  draft.refuse(memberAt(place, name), 'unknown', `There is no field "${name}".${guess}`)
}
