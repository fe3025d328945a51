import { fail } from '../../errors/index.js'
import { both, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { callerScope } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { ByRecord } from '../../ties/by-record.js'
import type { Closure } from '../../ties/closure.js'
import { idOf } from '../links/id-of.js'
import type { Unit } from '../write/unit.js'
import { chunks } from './chunks.js'
import { lostEntries } from './entries.js'

/**
 * A scoped caller may delete only where everything that the delete meets is within its scope (R35): what goes, and the holders of
 * what is unset, removed, left dangling or in the way.
 *
 * @throws KIN_FORBIDDEN
 */
export async function requireClosureInScope(unit: Unit, closure: Closure): Promise<void> {
  const { scopes } = unit.context.visibility
  if (scopes.size === 0) return
  const met = new ByRecord<true>()
  for (const [model, fates] of closure.fates.models()) for (const id of fates.keys()) met.set(model, id, true)
  for (const { edge, holder } of [...closure.unset, ...closure.dangling, ...closure.blockers]) {
    met.set(edge.from, holder, true)
  }
  for await (const { edge, pairs } of lostEntries(unit, closure.fates)) {
    for (const { holder } of pairs) met.set(edge.from, holder, true)
  }
  for (const [model, ids] of met.models()) await requireIdsInScope(unit, model, [...ids.keys()], 'delete')
}

/** @throws KIN_FORBIDDEN where one of the records, deleted ones included, is outside of the caller's scope */
export async function requireIdsInScope(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  action: string,
): Promise<void> {
  const { visibility } = unit.context
  if (!visibility.scopes.has(model)) return
  for (const chunk of chunks(ids)) {
    const { rows } = await unit.read(
      `delete:scope:${model.name}:${visibility.key}`,
      () => {
        const id = idOf(model)
        const where = both(within(id, slot(visibility.values.length)), callerScope(visibility, model))
        return plainRead(plainNode(model, [id], where))
      },
      [...visibility.values, chunk],
    )
    if (rows.length === chunk.length) continue
    fail('KIN_FORBIDDEN', {
      message: `The ${action} would reach a ${model.name} that the caller may not see.`,
      details: { model: model.name, action },
    })
  }
}
