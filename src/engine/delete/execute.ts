import { slot, within } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import type { Closure } from '../../ties/closure.js'
import { idOf } from '../links/id-of.js'
import { newObjectId } from '../write/new-id.js'
import type { Unit } from '../write/unit.js'
import { bury } from './bury.js'
import { chunks } from './chunks.js'
import { beforeDelete } from './delete-hooks.js'
import { cutEmbedded } from './embedded/embedded-cuts.js'
import { removeEntries } from './entries.js'
import { idsThatGo, strongDeepestFirst } from './ids-by-outcome.js'
import { JournalWriter } from './journal/journal.js'
import { remember } from './journal/remember.js'
import { unsetReferences } from './unset.js'

export interface Executed {
  /** id of the deletion */
  readonly deletion: string
  /** references unset and entries removed */
  readonly unlinked: number
}

/**
 * Carries out a closure that nothing blocks. References and entries go first, then records, those that hang below others before
 * them, so that no foreign key is in the way.
 */
export async function execute(unit: Unit, closure: Closure): Promise<Executed> {
  const { fates } = closure
  const deletion = newObjectId()
  const afterDelete = await beforeDelete(unit, fates)
  await remember(unit, closure, deletion)
  const journal = new JournalWriter(unit, deletion)
  let unlinked = await unsetReferences(unit, closure, journal)
  unlinked += await cutEmbedded(unit, closure, journal)
  unlinked += await removeEntries(unit, fates)
  await journal.flush()
  for (const [model, ids] of strongDeepestFirst(fates)) await removeRecords(unit, model, ids)
  for (const [model, ids] of idsThatGo(fates, 'soft')) await bury(unit, model, ids, deletion)
  await afterDelete()
  return { deletion, unlinked }
}

async function removeRecords(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  for (const chunk of chunks(ids)) {
    await unit.remove(`delete:remove:${model.name}`, () => ({ model, where: within(idOf(model), slot(0)) }), [
      chunk,
    ])
  }
}
