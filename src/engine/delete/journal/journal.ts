/** The journal of soft deletes: what a restore has to know besides what the records say themselves. */
import { allOf } from '../../../plan/combine.js'
import { compare, equals, plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Field, Model } from '../../../schema/graph.js'
import type { Named } from '../../../ties/by-record.js'
import type { Place } from '../../../ties/references.js'
import { newObjectId } from '../../write/new-id.js'
import type { Unit } from '../../write/unit.js'
import { idFromText } from '../../links/id-of.js'
import { fieldAtPlace } from '../embedded/field-at-place.js'
import { fromJournal, toJournal } from './journal-value.js'

/** Something taken out of a record that stayed live. */
export interface TakenOut {
  readonly action: 'unset' | 'removed'
  readonly record: Named
  readonly place: Place
  readonly value: unknown
  /** the deleted records that it named */
  readonly targets: readonly Named[]
}

/** A soft-deleted record and what it lies below, because what lay between is gone for good. */
export interface Inherited {
  readonly action: 'heir'
  readonly record: Named
  readonly targets: readonly Named[]
}

export type Entry = TakenOut | Inherited
/** An entry that was read, with the id of its row. */
export type StoredEntry = Entry & { readonly row: unknown }

const BATCH = 1_000

const journalOf = ({ context }: Unit): Model => context.graph.system.get('kinship_journal')!
const fieldsOf = new WeakMap<Model, readonly Field[]>()

function journalFields(journal: Model): readonly Field[] {
  let fields = fieldsOf.get(journal)
  if (!fields) fieldsOf.set(journal, (fields = [...journal.fields.values()]))
  return fields
}

/** Writes entries of one deletion in the order they are added. */
export class JournalWriter {
  readonly #unit: Unit
  readonly #deletion: string
  #rows: unknown[][] = []

  constructor(unit: Unit, deletion: string) {
    this.#unit = unit
    this.#deletion = deletion
  }

  async add(entry: Entry): Promise<void> {
    const { record, targets, action } = entry
    const taken = entry.action === 'heir' ? null : entry
    this.#rows.push([
      // They ascend, which is what keeps the order.
      newObjectId(),
      this.#deletion,
      action,
      record.model.name,
      String(record.id),
      taken && taken.place,
      taken && toJournal(fieldAtPlace(record.model, taken.place), taken.value),
      targets.map(({ model, id }) => [model.name, id]),
    ])
    if (this.#rows.length >= BATCH) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#rows.length === 0) return
    const journal = journalOf(this.#unit)
    await this.#unit.insert(journal, journalFields(journal), this.#rows)
    this.#rows = []
  }
}

/** An id like every other, because a store may keep ids in a type of their own. */
const BEFORE_ALL = '0'.repeat(24)

/** The entries of a deletion, in order, a statement for each batch. Those that were read may be removed on the way. */
export async function* entriesOf(unit: Unit, deletion: string): AsyncGenerator<readonly StoredEntry[]> {
  let after = BEFORE_ALL
  for (;;) {
    const { rows } = await unit.read(
      'journal:entries',
      () => {
        const journal = journalOf(unit)
        const id = journal.id!
        const following = allOf(equals(journal.fields.get('deletion')!, slot(0)), compare(id, 'gt', slot(1)))
        return plainRead(
          plainNode(journal, journalFields(journal), following, {
            order: [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: id } }],
            limit: { fixed: BATCH },
          }),
        )
      },
      [deletion, after],
    )
    if (rows.length > 0) yield rows.flatMap((row) => entryOf(unit, row) ?? [])
    if (rows.length < BATCH) return
    after = rows.at(-1)!['id'] as string
  }
}

/** Null where the row speaks of a model that the graph does not have any more. */
function entryOf(unit: Unit, row: Record<string, unknown>): StoredEntry | null {
  const { models } = unit.context.graph
  const model = models.get(row['model'] as string)
  if (!model) return null
  const targets = (row['targets'] as [string, unknown][]).flatMap(([name, id]) => {
    const target = models.get(name)
    return target ? [{ model: target, id }] : []
  })
  const record = { model, id: idFromText(model, row['record'] as string) }
  const stored = { row: row['id'], record, targets }
  const action = row['action'] as Entry['action']
  if (action === 'heir') return { ...stored, action }
  const place = row['place'] as Place
  const field = fieldAtPlace(model, place)
  return { ...stored, action, place, value: fromJournal(field, row['value']) }
}

export async function removeEntriesOf(unit: Unit, rows: readonly unknown[]): Promise<void> {
  if (rows.length === 0) return
  const journal = journalOf(unit)
  await unit.remove('journal:remove', () => ({ model: journal, where: within(journal.id!, slot(0)) }), [rows])
}

/** Removes what is written down about records that are gone for good. */
export async function forgetRecords(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  const journal = journalOf(unit)
  await unit.remove(
    'journal:forget-records',
    () => {
      const [of, record] = [journal.fields.get('model')!, journal.fields.get('record')!]
      return { model: journal, where: allOf(within(record, slot(0)), equals(of, slot(1))) }
    },
    [ids.map(String), model.name],
  )
}

export async function removeJournals(unit: Unit, deletions: readonly string[]): Promise<void> {
  if (deletions.length === 0) return
  const journal = journalOf(unit)
  await unit.remove(
    'journal:remove-all',
    () => ({ model: journal, where: within(journal.fields.get('deletion')!, slot(0)) }),
    [deletions],
  )
}
