import type { Document } from 'mongodb'
import type { Field, Model } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import type { Change } from '../../../store/write.js'
import { elementMatch } from '../filter/element.js'
import { beginPipe } from '../filter/scope.js'
import type { Resolve } from '../resolve.js'
import { encode, encodeItem, encodePartialEntry, hasPayload } from '../values.js'

/** A change as an update operator, with the array filters that it names. */
interface Operator {
  readonly update: Document
  readonly filters?: readonly Document[]
}

/** null where a value shows that there is no operator after all */
type MakeOperator = (resolve: Resolve) => Operator | null

/** More entries than this are merged by a pipeline, which goes through the list once. */
const MOST_FILTERS = 20

/**
 * The operator for a change; null where there is none that does exactly this. Operators meet a missing place in their own
 * ways and fail on null, so they are for places that always have a value (but for `set`).
 *
 * @param key the place in the document, dotted
 * @param name for array filters, different for each change
 */
export function operatorFor(model: Model, change: Change, key: string, name: string): MakeOperator | null {
  const { field, path } = change.at
  if (!isSure(model, path.slice(0, -1))) return null
  if (change.op === 'set') return setOperator(field, key, path.length === 1, change)
  if (field.optional) return null
  switch (change.op) {
    case 'increment':
      return (resolve) => ({ update: { $inc: { [key]: resolve(change.value, encode(field)) } } })
    case 'append': {
      const operator = field.kind === 'list' && !hasPayload(field) ? '$addToSet' : '$push'
      return (resolve) => ({
        update: { [operator]: { [key]: { $each: resolve(change.value, encode(field)) } } },
      })
    }
    case 'removeEntries': {
      const convert = encodeItem(field)
      const all = (ids: unknown): unknown => (ids as readonly unknown[]).map(convert)
      return (resolve) => {
        const listed = { $in: resolve(change.value, all) }
        return { update: { $pull: { [key]: hasPayload(field) ? { id: listed } : listed } } }
      }
    }
    case 'mergeEntries':
      return mergeEntries(change, key, name)
    case 'updateElements':
      return updateElements(change, key, name)
    case 'removeElements': {
      const test = elementTest(change.at.field, change.where)
      return test && ((resolve) => ({ update: { $pull: { [key]: test(resolve) } } }))
    }
  }
}

/** Nothing on the way can be null. */
function isSure(model: Model, path: readonly string[]): boolean {
  let fields: ReadonlyMap<string, Field> | null = model.fields
  for (const name of path) {
    const field: Field | undefined = fields?.get(name)
    if (field === undefined || field.optional) return false
    fields = field.fields
  }
  return true
}

/** A record leaves out what is null; embedded objects hold every member. */
function setOperator(
  field: Field,
  key: string,
  top: boolean,
  { value }: Extract<Change, { readonly op: 'set' }>,
): MakeOperator {
  const convert = encode(field)
  return (resolve) => {
    const given = resolve(value, convert)
    return { update: given === null && top ? { $unset: { [key]: '' } } : { $set: { [key]: given } } }
  }
}

function updateElements(
  { at, where, set }: Extract<Change, { readonly op: 'updateElements' }>,
  key: string,
  name: string,
): MakeOperator | null {
  const all = where.is === 'all' && where.of.length === 0
  const test = all ? null : elementTest(at.field, where)
  if (!all && test === null) return null
  const members = set.map(({ field, value }) => ({ column: field.column, value, convert: encode(field) }))
  return (resolve) => {
    const places = members.map(({ column, value, convert }) => [
      `${key}.$[${all ? '' : name}].${column}`,
      resolve(value, convert),
    ])
    const update = { $set: Object.fromEntries(places) as Document }
    return test === null ? { update } : { update, filters: [prefixed(test(resolve), name)] }
  }
}

/** An array filter for each entry. A longer list of them is better gone through once, by a pipeline. */
function mergeEntries(
  { at, value }: Extract<Change, { readonly op: 'mergeEntries' }>,
  key: string,
  name: string,
): MakeOperator {
  const convert = encodePartialEntry(at.field)
  return (resolve) => {
    const entries = resolve(value, (list) => (list as readonly Document[]).map(convert))
    if (!Array.isArray(entries)) return { update: { $set: { [`${key}.$[${name}]`]: entries } } }
    if (entries.length > MOST_FILTERS) return null
    const changes = (entries as readonly Document[]).map(({ id, ...members }, place) => ({
      id,
      members,
      place,
    }))
    const some = changes.filter(({ members }) => Object.keys(members).length > 0)
    const places = some.flatMap(({ members, place }) =>
      Object.entries(members).map(([column, member]) => [`${key}.$[${name}x${place}].${column}`, member]),
    )
    if (places.length === 0) return null
    const update = { $set: Object.fromEntries(places) as Document }
    return { update, filters: some.map(({ id, place }) => ({ [`${name}x${place}.id`]: id })) }
  }
}

/** A condition on elements as a filter of theirs; null where only an expression can say it. */
function elementTest(array: Field, where: Filter): ((resolve: Resolve) => Document) | null {
  const operand = { of: 'record', path: [array.name], field: array } as const
  const leaf = { is: 'element', operand, where, negated: false } as const
  const none: Resolve = () => null
  if (elementMatch(leaf, beginPipe(none)) === null) return null
  return (resolve) => elementMatch(leaf, beginPipe(resolve)) as Document
}

function prefixed(test: Document, name: string): Document {
  return Object.fromEntries(Object.entries(test).map(([key, value]) => [`${name}.${key}`, value]))
}
