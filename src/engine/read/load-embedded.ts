import { chain } from '../maybe.js'
import { foundKeys, parentsOf, type Row } from './parents.js'
import type { Loader } from './prepared.js'
import { visitPlaces } from './visit-places.js'

/** Replaces ids inside embedded structures by the records they name, in place. */
export const loadEmbedded: Loader = (batch, result, run) => {
  const { child, at } = batch.plan
  const parents = parentsOf(result.rows, at)
  const ids = new Set<unknown>()
  visitPlaces(parents, child.path, (held) => {
    if (Array.isArray(held)) for (const id of held) ids.add(id)
    else ids.add(held)
    return held
  })
  ids.delete(null)
  ids.delete(undefined)
  if (ids.size === 0) {
    visitPlaces(parents, child.path, (held) => (Array.isArray(held) ? [] : null))
    return null
  }
  return chain(batch.step.compiled.run(run.session, run.values, [...ids]), (read) => {
    const keys = foundKeys(read, batch)
    const targets = new Map<unknown, Row>(read.rows.map((row, index) => [keys[index], row]))
    visitPlaces(parents, child.path, (held) =>
      Array.isArray(held) ? held.flatMap((id) => targets.get(id) ?? []) : (targets.get(held) ?? null),
    )
    return read
  })
}
