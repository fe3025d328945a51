import { BSON, type Document } from 'mongodb'
import { KinshipError } from '../../../errors/index.js'
import type { Model } from '../../../schema/graph.js'
import { limitFor } from '../../../schema/values/sums.js'
import type { Change } from '../../../store/write.js'
import { recordTooLarge } from '../errors.js'
import type { Resolve } from '../resolve.js'
import { keysOf } from '../unique-error.js'
import { encode, encodeItem, hasPayload } from '../values.js'

/** What must hold of a document before it is changed. It is part of the write's filter, so that it is compared by the write itself. */
export interface Condition {
  readonly holds: Document
  /** the error where it does not */
  readonly refuse: () => KinshipError
}

type MakeConditions = (resolve: Resolve, maxDocument: number) => readonly Condition[]

/** The conditions of changes; null where they have none. */
export function conditionsOf(model: Model, changes: readonly Change[]): MakeConditions | null {
  const appends = changes.filter((change) => change.op === 'append')
  const makers = [
    ...(appends.length > 0 ? [fits(model, appends)] : []),
    ...appends.filter(({ at }) => at.field.kind === 'list' && hasPayload(at.field)).map(isNew(model)),
    ...changes.filter(isSum).map(isInRange(model)),
  ]
  if (makers.length === 0) return null
  return (resolve, maxDocument) => makers.map((make) => make(resolve, maxDocument))
}

type Make = (resolve: Resolve, maxDocument: number) => Condition
type Append = Extract<Change, { readonly op: 'append' }>
type Sum = Extract<Change, { readonly op: 'increment' }>

/** kinship's own versions are far from any end. */
const isSum = (change: Change): change is Sum => change.op === 'increment' && change.at.field.system === null

const keyAt = (model: Model, { at }: Change): string => keysOf(model, [at.path.join('.')])[0] ?? ''

/** The document does not outgrow the server's limit: its size and that of what is appended, each element with its position. */
function fits(model: Model, appends: readonly Append[]): Make {
  return (resolve, maxDocument) => {
    const lists = appends.map(({ at, value }) => resolve(value, encode(at.field)) as readonly unknown[])
    const positions = 16 * lists.flat().length
    const bytes = lists.reduce((sum, list) => sum + BSON.calculateObjectSize({ list }), positions)
    return {
      holds: { $expr: { $lte: [{ $bsonSize: '$$ROOT' }, maxDocument - bytes] } },
      refuse: () => recordTooLarge(model.name, maxDocument),
    }
  }
}

/** Entries with payload are not on their list yet. Plain ids are a set by themselves. */
const isNew =
  (model: Model) =>
  (change: Append): Make => {
    const key = `${keyAt(model, change)}.id`
    const idOf = encodeItem(change.at.field)
    const all = (entries: unknown) =>
      (entries as readonly { readonly id: unknown }[]).map(({ id }) => idOf(id))
    return (resolve) => ({
      holds: { [key]: { $nin: resolve(change.value, all) } },
      refuse: () =>
        new KinshipError('KIN_CONFLICT', {
          message: `An entry that was to be added to "${model.name}.${change.at.path.join('.')}" was added by somebody else.`,
          details: { attempts: 1 },
        }),
    })
  }

/** A sum stays within what its field can hold (R4): the server would round it, or go over to another type. */
const isInRange =
  (model: Model) =>
  (change: Sum): Make => {
    const key = keyAt(model, change)
    const { field } = change.at
    const convert = encode(field)
    return (resolve) => {
      const { op, value } = limitFor(
        field,
        resolve(change.value, (amount) => amount),
      )
      return {
        holds: { [key]: { $not: { [`$${op}`]: convert(value) } } },
        refuse: () =>
          new KinshipError('KIN_INVALID_VALUE', {
            message: `An increment leads beyond what "${model.name}.${change.at.path.join('.')}" can hold.`,
            details: { expected: `a sum within the range of ${field.kind}`, received: 'a sum beyond it' },
          }),
      }
    }
  }
