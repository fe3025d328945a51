import type { Document } from 'mongodb'
import type { Field } from '../../../schema/graph.js'
import type { Change } from '../../../store/write.js'
import { elementCondition } from '../filter/index.js'
import type { Known } from '../filter/scope.js'
import type { Resolve } from '../resolve.js'
import { encode, encodeItem, encodePartialEntry, hasPayload } from '../values.js'

type Expression = unknown
type Changed = (current: string) => Expression

const literal = (value: unknown): Expression => ({ $literal: value })

/** A change as a stage of an update's pipeline. What is null or missing stays so, but for `set` and `append`. */
export function stageFor(change: Change, key: string): (resolve: Resolve, known: Known) => Document {
  const [top = '', ...inner] = key.split('.')
  return (resolve, known) => {
    if (inner.length === 0 && change.op === 'set') {
      const value = resolve(change.value, encode(change.at.field))
      return value === null ? { $unset: [top] } : { $set: { [top]: literal(value) } }
    }
    return { $set: { [top]: put(`$${top}`, inner, (current) => changed(change, current, resolve, known)) } }
  }
}

/** Objects on the way that are null or missing stay so. */
function put(current: string, [key, ...rest]: readonly string[], change: Changed): Expression {
  if (key === undefined) return change(current)
  const merged = { $mergeObjects: [current, { [key]: put(`${current}.${key}`, rest, change) }] }
  return { $cond: [{ $eq: [{ $type: current }, 'object'] }, merged, current] }
}

function changed(change: Change, current: string, resolve: Resolve, known: Known): Expression {
  const { field } = change.at
  switch (change.op) {
    case 'set':
      return literal(resolve(change.value, encode(field)))
    case 'increment':
      return ifThere(current, { $add: [current, literal(resolve(change.value, encode(field)))] })
    case 'append':
      return appended(field, current, literal(resolve(change.value, encode(field))))
    case 'removeEntries': {
      const convert = encodeItem(field)
      const ids = resolve(change.value, (list) => (list as readonly unknown[]).map(convert))
      const id = hasPayload(field) ? '$$entry.id' : '$$entry'
      const kept = { $not: [{ $in: [id, literal(ids)] }] }
      return ifThere(current, { $filter: { input: current, as: 'entry', cond: kept } })
    }
    case 'mergeEntries':
      return ifThere(current, mergedEntries(field, current, resolve(change.value, encodeEntries(field))))
    case 'updateElements': {
      const members = change.set.map(({ field: member, value }) => [
        member.column,
        literal(resolve(value, encode(member))),
      ])
      const made = { $mergeObjects: ['$$i0', Object.fromEntries(members) as Document] }
      const condition = elementCondition(field, change.where, resolve, 'i0', known)
      const element = { $cond: [condition, made, '$$i0'] }
      return ifThere(current, { $map: { input: current, as: 'i0', in: element } })
    }
    case 'removeElements': {
      const cond = { $not: [elementCondition(field, change.where, resolve, 'i0', known)] }
      return ifThere(current, { $filter: { input: current, as: 'i0', cond } })
    }
  }
}

function ifThere(current: string, expression: Expression): Expression {
  return { $cond: [{ $eq: [{ $ifNull: [current, null] }, null] }, current, expression] }
}

/** Plain ids are a set, to which those are added, in their order, that are not in it. */
function appended(field: Field, current: string, added: Expression): Expression {
  const before = { $ifNull: [current, []] }
  if (field.kind !== 'list' || hasPayload(field)) return { $concatArrays: [before, added] }
  const cond = { $not: [{ $in: ['$$entry', before] }] }
  return { $concatArrays: [before, { $filter: { input: added, as: 'entry', cond } }] }
}

const encodeEntries = (list: Field): ((entries: unknown) => unknown) => {
  const convert = encodePartialEntry(list)
  return (entries) => (entries as readonly Document[]).map(convert)
}

/** Each entry with what was given for its id on top. */
function mergedEntries(field: Field, current: string, given: unknown): Expression {
  const own = { $filter: { input: literal(given), as: 'given', cond: { $eq: ['$$given.id', '$$entry.id'] } } }
  const merged = { $mergeObjects: ['$$entry', { $ifNull: [{ $first: own }, {}] }] }
  return { $map: { input: current, as: 'entry', in: merged } }
}
