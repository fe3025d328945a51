import { Flaw } from '../../../schema/values/flaw.js'
import { isPlainObject } from '../../../schema/values/is-plain-object.js'
import { normaliserOf } from '../../../schema/values/normaliser-of.js'
import type { Field } from '../../../schema/graph.js'
import { newIdFor } from '../new-id.js'
import { type Draft, NewRecord } from './draft.js'
import { linkNew } from './link-new.js'
import type { ModelShape } from './model-shape.js'
import { memberAt } from './place.js'
import { readEnd } from './read-end.js'
import { put, readerOf, readMissing } from './read-value.js'
import { unknownMember } from './unknown-member.js'

/** Deeper data is refused; data that contains itself is deeper than any limit. */
const DEPTH = 64

/**
 * A record to be created, with everything nested in it.
 *
 * @param filled the reference that nesting fills by itself
 */
export function readRecord(
  draft: Draft,
  shape: ModelShape,
  data: unknown,
  path: string,
  filled: Field | null = null,
): NewRecord | null {
  if (!isPlainObject(data)) {
    draft.refuseType(path, `the data of a ${shape.model.name}`, data)
    return null
  }
  if (draft.depth >= DEPTH) {
    draft.refuse(path, 'depth', `The data is nested more than ${DEPTH} levels deep.`)
    return null
  }
  draft.depth++
  const record = new NewRecord(shape, path)
  readFields(draft, record, data, filled)
  refuseStrangers(draft, shape, data, path)
  record.identify(readId(draft, shape, data, path))
  draft.records.push(record)
  for (const [name, edge] of shape.ends) {
    const value = data[name]
    if (value === undefined) continue
    for (const item of readEnd(draft, edge, value, memberAt(path, name), 'new') ?? []) {
      linkNew(draft, edge, record, item)
    }
  }
  draft.depth--
  return record
}

function readFields(
  draft: Draft,
  record: NewRecord,
  data: Readonly<Record<string, unknown>>,
  filled: Field | null,
): void {
  const { shape, path, values } = record
  for (const { field, place } of shape.given) {
    const value = data[field.name]
    if (field === filled) {
      if (value === undefined) continue
      const message = 'The record is created at the other end of this association, which fills it in.'
      draft.refuse(memberAt(path, field.name), 'filled', message)
    } else if (value === undefined) put(readMissing(field, draft, path, record), values, place, record)
    else put(readerOf(field)(value, draft, path, record), values, place, record)
  }
  for (const place of shape.lists) values[place] = []
}

function readId(
  draft: Draft,
  { id, model }: ModelShape,
  data: Readonly<Record<string, unknown>>,
  path: string,
): unknown {
  const given = data[id.name]
  if (given === undefined) {
    if (id.idKind !== 'string') return newIdFor(id)
    return draft.refuse(memberAt(path, 'id'), 'required', `Ids of ${model.name} are given by the caller.`)
  }
  const normal = normaliserOf(id)(given)
  if (!(normal instanceof Flaw)) return normal
  return draft.refuse(memberAt(path, 'id'), 'id', `Expected ${normal.expected}.`)
}

/** Names that are no fields, and fields that only kinship writes. */
export function refuseStrangers(
  draft: Draft,
  { words, model }: ModelShape,
  data: Readonly<Record<string, unknown>>,
  path: string,
): void {
  for (const name of Object.keys(data)) {
    if (words.has(name) || name === '$link' || data[name] === undefined) continue
    if (model.fields.get(name)?.system) {
      draft.refuse(memberAt(path, name), 'system', `"${name}" is written by kinship.`)
    } else unknownMember(name, words, draft, path)
  }
}
