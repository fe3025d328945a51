import { slot, within } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import { consequences } from '../../ties/consequences.js'
import { idOf } from '../links/id-of.js'
import { newObjectId } from '../write/new-id.js'
import type { Unit } from '../write/unit.js'
import { findings } from './answer.js'
import { bury } from './bury.js'
import { beforeDelete } from './delete-hooks.js'
import { cutEmbedded } from './embedded/embedded-cuts.js'
import { removeEntries } from './entries.js'
import { JournalWriter } from './journal/journal.js'
import { remember } from './journal/remember.js'
import type { HeldClosure } from './ledger/ledger.js'
import { idsThatGo } from './ledger/shelf-pages.js'
import { unsetReferences } from './unset.js'
import { WeakReferences } from './weak-references.js'

export interface Executed {
  /** id of the deletion */
  readonly deletion: string
  /** references unset and entries removed */
  readonly unlinked: number
  /** references and entries left to nothing */
  readonly dangling: number
}

/**
 * Carries out a closure that nothing blocks. References and entries go first, then records, those that hang below others before
 * them, so that no foreign key is in the way.
 */
export async function execute(unit: Unit, closure: HeldClosure): Promise<Executed> {
  const deletion = newObjectId()
  const dangling = await countDangling(unit, closure)
  const afterDelete = await beforeDelete(unit, closure)
  await remember(unit, closure, deletion)
  const unlinked = await unlink(unit, closure, deletion)
  const gone = idsThatGo(closure, 'strong', undefined, true)
  for await (const { model, ids } of gone) await removeRecords(unit, model, ids)
  for await (const { model, ids } of idsThatGo(closure, 'soft')) await bury(unit, model, ids, deletion)
  await afterDelete()
  return { deletion, unlinked, dangling }
}

async function countDangling(unit: Unit, closure: HeldClosure): Promise<number> {
  let count = 0
  for await (const tied of findings(unit, consequences(closure, 'dangling'), closure.ledger)) {
    count += tied.length
  }
  return count
}

async function unlink(unit: Unit, closure: HeldClosure, deletion: string): Promise<number> {
  const journal = new JournalWriter(unit, deletion)
  let unlinked = 0
  const references = new WeakReferences(unit, closure)
  for await (const tied of references.pages()) {
    await unsetReferences(unit, tied, journal)
    unlinked += tied.length
  }
  unlinked += await cutEmbedded(unit, closure, references.embedded, journal)
  unlinked += await removeEntries(unit, closure)
  await journal.flush()
  return unlinked
}

async function removeRecords(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  await unit.remove(`delete:remove:${model.name}`, () => ({ model, where: within(idOf(model), slot(0)) }), [
    ids,
  ])
}
