import { groupBy } from '../links/group-by.js'
import { mirroredBy, reflectInserted } from '../links/reflect.js'
import type { Model } from '../../schema/graph.js'
import type { NewRecord } from './input/draft.js'
import type { ModelShape } from './input/model-shape.js'
import type { Unit } from './unit.js'

/**
 * Inserts records, those first whose ids others hold. Statements grow with the levels of nesting and the
 * number of models, not with the number of records.
 */
export async function insertRecords(unit: Unit, records: readonly NewRecord[]): Promise<void> {
  const mirrored: { readonly model: Model; readonly group: readonly NewRecord[] }[] = []
  for (const level of levelsOf(records)) {
    for (const [shape, group] of groupBy(level, (record) => record.shape)) {
      for (const record of group) complete(record, unit)
      if (shape.id.idKind === 'integer') await insertNumbered(unit, shape, group)
      else await insertKnown(unit, shape, group)
      for (const record of group) record.inserted = true
      noteNew(unit, shape, group)
      if (mirroredBy(shape.model).length > 0) mirrored.push({ model: shape.model, group })
    }
  }
  // The other ends of what they hold may be among them.
  for (const { model, group } of mirrored) await reflectInserted(unit, model, group.map(written))
}

const written = ({ id, shape, values }: NewRecord) => ({
  id,
  valueOf: (name: string) => values[shape.places.get(name) ?? 0],
})

/** What the same unit changes in a new record besides makes no second version of it (R19). */
function noteNew(unit: Unit, { model }: ModelShape, records: readonly NewRecord[]): void {
  if (!model.timestamps && !model.version) return
  unit.untouched(
    model,
    records.map((record) => record.id),
  )
}

/** Records by how many others must be there before them. */
function levelsOf(records: readonly NewRecord[]): readonly (readonly NewRecord[])[] {
  if (records.every((record) => !record.needs)) return [records]
  const known = new Map<NewRecord, number>()
  const levelOf = (record: NewRecord): number => {
    const found = known.get(record)
    if (found !== undefined) return found
    // Records that need one another can only do so by ids they were given, so that any order will do.
    known.set(record, 0)
    const level = (record.needs ?? []).reduce((highest, need) => Math.max(highest, levelOf(need) + 1), 0)
    known.set(record, level)
    return level
  }
  const levels: NewRecord[][] = []
  for (const record of records) (levels[levelOf(record)] ??= []).push(record)
  return levels
}

function complete({ fills, values, shape }: NewRecord, unit: Unit): void {
  for (const place of shape.times) values[place] = unit.now
  if (fills) for (const fill of fills) fill()
}

async function insertNumbered(unit: Unit, shape: ModelShape, records: readonly NewRecord[]): Promise<void> {
  const assigned = records.filter((record) => record.assigned)
  if (assigned.length < records.length) {
    await insertKnown(
      unit,
      shape,
      records.filter((record) => !record.assigned),
    )
  }
  if (assigned.length === 0) return
  const ids = await unit.insert(
    shape.model,
    shape.unassigned,
    assigned.map((record) => record.values.slice(1)),
  )
  for (const [index, record] of assigned.entries()) record.values[0] = ids[index]
}

async function insertKnown(unit: Unit, shape: ModelShape, records: readonly NewRecord[]): Promise<void> {
  await unit.insert(
    shape.model,
    shape.fields,
    records.map((record) => record.values),
  )
}
