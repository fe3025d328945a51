import type { Field } from '../../schema/graph.js'
import type { Resources } from '../resource.js'

/** Makes rows fit for JSON: bytes become base64, bigints text. Serializers do the rest. */
export type Present = <T>(rows: T) => T

/** @returns what leaves rows as they are, where no model and no pairing has such values */
export function presenterOf(resources: Resources): Present {
  for (const { fields, model } of resources.values()) {
    const payloads = model.outbound.flatMap((edge) => [...edge.payload.values()])
    if ([...fields.values(), ...payloads].some(needsEncoding)) return (rows) => encode(rows) as typeof rows
  }
  return (rows) => rows
}

const needsEncoding = ({ kind, item, fields }: Field): boolean =>
  kind === 'binary' ||
  kind === 'bigint' ||
  (item !== null && needsEncoding(item)) ||
  [...(fields?.values() ?? [])].some(needsEncoding)

function encode(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encode(member)]))
}
