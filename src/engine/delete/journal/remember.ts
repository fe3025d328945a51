/** What a delete writes down so that soft deletes, this one and earlier ones, can be undone exactly (R26). */
import type { Edge, Model } from '../../../schema/graph.js'
import { ByRecord, type Named } from '../../../ties/by-record.js'
import type { Closure } from '../../../ties/closure.js'
import { type Lineage, newLineage, oldLineage } from '../../../ties/lineage.js'
import type { Heir } from '../../../ties/restoration.js'
import type { Unit } from '../../write/unit.js'
import { answer } from '../answer.js'
import { chunks } from '../chunks.js'
import { addDeletion, readRoots, rootsFrom, writeRoots } from './deletions.js'
import { idsThatGo } from '../ids-by-outcome.js'
import { entriesOf, forgetRecords, JournalWriter, removeEntriesOf, type StoredEntry } from './journal.js'

/** Runs while everything is still there. */
export async function remember(unit: Unit, closure: Closure, deletion: string): Promise<void> {
  if (unit.context.graph.system.size === 0) return
  await recordDeletion(unit, closure, deletion)
  for (const [earlier, gone] of byDeletion(closure)) await amend(unit, closure, earlier, gone)
  for (const [model, ids] of idsThatGo(closure.fates, 'strong')) {
    if (mayBeInJournal(model)) for (const chunk of chunks(ids)) await forgetRecords(unit, model, chunk)
  }
}

/** Writes down which records can be named to undo this one. */
async function recordDeletion(unit: Unit, closure: Closure, deletion: string): Promise<void> {
  const { fates } = closure
  if (idsThatGo(fates, 'soft').size === 0) return
  const { heirs, roots } = await answer(unit, newLineage(closure))
  const named: Named[] = [...roots]
  for (const [model, known] of fates.models()) {
    for (const [id, { outcome, via }] of known)
      if (via === null && outcome === 'soft') named.push({ model, id })
  }
  await addDeletion(unit, deletion, rootsFrom(named))
  await writeHeirs(unit, deletion, heirs)
}

/** Entries of kinship's earlier deletions about records that now go for good, and those that lay below them. */
async function amend(unit: Unit, closure: Closure, deletion: string, gone: ByRecord<true>): Promise<void> {
  const roots = await readRoots(unit, deletion)
  if (!roots) return
  const heirs: Heir[] = []
  for await (const entries of entriesOf(unit, deletion)) {
    for (const entry of entries) {
      if (entry.action === 'heir') heirs.push({ child: entry.record, causes: entry.targets })
    }
    await removeEntriesOf(
      unit,
      entries.filter((entry) => isLost(entry, gone)).map(({ row }) => row),
    )
  }
  const isRoot = ({ model, id }: Named): boolean => roots.get(model, id) ?? false
  const lineage: Lineage = await answer(unit, oldLineage(closure, deletion, { isRoot, heirs }))
  if (lineage.roots.length > 0) {
    for (const { model, id } of lineage.roots) roots.set(model, id, true)
    await writeRoots(unit, deletion, roots)
  }
  await writeHeirs(unit, deletion, lineage.heirs)
}

/** A reference to something that is gone cannot be put back, nor an element with one in it (R24). */
function isLost(entry: StoredEntry, gone: ByRecord<true>): boolean {
  return entry.action !== 'heir' && entry.targets.some(({ model, id }) => gone.get(model, id))
}

async function writeHeirs(unit: Unit, deletion: string, heirs: readonly Heir[]): Promise<void> {
  const journal = new JournalWriter(unit, deletion)
  for (const { child, causes } of heirs) await journal.add({ action: 'heir', record: child, targets: causes })
  await journal.flush()
}

function byDeletion({ exhumed }: Closure): Map<string, ByRecord<true>> {
  const found = new Map<string, ByRecord<true>>()
  for (const [model, known] of exhumed.models()) {
    for (const [id, deletion] of known) {
      const gone = found.get(deletion) ?? new ByRecord<true>()
      found.set(deletion, gone)
      gone.set(model, id, true)
    }
  }
  return found
}

/** Live records that lost a reference to something soft-deleted, and soft-deleted ones that inherited. */
const mayBeInJournal = (model: Model): boolean => model.softDelete || model.outbound.some(losesReferences)

const losesReferences = (edge: Edge): boolean =>
  edge.onDelete === 'weak' && (edge.embedded || !edge.many) && edge.to.softDelete
