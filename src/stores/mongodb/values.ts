/**
 * How values are written down in documents. Every kind has its native BSON type; `json` is kept as a document whose keys
 * are sorted at every depth, so that deeply equal values (R6) are equal documents. Embedded objects and entries hold every
 * member, null ones included, so that their members keep their order when one of them changes; a record leaves out what is
 * null.
 */
import { Binary, Decimal128, Double, Long, ObjectId, UUID } from 'mongodb'
import type { Field, IdKind } from '../../schema/graph.js'
import { type Conversions, type Convert, decoding, encoding, same } from '../../store/convert.js'
import { fromPlainJson, toPlainJson } from './json-value.js'
import { plainDecimal } from './plain-decimal.js'

/** The key of a field in its document: the id is always `_id`. */
export const keyOf = (field: Field): string => (field.kind === 'id' ? '_id' : field.column)

/** Value to BSON; null and undefined become null. Lists, objects and arrays are converted whole. */
export function encode(field: Field): Convert {
  return encoding(field, writing)
}

/** BSON to value; what is missing becomes null. */
export function decode(field: Field): Convert {
  const convert = decoding(field, reading)
  return field.codec === null ? convert : (raw) => convert(plainRaw(raw))
}

/** What codecs know, which were not made for MongoDB's own types. */
function plainRaw(raw: unknown): unknown {
  if (isA<Binary>('Binary', raw)) return bytesOf(raw)
  return isA<Decimal128>('Decimal128', raw) ? raw.toString() : raw
}

/** A BSON value of whichever copy of the driver: a client that is passed in may come from another one. */
function isA<T>(type: string, raw: unknown): raw is T {
  return typeof raw === 'object' && raw !== null && '_bsontype' in raw && raw._bsontype === type
}

/** One element of a list (its id, without payload) or of an array, to BSON. */
export function encodeItem(field: Field): Convert {
  if (field.kind === 'list') return idTo[field.idKind ?? 'objectId']
  return field.item === null ? same : encode(field.item)
}

/** Some members of a payload entry `{ id, …payload }`: those it has. Keyed by column. */
export function encodePartialEntry(list: Field): (entry: Readonly<Record<string, unknown>>) => Document {
  const known = entryMembers(list, encode)
  return (entry) => {
    const given = known.filter(({ name }) => entry[name] !== undefined)
    return Object.fromEntries(given.map(({ name, column, convert }) => [column, convert(entry[name])]))
  }
}

/** The entries of the list are `{ id, …payload }`, not plain ids. */
export function hasPayload(list: Field): boolean {
  return list.edge !== null && list.edge.payload.size > 0
}

type Document = Record<string, unknown>
type Conversion = (field: Field) => Convert
type Members = readonly { readonly name: string; readonly column: string; readonly convert: Convert }[]

const LARGEST_INT = 2 ** 31 - 1

/** −0 is stored as 0 (R4); what a 32-bit integer does not hold travels as a 64-bit one, never as a double. */
const integerTo: Convert = (value) => {
  const number = (value as number) + 0
  return Math.abs(number) <= LARGEST_INT ? number : Long.fromNumber(number)
}

const idTo: Readonly<Record<IdKind, Convert>> = {
  objectId: (value) => ObjectId.createFromHexString(value as string),
  uuid: (value) => new UUID(value as string),
  integer: integerTo,
  string: same,
}

const idFrom: Readonly<Record<IdKind, Convert>> = {
  objectId: String,
  uuid: (raw) => (isA<Binary>('Binary', raw) ? raw.toUUID().toHexString() : String(raw)),
  integer: Number,
  string: same,
}

const idWriting: Conversion = ({ idKind }) => idTo[idKind ?? 'objectId']
const idReading: Conversion = ({ idKind }) => idFrom[idKind ?? 'objectId']

const writing: Conversions = {
  id: idWriting,
  reference: idWriting,
  integer: () => integerTo,
  number: () => (value) => new Double((value as number) + 0),
  bigint: () => (value) => Long.fromBigInt(value as bigint),
  decimal: () => (value) => Decimal128.fromString(value as string),
  json: () => toPlainJson,
  binary: () => (value) => new Binary(value as Uint8Array),
  object: ({ fields }) => objectTo(members(fields ?? [], encode)),
  array: ({ item }) => each(item === null ? same : encode(item)),
  list: (list) => (hasPayload(list) ? each(objectTo(entryMembers(list, encode))) : each(idWriting(list))),
}

const reading: Conversions = {
  id: idReading,
  reference: idReading,
  integer: () => Number,
  number: () => Number,
  bigint: () => (raw) => BigInt(raw as bigint | number),
  decimal:
    ({ scale }) =>
    (raw) =>
      plainDecimal(String(raw), scale),
  json: () => fromPlainJson,
  binary: () => (raw) => bytesOf(raw as Binary),
  object: ({ fields }) => objectFrom(members(fields ?? [], decode)),
  array: ({ item }) => each(item === null ? same : decode(item)),
  list: (list) => (hasPayload(list) ? each(objectFrom(entryMembers(list, decode))) : each(idReading(list))),
}

const bytesOf = ({ buffer, position }: Binary): Buffer =>
  Buffer.from(buffer.buffer, buffer.byteOffset, position)

const each =
  (convert: Convert): Convert =>
  (values) =>
    (values as readonly unknown[]).map(convert)

function members(fields: Iterable<readonly [string, Field]>, conversion: Conversion): Members {
  return Array.from(fields, ([name, field]) => ({ name, column: field.column, convert: conversion(field) }))
}

function entryMembers(list: Field, conversion: Conversion): Members {
  const id = conversion === encode ? idWriting(list) : idReading(list)
  return [{ name: 'id', column: 'id', convert: id }, ...members(list.edge?.payload ?? [], conversion)]
}

function objectTo(known: Members): Convert {
  return (value) => {
    const document: Document = {}
    for (const { name, column, convert } of known) {
      document[column] = convert((value as Document)[name] ?? null)
    }
    return document
  }
}

function objectFrom(known: Members): Convert {
  return (raw) => {
    const value: Document = {}
    for (const { name, column, convert } of known) value[name] = convert((raw as Document)[column] ?? null)
    return value
  }
}
