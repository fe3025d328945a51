/** Raw values: what a column holds and the driver binds and returns. */
import type { Field, FieldKind } from '../../../schema/graph.js'
import { type Conversions, type Convert, decoding, encoding, same } from '../../../store/convert.js'
import { fromJson, toJson } from '../../sql/json-form.js'
import { decimalOf, scaledOf } from './decimal.js'

/** −0 is stored as 0 (R4). */
const plainNumber: Convert = (value) => (value as number) + 0

const jsonText = (field: Field): Convert => {
  const json = toJson(field)
  return (value) => JSON.stringify(json(value))
}

const fromJsonText = (field: Field): Convert => {
  const value = fromJson(field)
  return (raw) => value(JSON.parse(raw as string))
}

const encodings: Conversions = {
  number: () => plainNumber,
  integer: () => plainNumber,
  decimal: scaledOf,
  boolean: () => (value) => (value ? 1 : 0),
  date: () => (value) => (value as Date).getTime(),
  json: jsonText,
  object: jsonText,
  array: jsonText,
  list: jsonText,
}

const decodings: Conversions = {
  bigint: () => (raw) => BigInt(raw as string),
  decimal: decimalOf,
  boolean: () => (raw) => raw !== 0,
  date: () => (raw) => new Date(raw as number),
  json: fromJsonText,
  object: fromJsonText,
  array: fromJsonText,
  list: fromJsonText,
}

const types: { readonly [Kind in FieldKind]?: string } = {
  integer: 'integer',
  bigint: 'integer',
  decimal: 'integer',
  boolean: 'integer',
  date: 'integer',
  number: 'real',
  binary: 'blob',
}

export function columnType(field: Field): string {
  return field.idKind === 'integer' && field.kind !== 'list' ? 'integer' : (types[field.kind] ?? 'text')
}

export function encode(field: Field): Convert {
  return encoding(field, encodings)
}

export function decode(field: Field): Convert | null {
  const convert = decoding(field, decodings)
  return convert === same ? null : convert
}

/** The field's column holds JSON text. */
export function isStructured(field: Field): boolean {
  return field.codec === null && ['json', 'object', 'array', 'list'].includes(field.kind)
}

/** Decimals of up to 15 digits are safe integers when scaled; longer ones and bigints travel as text. */
export function needsText(field: Field): boolean {
  return (
    field.codec === null && (field.kind === 'bigint' || (field.kind === 'decimal' && field.precision > 15))
  )
}
