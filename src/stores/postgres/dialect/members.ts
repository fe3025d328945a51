/** Scalars inside JSON documents, made comparable. */
import type { Field } from '../../../schema/graph.js'
import { type Conversions, type Convert, encoding } from '../../../store/convert.js'
import { toJson } from '../../sql/json-form.js'
import { castType } from './raw.js'

/** How a scalar is taken out of a document. */
interface Access {
  /** as a document */
  readonly json: string
  readonly text: string
}

/** A member or element that is comparable with what `encodeMember` makes. */
export function comparable(field: Field, { json, text }: Access): string {
  // What a codec makes may be of any type, and so may a member that is a document.
  if (field.codec !== null) return `nullif(${json}, 'null')`
  switch (field.kind) {
    case 'number':
    case 'integer':
    case 'bigint':
    case 'boolean':
      return `(${text})::${castType(field)}`
    case 'decimal':
      return `(${text})::numeric`
    case 'id':
    case 'reference':
      return castType(field) === 'text' ? collated(text) : `(${text})::${castType(field)}`
    case 'json':
    case 'object':
    case 'array':
    case 'list':
      return `nullif(${json}, 'null')`
    default:
      return collated(text)
  }
}

function collated(text: string): string {
  return `(${text} collate "C")`
}

const jsonText = (field: Field): Convert => {
  const json = toJson(field)
  return (value) => JSON.stringify(json(value))
}

/** The same as in a column, but for what JSON has no type of its own for. */
const encodings: Conversions = {
  id: () => String,
  reference: () => String,
  number: () => String,
  integer: () => String,
  bigint: () => String,
  boolean: () => String,
  json: jsonText,
  object: jsonText,
  array: jsonText,
  list: jsonText,
  date: toJson,
  binary: toJson,
}

export function encodeMember(field: Field): Convert {
  if (field.codec !== null) return (value) => (value === null ? null : JSON.stringify(toJson(field)(value)))
  return encoding(field, encodings)
}
