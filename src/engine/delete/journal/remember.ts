/** What a delete writes down so that soft deletes, this one and earlier ones, can be undone exactly (R26). */
import type { Edge, Model } from '../../../schema/graph.js'
import { ByRecord, type Named } from '../../../ties/by-record.js'
import { type Lineage, newLineage, oldLineage } from '../../../ties/lineage.js'
import type { Heir } from '../../../ties/restoration.js'
import { groupBy } from '../../links/group-by.js'
import type { Unit } from '../../write/unit.js'
import { answer } from '../answer.js'
import { addDeletion, readRoots, rootsFrom, writeRoots } from './deletions.js'
import type { HeldClosure } from '../ledger/ledger.js'
import { idsThatGo, shelfPages } from '../ledger/shelf-pages.js'
import { entriesOf, forgetRecords, JournalWriter, removeEntriesOf, type StoredEntry } from './journal.js'

/** Runs while everything is still there. */
export async function remember(unit: Unit, closure: HeldClosure, deletion: string): Promise<void> {
  if (unit.context.graph.system.size === 0) return
  if (closure.tally.of('soft').size > 0) await recordDeletion(unit, closure, deletion)
  for (const earlier of closure.deletions) await amend(unit, closure, earlier)
  for await (const { model, ids } of idsThatGo(closure, 'strong', mayBeInJournal)) {
    await forgetRecords(unit, model, ids)
  }
}

/** Writes down which records can be named to undo this one. */
async function recordDeletion(unit: Unit, closure: HeldClosure, deletion: string): Promise<void> {
  const { heirs, roots } = await answer(unit, newLineage(closure), closure.ledger)
  const named: Named[] = [...roots]
  // What the caller named is there before the first step.
  for await (const { model, fates } of shelfPages(closure, ({ step }) => step === 0)) {
    for (const [id, { outcome }] of fates) if (outcome === 'soft') named.push({ model, id })
  }
  await addDeletion(unit, deletion, rootsFrom(named))
  await writeHeirs(unit, deletion, heirs)
}

/** Entries of kinship's earlier deletions about records that now go for good, and those that lay below them. */
async function amend(unit: Unit, closure: HeldClosure, deletion: string): Promise<void> {
  const roots = await readRoots(unit, deletion)
  if (!roots) return
  const heirs: Heir[] = []
  for await (const entries of entriesOf(unit, deletion)) {
    for (const entry of entries) {
      if (entry.action === 'heir') heirs.push({ child: entry.record, causes: entry.targets })
    }
    await removeEntriesOf(
      unit,
      (await lostAmong(entries, closure, deletion)).map(({ row }) => row),
    )
  }
  const isRoot = ({ model, id }: Named): boolean => roots.get(model, id) ?? false
  const lineage: Lineage = await answer(
    unit,
    oldLineage(closure, deletion, { isRoot, heirs }),
    closure.ledger,
  )
  if (lineage.roots.length > 0) {
    for (const { model, id } of lineage.roots) roots.set(model, id, true)
    await writeRoots(unit, deletion, roots)
  }
  await writeHeirs(unit, deletion, lineage.heirs)
}

/** A reference to something that is gone cannot be put back, nor an element with one in it (R24). */
async function lostAmong(
  entries: readonly StoredEntry[],
  { ledger }: HeldClosure,
  deletion: string,
): Promise<readonly StoredEntry[]> {
  const due = entries.filter(({ action }) => action !== 'heir')
  const gone = new ByRecord<true>()
  const targets = due.flatMap((entry) => entry.targets)
  for (const [model, own] of groupBy(targets, (target) => target.model)) {
    const ids = new Set(own.map(({ id }) => id))
    const fates = await ledger.known(model, [...ids])
    for (const id of ids) if (fates.get(id)?.deletion === deletion) gone.set(model, id, true)
  }
  return due.filter((entry) => entry.targets.some(({ model, id }) => gone.get(model, id)))
}

async function writeHeirs(unit: Unit, deletion: string, heirs: readonly Heir[]): Promise<void> {
  const journal = new JournalWriter(unit, deletion)
  for (const { child, causes } of heirs) await journal.add({ action: 'heir', record: child, targets: causes })
  await journal.flush()
}

/** Live records that lost a reference to something soft-deleted, and soft-deleted ones that inherited. */
const mayBeInJournal = (model: Model): boolean => model.softDelete || model.outbound.some(losesReferences)

const losesReferences = (edge: Edge): boolean =>
  edge.onDelete === 'weak' && (edge.embedded || !edge.many) && edge.to.softDelete
