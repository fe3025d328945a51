import { type ErrorId, fail } from '../../errors/index.js'
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { isScoped, visible } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { groupBy } from '../links/group-by.js'
import { idOf } from '../links/id-of.js'
import type { NamedTarget, NewRecord } from './input/draft.js'
import type { Unit } from './unit.js'

/**
 * Newly added targets must exist, be live and be within the caller's scope; they are locked until the
 * transaction ends (R15, R30). One statement for each model.
 *
 * @param created records of the same call, which may be named by the ids they are given
 * @throws KIN_TARGET_NOT_FOUND
 */
export async function checkTargets(
  unit: Unit,
  targets: readonly NamedTarget[],
  created: readonly NewRecord[],
): Promise<void> {
  const missing = await missingTargets(unit, targets, created)
  if (missing.length > 0) refuseTargets(missing)
}

/** Those of the targets that cannot be associated. */
export async function missingTargets(
  unit: Unit,
  targets: readonly NamedTarget[],
  created: readonly NewRecord[],
): Promise<NamedTarget[]> {
  const missing: NamedTarget[] = []
  const isCreated = createdAmong(created)
  for (const [model, group] of groupBy(targets, (target) => target.edge.to)) {
    const found = await visibleAmong(unit, model, [...new Set(group.map((target) => target.id))])
    if (found.size < group.length) {
      missing.push(...group.filter((target) => !found.has(target.id) && !isCreated(target)))
    }
  }
  return missing
}

/** Which of these ids the caller may see; the records are locked as targets of new references. */
export async function visibleAmong(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  deleted: 'exclude' | 'include' = 'exclude',
): Promise<ReadonlySet<unknown>> {
  if (ids.length === 0) return new Set()
  const { visibility } = unit.context
  const { rows } = await unit.read(
    `targets:${model.name}:${deleted}:${visibility.key}`,
    () => {
      const id = idOf(model)
      const named = within(id, slot(visibility.values.length))
      return plainRead(
        plainNode(model, [id], named, { scope: visible(visibility, model, deleted), lock: 'link' }),
      )
    },
    [...visibility.values, ids],
  )
  return new Set(rows.map((row) => row['id']))
}

/**
 * Tells ids that the caller may know of, soft-deleted ones too: what a record holds beyond that must look as if it were
 * not there (R35).
 */
export async function knownAmong(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
): Promise<(id: unknown) => boolean> {
  if (ids.length === 0 || !isScoped(unit.context.visibility, model)) return () => true
  const seen = await visibleAmong(unit, model, [...new Set(ids)], 'include')
  return (id) => seen.has(id)
}

/** Tells targets that the same call creates, under the ids they are given. */
function createdAmong(created: readonly NewRecord[]): (target: NamedTarget) => boolean {
  let ids: Map<Model, Set<unknown>> | null = null
  return ({ edge, id, stored }) => {
    if (stored) return false
    // Most calls name nothing that they create.
    if (!ids) {
      ids = new Map()
      for (const [model, own] of groupBy(created, (record) => record.shape.model)) {
        ids.set(model, new Set(own.filter((record) => !record.assigned).map((record) => record.id)))
      }
    }
    return ids.get(edge.to)?.has(id) ?? false
  }
}

/** @param missing one at least; the error tells those of the first one's association */
export function refuseTargets(missing: readonly NamedTarget[]): never {
  const [{ edge, path }] = missing as [NamedTarget]
  const own = missing.filter((target) => target.edge === edge)
  const ids = [...new Set(own.map(({ id }) => id as ErrorId))]
  return fail('KIN_TARGET_NOT_FOUND', {
    message: `There is no ${edge.to.name} with id ${ids.map((id) => JSON.stringify(id)).join(', ')} to be associated, or it is deleted.`,
    path,
    details: { association: edge.association, model: edge.to.name, ids },
  })
}
