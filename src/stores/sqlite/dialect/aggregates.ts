/** Columns on their way through a JSON array of rows. */
import type { Field } from '../../../schema/graph.js'
import type { Convert } from '../../sql/dialect.js'
import { fromJson } from '../../sql/json-form.js'
import { decode, isStructured, needsText } from './raw.js'

export function aggregated(expr: string, field: Field): string {
  // A codec's column may hold anything, blobs included, for which JSON has no place.
  if (field.codec !== null) {
    return `case typeof(${expr}) when 'blob' then 'x' || hex(${expr}) when 'text' then 't' || ${expr} else ${expr} end`
  }
  if (isStructured(field)) return `json(${expr})`
  if (needsText(field)) return `cast(${expr} as text)`
  if (field.kind === 'binary') return `iif(${expr} is null, null, hex(${expr}))`
  return expr
}

export function decodeAggregated(field: Field): Convert | null {
  const convert = decode(field)
  if (field.codec !== null) return (raw) => convert?.(typeof raw === 'string' ? unmarked(raw) : raw)
  if (field.kind === 'json') return null
  if (isStructured(field)) return fromJson(field)
  if (field.kind === 'binary') return (hex) => (hex === null ? null : Buffer.from(hex as string, 'hex'))
  return convert
}

/** Text or blob again, by the letter in front. */
function unmarked(raw: string): unknown {
  return raw.startsWith('x') ? Buffer.from(raw.slice(1), 'hex') : raw.slice(1)
}

const light = new Set<Field['kind']>([
  'id',
  'reference',
  'string',
  'text',
  'enum',
  'integer',
  'boolean',
  'date',
  'decimal',
])

/**
 * One JSON text costs less than as many driver values for integers and short texts, and more for doubles and long texts
 * (measured); how long texts are shows when they are read. Blobs have no place in it, and a codec may hide one.
 */
export function travelsGathered(field: Field): boolean {
  return field.codec === null && light.has(field.kind)
}
