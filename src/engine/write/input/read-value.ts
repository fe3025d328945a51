import { unknownMember } from './unknown-member.js'
import type { Field } from '../../../schema/graph.js'
import { describeValue } from '../../../schema/values/describe-value.js'
import { Flaw } from '../../../schema/values/flaw.js'
import { isPlainObject } from '../../../schema/values/is-plain-object.js'
import { normaliserOf } from '../../../schema/values/normaliser-of.js'
import { type Awaiting, type Draft, NewRecord } from './draft.js'
import { elementAt, memberAt } from './place.js'
import { runChecks } from './run-checks.js'

/**
 * Reads a value that was given (not undefined): checked and normalised. Undefined where it is not right,
 * which the draft then knows. Where a reference is to a record that is created with it, the answer is that
 * record.
 *
 * @param base the place of the object around; of an element, its own
 */
export type ReadValue = (value: unknown, draft: Draft, base: string, owner: Awaiting) => unknown

type Members = Record<string, unknown>

const readers = new WeakMap<Field, ReadValue>()

/** How a field's values are read; made once for each field. */
export function readerOf(field: Field): ReadValue {
  let reader = readers.get(field)
  if (!reader) readers.set(field, (reader = makeReader(field, field.name)))
  return reader
}

/** @param name null for the elements of an array, whose place is their own */
function makeReader(field: Field, name: string | null): ReadValue {
  const { optional, checks } = field
  const placeOf = (base: string): string => (name === null ? base : memberAt(base, name))
  const read = readPresent(field, placeOf)
  return (value, draft, base, owner) => {
    if (value === null) return optional ? null : refuseNull(draft, placeOf(base))
    const normal = read(value, draft, base, owner)
    if (checks.length > 0 && normal !== undefined) runChecks(field, normal, draft, placeOf(base))
    return normal
  }
}

const refuseNull = (draft: Draft, place: string): undefined =>
  draft.refuse(place, 'required', 'A value is required here, null is none.')

function readPresent(field: Field, placeOf: (base: string) => string): ReadValue {
  const { kind, edge } = field
  if (kind === 'object') return objectReader(field, placeOf)
  if (kind === 'array' && field.item) return arrayReader(field.item, placeOf)
  if (kind === 'reference' && edge) {
    return (value, draft, base, owner) => {
      const item = draft.readTarget(edge, value, placeOf(base), draft)
      if (item && !item.record) {
        draft.targets.push({ edge, id: item.id, path: item.path, stored: false, changed: owner === draft })
      }
      return item?.record ?? item?.id
    }
  }
  return scalarReader(field, placeOf)
}

function scalarReader(field: Field, placeOf: (base: string) => string): ReadValue {
  const normalise = normaliserOf(field)
  return (value, draft, base) => {
    const normal = normalise(value)
    if (!(normal instanceof Flaw)) return normal
    const message = `Expected ${normal.expected}, received ${describeValue(value)}.`
    return draft.refuse(placeOf(base), normal.code, message)
  }
}

function objectReader(field: Field, placeOf: (base: string) => string): ReadValue {
  const members = field.fields ?? new Map<string, Field>()
  return (value, draft, base, owner) => {
    const place = placeOf(base)
    if (!isPlainObject(value)) return draft.refuseType(place, 'an object', value)
    return readWhole(members, value, draft, place, owner)
  }
}

function arrayReader(item: Field, placeOf: (base: string) => string): ReadValue {
  const read = makeReader(item, null)
  return (value, draft, base, owner) => {
    const place = placeOf(base)
    if (!Array.isArray(value)) return draft.refuseType(place, 'a list', value)
    return readElements(read, value, draft, place, owner)
  }
}

function readElements(
  read: ReadValue,
  values: readonly unknown[],
  draft: Draft,
  place: string,
  owner: Awaiting,
): unknown[] {
  const elements: unknown[] = []
  for (const [index, value] of values.entries()) {
    const at = elementAt(place, index)
    if (value === undefined) refuseNull(draft, at)
    else put(read(value, draft, at, owner), elements, index, owner)
  }
  return elements
}

/** How single elements of an array are read, at places of the caller's own. */
export function elementReaderOf(array: Field): ReadValue {
  if (!array.item) throw new TypeError(`${array.name} is no array`)
  return makeReader(array.item, null)
}

/** Puts a value in its place; the id of a record that is created with it, as soon as there is one. */
export function put(value: unknown, into: Members | unknown[], key: string | number, owner: Awaiting): void {
  const members = into as Members
  if (value instanceof NewRecord) {
    owner.awaits(value, (id) => {
      members[key] = id
    })
  } else members[key] = value
}

/** An embedded object or a payload: every member given, by default, or null. */
function readWhole(
  fields: ReadonlyMap<string, Field>,
  given: Members,
  draft: Draft,
  place: string,
  owner: Awaiting,
): Members {
  const members: Members = {}
  for (const [name, field] of fields) {
    const value = given[name]
    const read =
      value === undefined
        ? readMissing(field, draft, place, owner)
        : readerOf(field)(value, draft, place, owner)
    put(read, members, name, owner)
  }
  refuseUnknown(fields, given, draft, place)
  return members
}

/** The members given, and no others. */
export function readPart(
  fields: ReadonlyMap<string, Field>,
  given: Members,
  draft: Draft,
  place: string,
  owner: Awaiting,
): Members {
  const members: Members = {}
  for (const [name, field] of fields) {
    const value = given[name]
    if (value !== undefined) put(readerOf(field)(value, draft, place, owner), members, name, owner)
  }
  refuseUnknown(fields, given, draft, place)
  return members
}

/** What a member becomes that was not given: its default, null, an empty array. */
export function readMissing(field: Field, draft: Draft, base: string, owner: Awaiting): unknown {
  const made: unknown =
    typeof field.default === 'function' ? (field.default as () => unknown)() : field.default
  if (made !== undefined) return readerOf(field)(made, draft, base, owner)
  if (field.optional) return null
  if (field.kind === 'array') return []
  return draft.refuse(memberAt(base, field.name), 'required', 'A value is required here.')
}

function refuseUnknown(
  fields: ReadonlyMap<string, Field>,
  given: Members,
  draft: Draft,
  place: string,
): void {
  for (const name of Object.keys(given)) {
    if (!fields.has(name) && given[name] !== undefined) unknownMember(name, fields.keys(), draft, place)
  }
}
