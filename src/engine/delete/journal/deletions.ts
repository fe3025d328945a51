/** One record of kinship's own for each deletion that soft-deleted something. */
import { compare, equals, plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Model } from '../../../schema/graph.js'
import { ByRecord, type Named } from '../../../ties/by-record.js'
import type { Unit } from '../../write/unit.js'
import { removeJournals } from './journal.js'

/** The records that can be named to undo a deletion (R26). */
export type Roots = ByRecord<true>

const deletionsOf = ({ context }: Unit): Model => context.graph.system.get('kinship_deletion')!

export async function addDeletion(unit: Unit, id: string, roots: Roots): Promise<void> {
  const model = deletionsOf(unit)
  await unit.insert(model, [...model.fields.values()], [[id, unit.now, asJson(roots)]])
}

/** Null where nothing is known of the deletion, as of one that another program did in an adopted table. */
export async function readRoots(unit: Unit, id: string): Promise<Roots | null> {
  const { rows } = await unit.read(
    'deletion:roots',
    () => {
      const model = deletionsOf(unit)
      return plainRead(plainNode(model, [model.fields.get('roots')!], equals(model.id!, slot(0))))
    },
    [id],
  )
  const [row] = rows
  if (!row) return null
  const roots: Roots = new ByRecord()
  for (const [name, ids] of Object.entries(row['roots'] as Record<string, unknown[]>)) {
    const model = unit.context.graph.models.get(name)
    if (model) for (const root of ids) roots.set(model, root, true)
  }
  return roots
}

export async function writeRoots(unit: Unit, id: string, roots: Roots): Promise<void> {
  const model = deletionsOf(unit)
  const field = model.fields.get('roots')!
  await unit.write(
    'deletion:set-roots',
    () => ({
      model,
      where: equals(model.id!, slot(0)),
      changes: [{ at: { path: ['roots'], field }, op: 'set', value: slot(1) }],
    }),
    [id, asJson(roots)],
  )
}

/** Nothing can be restored from them any more. */
export async function removeDeletions(unit: Unit, ids: readonly string[]): Promise<void> {
  await removeJournals(unit, ids)
  const model = deletionsOf(unit)
  await unit.remove('deletion:remove', () => ({ model, where: within(model.id!, slot(0)) }), [ids])
}

export async function deletionsBefore(unit: Unit, date: Date): Promise<string[]> {
  const { rows } = await unit.read(
    'deletion:before',
    () => {
      const model = deletionsOf(unit)
      return plainRead(plainNode(model, [model.id!], compare(model.fields.get('at')!, 'lt', slot(0))))
    },
    [date],
  )
  return rows.map((row) => row['id'] as string)
}

export function rootsFrom(named: Iterable<Named>): Roots {
  const roots: Roots = new ByRecord()
  for (const { model, id } of named) roots.set(model, id, true)
  return roots
}

const asJson = (roots: Roots): Record<string, unknown[]> =>
  Object.fromEntries([...roots.models()].map(([model, ids]) => [model.name, [...ids.keys()]]))
