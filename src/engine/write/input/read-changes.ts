import type { Edge, Field } from '../../../schema/graph.js'
import { Flaw } from '../../../schema/values/flaw.js'
import { isPlainObject } from '../../../schema/values/is-plain-object.js'
import { normaliserOf } from '../../../schema/values/normaliser-of.js'
import type { Draft, Item } from './draft.js'
import type { ModelShape } from './model-shape.js'
import { memberAt } from './place.js'
import { readEnd } from './read-end.js'
import { refuseStrangers } from './read-record.js'
import { put, readerOf } from './read-value.js'

/** What an update asks for. */
export interface Changes {
  readonly shape: ModelShape
  readonly draft: Draft
  /** new values by field name */
  readonly values: Record<string, unknown>
  /** what is added to numbers, by field name */
  readonly increments: Record<string, unknown>
  /** ends that get new content; null unsets the end of another's reference */
  readonly ends: readonly { readonly edge: Edge; readonly items: Item[] | null }[]
}

const numeric: ReadonlySet<string> = new Set(['integer', 'bigint', 'number', 'decimal'])

/** The data of an update: what is not given stays as it is. */
export function readChanges(draft: Draft, shape: ModelShape, data: unknown): Changes {
  const changes = { shape, draft, values: {}, increments: {}, ends: [] as Changes['ends'][number][] }
  if (!isPlainObject(data)) {
    draft.refuseType('', `changes of a ${shape.model.name}`, data)
    return changes
  }
  if (data[shape.id.name] !== undefined) draft.immutable.push(shape.id.name)
  for (const { field } of shape.given) {
    const value = data[field.name]
    if (value === undefined) continue
    if (field.immutable) draft.immutable.push(field.name)
    else if (isIncrement(field, value)) readIncrement(draft, field, value, changes.increments)
    else put(readerOf(field)(value, draft, '', draft), changes.values, field.name, draft)
  }
  refuseStrangers(draft, shape, data, '')
  for (const [name, edge] of shape.ends) {
    const value = data[name]
    if (value !== undefined) changes.ends.push({ edge, items: readEnd(draft, edge, value, name, 'any') })
  }
  return changes
}

function isIncrement({ kind }: Field, value: unknown): value is { $inc: unknown } {
  return numeric.has(kind) && isPlainObject(value) && Object.keys(value).join() === '$inc'
}

function readIncrement(
  draft: Draft,
  field: Field,
  { $inc }: { $inc: unknown },
  increments: Record<string, unknown>,
): void {
  const amount = normaliserOf(field)($inc)
  if (amount instanceof Flaw) {
    draft.refuse(memberAt(field.name, '$inc'), amount.code, `Expected ${amount.expected}.`)
  } else increments[field.name] = amount
}
