/** Putting back what was taken out of live records for the sake of records that return (R26). */
import { ByRecord } from '../../../ties/by-record.js'
import type { Restoration } from '../../../ties/restoration.js'
import { groupBy } from '../../links/group-by.js'
import type { Unit } from '../../write/unit.js'
import { entriesOf, removeEntriesOf, type StoredEntry } from '../journal/journal.js'
import { liveAmong } from './live-among.js'
import { type Due, putBackInto } from './put-back.js'

export interface Relinked {
  readonly relinked: number
  /** their place is gone or taken by now */
  readonly notRelinked: number
}

/** Runs when the records are back. */
export async function relink(
  unit: Unit,
  deletion: string,
  { returning }: Pick<Restoration, 'returning'>,
): Promise<Relinked> {
  const returned = new ByRecord<true>()
  for (const [model, ids] of returning) for (const id of ids) returned.set(model, id, true)
  let relinked = 0
  let all = 0
  for await (const entries of entriesOf(unit, deletion)) {
    const due = await dueAmong(unit, entries, returned)
    for (const [model, own] of groupBy(due, ({ record }) => record.model)) {
      relinked += await putBackInto(unit, model, own)
    }
    await removeEntriesOf(
      unit,
      due.map(({ row }) => row),
    )
    all += due.length
  }
  return { relinked, notRelinked: all - relinked }
}

/** Entries of which something that they name has returned, and everything is live again. */
async function dueAmong(
  unit: Unit,
  entries: readonly StoredEntry[],
  returned: ByRecord<true>,
): Promise<Due[]> {
  const touched = entries.filter(
    (entry): entry is Due =>
      entry.action !== 'heir' && entry.targets.some(({ model, id }) => returned.get(model, id)),
  )
  const named = new ByRecord<true>()
  for (const { targets } of touched) for (const { model, id } of targets) named.set(model, id, true)
  const live = await liveAmong(unit, named)
  return touched.filter(({ targets }) => targets.every(({ model, id }) => live.get(model, id)))
}
