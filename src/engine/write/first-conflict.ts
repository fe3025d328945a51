/**
 * When a write meets a unique value that is taken, the database says which one it saw first. Callers are told
 * the same one on every store: an id that exists, else the first in the order of declaration. This is looked
 * up only after a write has failed.
 */
import { type ErrorId, isKinshipError, KinshipError } from '../../errors/index.js'
import { allOf } from '../../plan/combine.js'
import { compare, fieldAt, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { visible, unrestricted } from '../../plan/visibility.js'
import type { Model, Unique } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'
import { contentKey } from '../links/content-key.js'
import { idOf } from '../links/id-of.js'
import type { NewRecord } from './input/draft.js'
import { memberAt } from './input/place.js'
import type { Unit } from './unit.js'

/** A record as the write would leave it. */
export interface Candidate {
  readonly model: Model
  /** undefined where the database has not assigned it yet */
  readonly id: unknown
  /** not stored before, and not by now */
  readonly isNew: boolean
  /** where it stands in the data */
  readonly path: string
  readonly values: Readonly<Record<string, unknown>>
}

/** Runs a write of these records; a conflict it meets is told as the first of all that they have. */
export async function tellingConflicts<T>(
  unit: Unit,
  candidates: () => readonly Candidate[],
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isKinshipError(error, 'KIN_UNIQUE') && !isKinshipError(error, 'KIN_ONE_TAKEN')) throw error
    throw (await explained(unit, candidates(), error)) ?? error
  }
}

/** Null where the database answers no more questions after a failure, as some do, or has no answer. */
async function explained(
  unit: Unit,
  candidates: readonly Candidate[],
  cause: KinshipError,
): Promise<KinshipError | null> {
  try {
    return await firstConflict(unit, candidates, cause)
  } catch (error) {
    if (isKinshipError(error)) return null
    throw error
  }
}

export function candidateOf({ shape, id, inserted, path, values }: NewRecord): Candidate {
  return {
    model: shape.model,
    id,
    isNew: !inserted,
    path,
    values: Object.fromEntries(shape.fields.map((field, place) => [field.name, values[place]])),
  }
}

async function firstConflict(
  unit: Unit,
  candidates: readonly Candidate[],
  cause: KinshipError,
): Promise<KinshipError | null> {
  const models = [...unit.context.graph.models.values()]
  const groups = models.map((model) => ({ model, own: candidates.filter((one) => one.model === model) }))
  for (const { model, own } of groups) {
    const taken = await takenId(unit, model, own)
    if (taken) return uniqueError(taken, [idOf(model).name], cause)
  }
  for (const { model, own } of groups) {
    for (const unique of model.uniques) {
      const taken = await takenValue(unit, unique, own)
      if (taken) return errorOf(taken, unique, cause)
    }
  }
  return null
}

async function takenId(unit: Unit, model: Model, own: readonly Candidate[]): Promise<Candidate | undefined> {
  const fresh = own.filter(({ isNew, id }) => isNew && id !== undefined)
  if (fresh.length === 0) return undefined
  const id = idOf(model)
  const { rows } = await unit.read(
    `conflict:${model.name}`,
    () => plainRead(plainNode(model, [id], within(id, slot(0)))),
    [fresh.map((candidate) => candidate.id)],
  )
  const stored = new Set(rows.map((row) => row[id.name]))
  return fresh.find((candidate, index) => {
    return stored.has(candidate.id) || fresh.findIndex((other) => other.id === candidate.id) < index
  })
}

/** The first record that has a live record's values of a unique key, or another one's (R8). */
async function takenValue(
  unit: Unit,
  { fields }: Unique,
  own: readonly Candidate[],
): Promise<Candidate | undefined> {
  const seen = new Set<string>()
  for (const candidate of own) {
    const values = fields.map((name) => valueAt(candidate.values, name.split('.')))
    if (values.some((value) => value === null || value === undefined)) continue
    const key = contentKey(values)
    if (seen.has(key) || (await isStored(unit, candidate.model, fields, values, own))) return candidate
    seen.add(key)
  }
  return undefined
}

async function isStored(
  unit: Unit,
  model: Model,
  fields: readonly string[],
  values: readonly unknown[],
  own: readonly Candidate[],
): Promise<boolean> {
  const id = idOf(model)
  const { rows } = await unit.read(
    `conflict:${model.name}:${fields.join()}`,
    () => {
      const same = fields.map((name, index): Filter => {
        const path = name.split('.')
        const operand = { of: 'record', path, field: fieldAt(model, path) } as const
        return { is: 'compare', operand, op: 'eq', value: slot(index), negated: false }
      })
      const others = compare(id, 'in', slot(fields.length), true)
      const scope = visible(unrestricted, model, 'exclude')
      return plainRead(plainNode(model, [id], allOf(...same, others), { scope, limit: { fixed: 1 } }))
    },
    [...values, own.flatMap((candidate) => candidate.id ?? [])],
  )
  return rows.length > 0
}

function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((around, name) => (around as Record<string, unknown> | null)?.[name], values)
}

function errorOf(taken: Candidate, { fields, edge }: Unique, cause: KinshipError): KinshipError {
  if (!edge) return uniqueError(taken, fields, cause)
  const [name = ''] = fields
  const target = taken.values[name] as ErrorId
  return new KinshipError('KIN_ONE_TAKEN', {
    message: `The ${edge.to.name} with id ${JSON.stringify(target)} has another ${taken.model.name} already.`,
    details: { association: edge.association, target },
    path: memberAt(taken.path, name),
    cause: cause.cause,
  })
}

function uniqueError(
  { model, path }: Candidate,
  fields: readonly string[],
  cause: KinshipError,
): KinshipError {
  return new KinshipError('KIN_UNIQUE', {
    message: `Another ${model.name} has this ${fields.join(', ')} already.`,
    details: { model: model.name, fields },
    path: memberAt(path, fields[0] ?? ''),
    cause: cause.cause,
  })
}
