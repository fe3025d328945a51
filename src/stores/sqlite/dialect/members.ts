/** Scalars inside JSON documents, made comparable. */
import type { Field } from '../../../schema/graph.js'
import { type Conversions, type Convert, encoding, same } from '../../../store/convert.js'
import { toJson } from '../../sql/json-form.js'
import { scaledOf } from './decimal.js'

/** How a scalar is taken out of a document. */
interface Access {
  /** its JSON text */
  readonly text: string
  /** what SQLite makes of it */
  readonly value: string
}

/**
 * A member or element that is comparable with what `encodeMember` makes.
 *
 * @param exact SQLite takes numbers out of JSON as they are (3.53 and newer)
 */
export function comparable(field: Field, { text, value }: Access, exact: boolean): string {
  if (!exact && (field.kind === 'number' || field.codec !== null)) return `kin_scalar(${text})`
  if (field.codec !== null) return value
  switch (field.kind) {
    case 'number':
      // A whole double beyond 2^53 looks like an integer in JSON, and is only nearly the one that it looks like.
      return `cast(${value} as real)`
    case 'bigint':
      return `cast(${value} as integer)`
    case 'decimal':
      return `cast(replace(${value}, '.', '') as integer)`
    case 'json':
    case 'object':
    case 'array':
    case 'list':
      return `nullif(${text}, 'null')`
    default:
      return value
  }
}

const jsonText = (field: Field): Convert => {
  const json = toJson(field)
  return (value) => JSON.stringify(json(value))
}
const asItIs = (field: Field): Convert => toJson(field)

const encodings: Conversions = {
  bigint: () => same,
  decimal: scaledOf,
  boolean: () => (value) => (value ? 1 : 0),
  json: jsonText,
  object: jsonText,
  array: jsonText,
  list: jsonText,
  date: asItIs,
  binary: asItIs,
}

export function encodeMember(field: Field): Convert {
  return encoding(field, encodings)
}
