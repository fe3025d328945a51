import type { Field } from '../../schema/graph.js'
import type { Resources } from '../resource.js'

/** Makes rows fit for JSON: bytes become base64. Serializers do the rest. */
export type Present = <T>(rows: T) => T

/** @returns what leaves rows as they are, where no model has bytes */
export function presenterOf(resources: Resources): Present {
  for (const { fields } of resources.values()) {
    if ([...fields.values()].some(hasBytes)) return (rows) => encode(rows) as typeof rows
  }
  return (rows) => rows
}

const hasBytes = ({ kind, item, fields }: Field): boolean =>
  kind === 'binary' || (item !== null && hasBytes(item)) || [...(fields?.values() ?? [])].some(hasBytes)

function encode(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encode(member)]))
}
