/** Carrying out weak ties of references inside embedded structures (R17). */
import { plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Edge, Field, Model } from '../../../schema/graph.js'
import { type Cut, cutsIn, withoutCuts } from '../../../ties/cuts.js'
import type { Tied } from '../../../ties/fate.js'
import { fieldsAround, type Row } from '../../../ties/references.js'
import { groupBy } from '../../links/group-by.js'
import { idOf } from '../../links/id-of.js'
import { touch } from '../../write/touch.js'
import type { Unit } from '../../write/unit.js'
import { ByRecord, type Named } from '../../../ties/by-record.js'
import { chunks } from '../../../ties/chunks.js'
import { cutChange } from './cut-change.js'
import type { JournalWriter } from '../journal/journal.js'
import type { HeldClosure, Ledger } from '../ledger/ledger.js'
import { writeFields } from './write-fields.js'

export interface CutRecords {
  readonly model: Model
  readonly fields: readonly Field[]
  readonly tied: readonly Tied[]
  readonly records: readonly { readonly id: unknown; readonly row: Row; readonly cuts: readonly Cut[] }[]
}

/** The records that lose embedded references or elements, and what, a statement for each chunk. */
export async function* embeddedCuts(unit: Unit, references: readonly Tied[]): AsyncGenerator<CutRecords> {
  for (const [model, own] of groupBy(references, ({ edge }) => edge.from)) {
    const fields = fieldsAround(model, new Set(own.map(({ edge }) => edge)))
    for (const holders of chunks(groupBy(own, ({ holder }) => holder))) {
      const wanted = new Map(holders.map(([id, tied]) => [id, cutBy(tied)]))
      const { rows } = await unit.read(
        `delete:cut:${model.name}:${fields.map(({ name }) => name).join()}`,
        () => plainRead(plainNode(model, [idOf(model), ...fields], within(idOf(model), slot(0)))),
        [[...wanted.keys()]],
      )
      yield {
        model,
        fields,
        tied: holders.flatMap(([, tied]) => tied),
        records: rows.map(({ id, ...row }) => ({ id, row, cuts: cutsIn(fields, row, wanted.get(id)!) })),
      }
    }
  }
}

function cutBy(tied: readonly Tied[]): (edge: Edge, target: unknown) => boolean {
  return (edge, target) => tied.some((own) => own.edge === edge && own.target === target)
}

/** @returns how many references were unset and elements removed */
export async function cutEmbedded(
  unit: Unit,
  { ledger }: HeldClosure,
  references: readonly Tied[],
  journal: JournalWriter,
): Promise<number> {
  let count = 0
  for await (const chunk of embeddedCuts(unit, references)) {
    await writeCuts(unit, chunk)
    await touch(
      unit,
      chunk.model,
      chunk.records.map(({ id }) => id),
    )
    const gone = await goneForGood(ledger, chunk)
    for (const { id, cuts } of chunk.records) {
      count += cuts.length
      for (const cut of cuts) await writeDown(journal, gone, { model: chunk.model, id }, cut)
    }
  }
  return count
}

/** Those of the targets that go for good: what named them cannot come back. */
async function goneForGood(ledger: Ledger, { records }: CutRecords): Promise<ByRecord<true>> {
  const gone = new ByRecord<true>()
  const targets = records.flatMap(({ cuts }) => cuts.flatMap((cut) => cut.targets))
  for (const [model, own] of groupBy(targets, (target) => target.model)) {
    const ids = new Set(own.map(({ id }) => id))
    const fates = await ledger.known(model, [...ids])
    for (const id of ids) if (fates.get(id)?.outcome === 'strong') gone.set(model, id, true)
  }
  return gone
}

/** In a statement for each edge where the store can change such a place of many records at once, else record by record. */
async function writeCuts(unit: Unit, { model, fields, tied, records }: CutRecords): Promise<void> {
  const edges = groupBy(tied, ({ edge }) => edge)
  if ([...edges.keys()].every((edge) => cutChange(edge) !== null)) {
    for (const [edge, own] of edges) {
      // Soft-deleted holders lose what goes for good, and live ones what is soft-deleted as well.
      for (const same of groupBy(own, ({ outcome }) => outcome).values()) {
        await unit.write(
          `delete:cut:${edge.association}`,
          () => ({ model, where: within(idOf(model), slot(0)), changes: [cutChange(edge)!] }),
          [same.map(({ holder }) => holder), [...new Set(same.map(({ target }) => target))]],
        )
      }
    }
    return
  }
  for (const { id, row, cuts } of records)
    await writeFields(unit, model, fields, [id], withoutCuts(row, cuts))
}

async function writeDown(
  journal: JournalWriter,
  gone: ByRecord<true>,
  record: Named,
  { place, value, targets, what }: Cut,
): Promise<void> {
  if (targets.some(({ model, id }) => gone.get(model, id))) return
  const action = what === 'reference' ? 'unset' : 'removed'
  await journal.add({ action, record, place, value, targets })
}
