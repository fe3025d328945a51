/** Raw values: texts, as parameters and columns travel. */
import type { Field, FieldKind } from '../../../schema/graph.js'
import { type Conversions, type Convert, decoding, encoding, same } from '../../../store/convert.js'
import { fromJson, toJson } from '../../sql/json-form.js'

/** What a codec makes, as the text of whatever its column's type is. */
function textOf(raw: unknown): string | null {
  if (raw instanceof Uint8Array) return bytesText(raw)
  if (raw instanceof Date) return raw.toISOString()
  return raw === null || raw === undefined ? null : `${raw as string | number | bigint | boolean}`
}

function bytesText(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}

const jsonText = (field: Field): Convert => {
  const json = toJson(field)
  return (value) => JSON.stringify(json(value))
}

const fromJsonText = (field: Field): Convert => {
  const value = fromJson(field)
  return (raw) => value(JSON.parse(raw as string))
}

const idText = ({ idKind }: Field): Convert => (idKind === 'integer' ? String : same)
const idValue = ({ idKind }: Field): Convert => (idKind === 'integer' ? Number : same)

const encodings: Conversions = {
  id: idText,
  reference: idText,
  // −0 is stored as 0 (R4), and `String` writes it so.
  number: () => String,
  integer: () => String,
  bigint: () => String,
  boolean: () => String,
  date: () => (value) => (value as Date).toISOString(),
  binary: () => (value) => bytesText(value as Uint8Array),
  json: jsonText,
  object: jsonText,
  array: jsonText,
  list: jsonText,
}

/** Dates are selected as seconds, whatever the session's time zone and style are. */
export const dateOf: Convert = (seconds) => new Date(Math.round(Number(seconds) * 1000))

/** `\x6869` */
export const bytesOf: Convert = (raw) => Buffer.from((raw as string).slice(2), 'hex')

const decodings: Conversions = {
  id: idValue,
  reference: idValue,
  number: () => Number,
  integer: () => Number,
  bigint: () => (raw) => BigInt(raw as string),
  boolean: () => (raw) => raw === 't',
  date: () => dateOf,
  binary: () => bytesOf,
  json: fromJsonText,
  object: fromJsonText,
  array: fromJsonText,
  list: fromJsonText,
}

export function encode(field: Field): Convert {
  const convert = encoding(field, encodings)
  return field.codec === null ? convert : (value) => textOf(convert(value))
}

export function decode(field: Field): Convert | null {
  const convert = decoding(field, decodings)
  // What an adopted column holds comes as JSON (`select`): a number as a number, a text as a text.
  if (field.codec !== null) return (raw) => (raw === null ? null : convert(JSON.parse(raw as string)))
  return convert === same ? null : convert
}

export function select(expr: string, field: Field): string {
  if (field.codec !== null) return `to_json(${expr})`
  return field.kind === 'date' ? `date_part('epoch', ${expr})` : expr
}

/** The field's column holds a JSON document. */
export function isStructured({ codec, kind }: Field): boolean {
  return codec === null && ['json', 'object', 'array', 'list'].includes(kind)
}

/** Texts compare by code point (R3). */
const TEXT = 'text collate "C"'

const types: { readonly [Kind in FieldKind]?: string } = {
  integer: 'bigint',
  bigint: 'bigint',
  number: 'double precision',
  boolean: 'boolean',
  date: 'timestamptz(3)',
  json: 'jsonb',
  object: 'jsonb',
  array: 'jsonb',
  list: 'jsonb',
  binary: 'bytea',
}

const idTypes = { objectId: TEXT, string: TEXT, uuid: 'uuid', integer: 'bigint' } as const

export function columnType(field: Field): string {
  const { kind, idKind, precision, scale, codec } = field
  if (codec !== null) return codecType(field)
  if (idKind !== null && kind !== 'list') return idTypes[idKind]
  if (kind === 'decimal') return `numeric(${precision}, ${scale})`
  return types[kind] ?? TEXT
}

/** A type without collation, for casts. */
export function castType(field: Field): string {
  return columnType(field).replace(' collate "C"', '')
}

const samples: { readonly [Kind in FieldKind]?: unknown } = {
  date: new Date(0),
  decimal: '0',
  integer: 0,
  number: 0,
  bigint: 0n,
  boolean: false,
  binary: new Uint8Array(),
  json: null,
}

/** The type for what a codec makes: that of what it makes of some value. */
function codecType({ codec, kind, values }: Field): string {
  const sample = samples[kind] ?? values?.[0] ?? ''
  const raw = codec?.encode(sample)
  switch (typeof raw) {
    case 'number':
      return 'double precision'
    case 'bigint':
      return 'bigint'
    case 'boolean':
      return 'boolean'
    default:
      return raw instanceof Uint8Array ? 'bytea' : TEXT
  }
}

/** Values are texts that compare by their collation. */
export function isText(field: Field): boolean {
  return columnType(field) === TEXT
}
