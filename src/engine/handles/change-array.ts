import { fail } from '../../errors/index.js'
import { equals, plainNode, plainRead, slot } from '../../plan/conditions.js'
import type { Field, Model } from '../../schema/graph.js'
import type { Change } from '../../store/write.js'
import type { EngineContext } from '../context.js'
import { idOf } from '../links/id-of.js'
import type { Maybe } from '../maybe.js'
import { carryOut } from '../write/carry-out.js'
import { checkTargets } from '../write/check-targets.js'
import { newTargets } from '../write/new-targets.js'
import type { Draft } from '../write/input/draft.js'
import { newDraft } from '../write/input/read-target.js'
import { readId } from '../write/read-id.js'
import { readOwner } from '../write/read-owner.js'
import type { Chosen } from '../write/read-where.js'
import { requireScope } from '../write/require-scope.js'
import { runPrepared } from '../write/run-unit.js'
import { touch } from '../write/touch.js'
import type { Unit } from '../write/unit.js'

export type Element = Readonly<Record<string, unknown>>

/** Which embedded array of which record a handle is of. */
export interface ArrayAt {
  readonly context: EngineContext
  readonly model: Model
  readonly field: Field
  /** the id as it was given */
  readonly owner: unknown
}

/** The array of a record that is there, locked. */
export interface StoredArray {
  readonly at: ArrayAt
  readonly id: unknown
  /** null is taken for empty */
  readonly elements: readonly Element[]
}

export interface ArrayChange {
  /** how many elements were met */
  readonly count: number
  /** the array is another now */
  readonly changed: boolean
}

/**
 * Changes an array in one transaction; the record is touched if any element was met.
 *
 * @param read reads what the caller gave
 * @param write changes the array; `use` comes before what was given is put into it
 */
export function changeArray<P>(
  at: ArrayAt,
  read: (draft: Draft) => P,
  write: (unit: Unit, array: StoredArray, given: P, use: () => Promise<void>) => Promise<ArrayChange>,
): Promise<{ readonly count: number }> {
  const { context, model, field, owner } = at
  return runPrepared(
    context,
    () => {
      if (field.immutable) refuseImmutable(model, field)
      readId(model, owner)
      return prepare(model, read)
    },
    async (unit, { draft, given }) => {
      const id = readId(model, owner)
      const before = await readOwner(unit, model, id, 'delete')
      const use = async (): Promise<void> => {
        await checkTargets(unit, await newTargets(unit, draft, model, before), draft.records)
        await carryOut(unit, draft)
      }
      const elements = (before[field.name] ?? []) as readonly Element[]
      const { count, changed } = await write(unit, { at, id, elements }, given, use)
      if (changed) await touch(unit, model, [id])
      if (changed) await requireScope(unit, model, [id])
      return { count }
    },
  )
}

interface Given<P> {
  readonly draft: Draft
  readonly given: P
}

function prepare<P>(model: Model, read: (draft: Draft) => P): Maybe<Given<P>> {
  const draft = newDraft()
  const given = read(draft)
  const ready = (): Given<P> => {
    draft.refuseIssues(model)
    return { draft, given }
  }
  return draft.pending.length === 0 ? ready() : Promise.all(draft.pending).then(ready)
}

/** Appends elements, or sets all of them. */
export async function writeElements(
  unit: Unit,
  { at, id }: StoredArray,
  op: 'append' | 'set',
  elements: readonly unknown[],
): Promise<void> {
  const { model, field } = at
  const change: Change = { at: { path: [field.name], field }, op, value: slot(1) }
  await unit.write(
    `array:${op}:${model.name}:${field.name}`,
    () => ({ model, where: equals(idOf(model), slot(0)), changes: [change] }),
    [id, elements],
  )
}

/** Removes the elements that match. @returns those that are left: what matches is the store's to say */
export async function removeMatching(
  unit: Unit,
  { at, id }: StoredArray,
  { key, filter, values }: Chosen,
): Promise<readonly Element[]> {
  const { model, field } = at
  const own = idOf(model)
  const removal: Change = { at: { path: [field.name], field }, op: 'removeElements', where: filter }
  const where = equals(own, slot(values.length))
  await unit.write(
    `array:remove:${model.name}:${field.name}:${key}`,
    () => ({ model, where, changes: [removal] }),
    [...values, id],
  )
  const { rows } = await unit.read(
    `array:left:${model.name}:${field.name}`,
    () => plainRead(plainNode(model, [field], equals(own, slot(0)))),
    [id],
  )
  return (rows[0]?.[field.name] ?? []) as readonly Element[]
}

function refuseImmutable(model: Model, { name }: Field): never {
  return fail('KIN_IMMUTABLE', {
    message: `"${name}" of model "${model.name}" is immutable.`,
    path: name,
    details: { model: model.name, fields: [name] },
  })
}
