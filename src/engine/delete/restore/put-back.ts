import { plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Field, Model, Unique } from '../../../schema/graph.js'
import { ByRecord } from '../../../ties/by-record.js'
import { putBack, unset } from '../../../ties/cuts.js'
import { type Place, referencesInside } from '../../../ties/references.js'
import { groupBy } from '../../links/group-by.js'
import { idOf } from '../../links/id-of.js'
import { keptIn } from '../../links/own-key.js'
import { mirroredBy, reflectFields } from '../../links/reflect.js'
import { fieldOfSystem } from '../../write/system-fields.js'
import { touch } from '../../write/touch.js'
import type { Unit } from '../../write/unit.js'
import { fieldAtPlace } from '../embedded/field-at-place.js'
import type { StoredEntry, TakenOut } from '../journal/journal.js'
import { toJournal } from '../journal/journal-value.js'
import { liveAmong } from './live-among.js'
import { requireIdsInScope } from '../require-within-scope.js'
import { uniqueFields, uniqueKey, valuesInUse } from './taken.js'
import { writeFields } from '../embedded/write-fields.js'

/** An entry whose targets are all live again. */
export type Due = TakenOut & StoredEntry

type Row = Record<string, unknown>

/** A record while things are put back into it. */
interface Holder {
  readonly id: unknown
  readonly row: Row
  readonly changed: Set<Field>
}

/** Puts back what was taken out of records of one model, in the order in which it stood. @returns how much found its place */
export async function putBackInto(unit: Unit, model: Model, due: readonly Due[]): Promise<number> {
  const holders = await readHolders(unit, model, due)
  const broken = await brokenAmong(unit, due)
  const isTaken = await uniqueGuard(unit, model, holders, due)
  let count = 0
  for (const entry of due) {
    const holder = holders.get(entry.record.id)
    if (!holder || broken.has(entry)) continue
    const what = entry.action === 'unset' ? 'reference' : 'element'
    if (!putBack(holder.row, { ...entry, what })) continue
    if (what === 'reference' && isTaken(holder.row, entry.place)) {
      unset(holder.row, entry.place)
      continue
    }
    holder.changed.add(model.fields.get(entry.place[0] as string)!)
    count++
  }
  await writeHolders(
    unit,
    model,
    [...holders.values()].filter(({ changed }) => changed.size > 0),
  )
  return count
}

async function readHolders(unit: Unit, model: Model, due: readonly Due[]): Promise<Map<unknown, Holder>> {
  const deletedAt = fieldOfSystem(model, 'deletedAt')
  const fields = new Set([
    ...uniqueFields(model),
    ...(deletedAt ? [deletedAt] : []),
    ...due.map(({ place }) => model.fields.get(place[0] as string)!),
  ])
  const { rows } = await unit.read(
    `restore:holders:${model.name}:${[...fields].map(({ name }) => name).join()}`,
    () => plainRead(plainNode(model, [...fields], within(model.id!, slot(0)))),
    [[...new Set(due.map(({ record }) => record.id))]],
  )
  return new Map(rows.map((row) => [row['id'], { id: row['id'], row, changed: new Set<Field>() }]))
}

/** Elements that would bring along a reference to something else that is deleted by now. */
async function brokenAmong(unit: Unit, due: readonly Due[]): Promise<ReadonlySet<Due>> {
  const inside = due
    .filter(({ action }) => action === 'removed')
    .map((entry) => {
      const field = fieldAtPlace(entry.record.model, entry.place)
      const references = referencesInside(field, entry.value, entry.place)
      return { entry, references: references.filter(({ edge }) => edge.onDelete !== 'dirty') }
    })
  const named = new ByRecord<true>()
  for (const { references } of inside)
    for (const { edge, target } of references) named.set(edge.to, target, true)
  const live = await liveAmong(unit, named)
  const broken = inside.filter(({ references }) =>
    references.some(({ edge, target }) => !live.get(edge.to, target)),
  )
  return new Set(broken.map(({ entry }) => entry))
}

/** Tells whether a live record now has a unique value that another one has, or was given a moment ago (R8). */
async function uniqueGuard(
  unit: Unit,
  model: Model,
  holders: ReadonlyMap<unknown, Holder>,
  due: readonly Due[],
): Promise<(row: Row, changed: Place) => boolean> {
  const deletedAt = fieldOfSystem(model, 'deletedAt')
  const unsets = due.filter(({ action }) => action === 'unset')
  const names = new Set(unsets.map(({ place }) => place.join('.')))
  const guards: { readonly unique: Unique; readonly used: Set<string> }[] = []
  for (const unique of model.uniques) {
    if (!unique.fields.some((path) => names.has(path))) continue
    const wished = new Map([...holders].map(([id, { row }]) => [id, structuredClone(row)]))
    for (const entry of unsets) {
      const row = wished.get(entry.record.id)
      if (row) putBack(row, { ...entry, what: 'reference' })
    }
    guards.push({ unique, used: new Set(await valuesInUse(unit, model, unique, [...wished.values()])) })
  }
  return (row, changed) => {
    if (deletedAt && row[deletedAt.name] !== null) return false
    const affected = guards.filter(({ unique }) => unique.fields.includes(changed.join('.')))
    const keys = affected.map(({ unique, used }) => ({ key: uniqueKey(model, unique, row), used }))
    if (keys.some(({ key, used }) => key !== null && used.has(key))) return true
    for (const { key, used } of keys) if (key !== null) used.add(key)
    return false
  }
}

/** So many statements are no more than what one for all would be cut into. */
const FEW = 10

async function writeHolders(unit: Unit, model: Model, holders: readonly Holder[]): Promise<void> {
  const sameFields = groupBy(holders, ({ changed }) => [...changed].map(({ name }) => name).join())
  for (const group of sameFields.values()) await writeSameFields(unit, model, group)
  const ids = holders.map(({ id }) => id)
  await requireIdsInScope(unit, model, ids, 'restore')
  await touch(unit, model, ids)
}

/** Those that get the same values in one statement; where these are many, all of them together if the store can. */
async function writeSameFields(unit: Unit, model: Model, holders: readonly Holder[]): Promise<void> {
  const fields = [...holders[0]!.changed]
  const alike = groupBy(holders, ({ row }) =>
    JSON.stringify(fields.map((field) => toJournal(field, row[field.name]))),
  )
  const isMirrored = mirroredBy(model).some((edge) => fields.includes(keptIn(edge)))
  if (alike.size > FEW && !isMirrored) {
    const rows = holders.map(({ id, row }) => [id, ...fields.map(({ name }) => row[name])])
    const written = unit.updateEach(model, [idOf(model), ...fields], rows)
    if (written !== null) return void (await written)
  }
  for (const group of alike.values()) {
    const [{ row }] = group as [Holder]
    const ids = group.map(({ id }) => id)
    await reflectFields(unit, model, ids, Object.fromEntries(fields.map(({ name }) => [name, row[name]])))
    await writeFields(unit, model, fields, ids, row)
  }
}
