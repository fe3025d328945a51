/** Columns on their way through a JSON array of rows. */
import type { Field } from '../../../schema/graph.js'
import type { Convert } from '../../sql/dialect.js'
import { fromJson } from '../../sql/json-form.js'
import { decode, isStructured, needsText } from './raw.js'

export function aggregated(expr: string, field: Field): string {
  if (isStructured(field)) return `json(${expr})`
  if (needsText(field)) return `cast(${expr} as text)`
  if (field.kind === 'binary' && field.codec === null) return `iif(${expr} is null, null, hex(${expr}))`
  return expr
}

export function decodeAggregated(field: Field): Convert | null {
  if (field.kind === 'json' && field.codec === null) return null
  if (isStructured(field)) return fromJson(field)
  if (field.kind === 'binary' && field.codec === null) {
    return (hex) => (hex === null ? null : Buffer.from(hex as string, 'hex'))
  }
  return decode(field)
}

const light = new Set<Field['kind']>([
  'id',
  'reference',
  'string',
  'enum',
  'integer',
  'boolean',
  'date',
  'decimal',
])

/**
 * One JSON text costs less than as many driver values for integers and short texts, and more for long texts and doubles
 * (measured); blobs have no place in it, and a codec may hide one.
 */
export function travelsGathered(field: Field): boolean {
  return field.codec === null && light.has(field.kind)
}
