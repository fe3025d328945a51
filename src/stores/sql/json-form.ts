/**
 * How values are written inside JSON documents, on every SQL database alike: dates as ISO text with milliseconds (years
 * 1 to 9999, so text order is time order), bigint and decimal as strings, binary as base64, json with sorted keys,
 * everything else as itself.
 * Objects and payload entries are keyed by column and hold every member, null ones included, so that members keep
 * their order when one of them changes.
 */
import type { Field } from '../../schema/graph.js'
import { type Conversions, type Convert, decoding, encoding, same } from '../../store/convert.js'
import { sortedKeys } from '../../store/sorted-keys.js'

type Conversion = (field: Field) => Convert
type Members = readonly { readonly name: string; readonly column: string; readonly convert: Convert }[]

const writing: Conversions = {
  bigint: () => String,
  date: () => (value) => (value as Date).toISOString(),
  json: () => sortedKeys,
  binary: () => (value) => bytes(value as Uint8Array).toString('base64'),
  object: ({ fields }) => objectToJson(members(fields ?? [], toJson)),
  array: ({ item }) => each(item, toJson),
  list: (list) => (hasPayload(list) ? all(objectToJson(entryMembers(list, toJson))) : same),
}

const reading: Conversions = {
  bigint: () => (text) => BigInt(text as string),
  date: () => (text) => new Date(text as string),
  binary: () => (text) => Buffer.from(text as string, 'base64'),
  object: ({ fields }) => objectFromJson(members(fields ?? [], fromJson)),
  array: ({ item }) => each(item, fromJson),
  list: (list) => (hasPayload(list) ? all(objectFromJson(entryMembers(list, fromJson))) : same),
}

/** Value to what `JSON.stringify` takes in its place. */
export function toJson(field: Field): Convert {
  return encoding(field, writing)
}

/** What `JSON.parse` gave to value. */
export function fromJson(field: Field): Convert {
  return decoding(field, reading)
}

/** Some members of a payload entry `{ id, …payload }` to JSON: those it has, so that the others can be kept. */
export function partialEntryToJson(list: Field): Convert {
  const known = entryMembers(list, toJson)
  return (value) => {
    const entry = value as Record<string, unknown>
    const given = known.filter(({ name }) => entry[name] !== undefined)
    return Object.fromEntries(given.map(({ name, column, convert }) => [column, convert(entry[name])]))
  }
}

/** The entries of the list are `{ id, …payload }`, not plain ids. */
export function hasPayload(list: Field): boolean {
  return list.edge !== null && list.edge.payload.size > 0
}

function bytes(value: Uint8Array): Buffer {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}

function each(item: Field | null, conversion: Conversion): Convert {
  const convert = item === null ? same : conversion(item)
  return convert === same ? same : all(convert)
}

function all(convert: Convert): Convert {
  return (values) => (values as readonly unknown[]).map(convert)
}

function members(fields: Iterable<readonly [string, Field]>, conversion: Conversion): Members {
  return Array.from(fields, ([name, field]) => ({ name, column: field.column, convert: conversion(field) }))
}

function entryMembers(list: Field, conversion: Conversion): Members {
  return [{ name: 'id', column: 'id', convert: same }, ...members(list.edge?.payload ?? [], conversion)]
}

function objectToJson(known: Members): Convert {
  return (value) => {
    const json: Record<string, unknown> = {}
    for (const { name, column, convert } of known) {
      json[column] = convert((value as Record<string, unknown>)[name] ?? null)
    }
    return json
  }
}

function objectFromJson(known: Members): Convert {
  return (value) => {
    const object: Record<string, unknown> = {}
    for (const { name, column, convert } of known) {
      object[name] = convert((value as Record<string, unknown>)[column] ?? null)
    }
    return object
  }
}
