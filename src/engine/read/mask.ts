import { fail } from '../../errors/index.js'
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import type { Mask } from '../../plan/masks.js'
import { callerScope } from '../../plan/visibility.js'
import type { EngineContext } from '../context.js'
import { chain, type Maybe } from '../maybe.js'
import type { Row } from './parents.js'
import type { PreparedMask, Run } from './prepared.js'
import { visitPlaces } from './visit-places.js'

/** A mask's statement takes the scope's values, and then the ids. */
export function prepareMasks({ store, visibility }: EngineContext, masks: readonly Mask[]): PreparedMask[] {
  return masks.map(({ model, paths }) => {
    const { id } = model
    if (!id) return fail('KIN_INTERNAL', { message: `Records of "${model.name}" have no id to be shown.` })
    // Soft-deleted targets keep their raw ids in view (R20); only the caller's own scope hides them.
    const scope = callerScope(visibility, model)
    const node = plainNode(model, [id], within(id, slot(visibility.values.length)), { scope })
    const visibleIds = store.compileRead(plainRead(node))
    return { paths, visibleIds, idName: id.name }
  })
}

/** Takes ids that the caller may not see out of the records (R35): a to-one reads null, lists leave them out. */
export function maskRows(
  masks: readonly PreparedMask[],
  rows: readonly Row[],
  scopeValues: readonly unknown[],
  run: Run,
): Maybe<readonly Row[]> {
  let done: Maybe<readonly Row[]> = rows
  for (const mask of masks) done = chain(done, () => maskModel(mask, rows, scopeValues, run))
  return done
}

function maskModel(
  { paths, visibleIds, idName }: PreparedMask,
  rows: readonly Row[],
  scopeValues: readonly unknown[],
  run: Run,
): Maybe<readonly Row[]> {
  const ids = new Set<unknown>()
  for (const path of paths) {
    visitPlaces(rows, path, (held) => {
      for (const entry of Array.isArray(held) ? held : [held]) ids.add(idOf(entry))
      return held
    })
  }
  ids.delete(null)
  if (ids.size === 0) return rows
  return chain(visibleIds.run(run.session, [...scopeValues, [...ids]], []), (found) => {
    const visible = new Set(found.rows.map((row) => row[idName]))
    for (const path of paths) {
      visitPlaces(rows, path, (held) => {
        if (Array.isArray(held)) return held.filter((entry) => visible.has(idOf(entry)))
        return visible.has(held) ? held : null
      })
    }
    return rows
  })
}

/** Entries of a list are ids, or ids with the payload of their pairing. */
function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? ((entry as Row)['id'] ?? null) : entry
}
