import { type ErrorId, fail } from '../../../errors/index.js'
import type { Model } from '../../../schema/graph.js'
import type { Named } from '../../../ties/by-record.js'
import { records } from '../../../ties/question.js'
import { type Heir, type Restoration, restorationOf } from '../../../ties/restoration.js'
import { rootsAbove } from '../../../ties/roots-above.js'
import type { RestoreReport } from '../../../types/reports.js'
import type { EngineContext } from '../../context.js'
import { checkOptions } from '../../write/check-options.js'
import { runPrepared } from '../../write/run-unit.js'
import type { Unit } from '../../write/unit.js'
import { answer } from '../answer.js'
import { unbury } from '../bury.js'
import { readId, refuseMissing, requireInSight } from '../choose-roots.js'
import { beforeRestore } from '../delete-hooks.js'
import { readRoots, removeDeletions, type Roots, writeRoots } from '../journal/deletions.js'
import { entriesOf } from '../journal/journal.js'
import { relink } from './relink.js'
import { countsByModel } from '../report/report.js'
import { requireIdsInScope } from '../require-within-scope.js'

export interface RestoreOptions {
  readonly signal?: AbortSignal | undefined
}

/** Undoes the deletion that soft-deleted a record, as far as it lies below that record (R26). */
export function restore(
  context: EngineContext,
  model: Model,
  id: unknown,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  return runPrepared(
    context,
    () => {
      checkOptions(options, ['signal'], 'restore')
      return { model, id: readId(model, id, 'id') }
    },
    restoreRoot,
    options,
  )
}

async function restoreRoot(unit: Unit, root: Named): Promise<RestoreReport> {
  await requireInSight(unit, root.model, [root.id])
  const [stored] = await answer(unit, records(root.model, [root.id], true))
  const { deletion } = stored ?? refuseMissing(root.model, [root.id])
  if (deletion === null) return refuse(root, 'it is not deleted')
  const roots = await readRoots(unit, deletion)
  const heirs = roots ? await heirsOf(unit, deletion) : []
  if (roots && !roots.get(root.model, root.id)) return refuseDependant(unit, root, deletion, roots, heirs)

  const restoration = await answer(unit, restorationOf(root, roots ? deletion : null, heirs))
  if (restoration.obstacle !== null) return refuse(root, restoration.obstacle)
  const { returning, skipped } = restoration
  for (const [model, ids] of returning) await requireIdsInScope(unit, model, ids, 'restore')
  const afterRestore = await beforeRestore(unit, returning)
  for (const [model, ids] of returning) await unbury(unit, model, ids)
  const links = roots ? await relink(unit, deletion, restoration) : { relinked: 0, notRelinked: 0 }
  if (roots) await forget(unit, deletion, roots, restoration)
  await afterRestore()
  const restored = countsByModel(returning)
  const left = countsByModel(skipped)
  return {
    deletion,
    restored: restored.counts,
    skipped: left.counts,
    ids: { restored: restored.ids, skipped: left.ids },
    ...links,
  }
}

async function heirsOf(unit: Unit, deletion: string): Promise<Heir[]> {
  const heirs: Heir[] = []
  for await (const entries of entriesOf(unit, deletion)) {
    for (const { action, record, targets } of entries) {
      if (action === 'heir') heirs.push({ child: record, causes: targets })
    }
  }
  return heirs
}

/** What is back cannot be restored again; what stays behind right below it can be named from now on. */
async function forget(
  unit: Unit,
  deletion: string,
  roots: Roots,
  { returning, freed }: Restoration,
): Promise<void> {
  for (const [model, ids] of returning) for (const id of ids) roots.delete(model, id)
  for (const { model, id } of freed) roots.set(model, id, true)
  if (roots.size === 0) await removeDeletions(unit, [deletion])
  else await writeRoots(unit, deletion, roots)
}

function refuse({ model, id }: Named, reason: string): never {
  return fail('KIN_RESTORE_REFUSED', {
    message: `The ${model.name} ${JSON.stringify(id)} cannot be restored: ${reason}.`,
    details: { model: model.name, id: id as ErrorId, reason },
  })
}

async function refuseDependant(
  unit: Unit,
  named: Named,
  deletion: string,
  roots: Roots,
  heirs: readonly Heir[],
): Promise<never> {
  const above = await answer(
    unit,
    rootsAbove(named, deletion, (root) => roots.get(root.model, root.id) ?? false, heirs),
  )
  const names = above.slice(0, 10).map(({ model, id }) => `${model.name} ${JSON.stringify(id)}`)
  return refuse(
    named,
    `it was deleted by a tie, and comes back with ${names.join(' or ') || 'what it was tied to'}`,
  )
}
