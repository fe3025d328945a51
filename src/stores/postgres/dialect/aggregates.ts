/** Columns on their way through a JSON array of rows. */
import type { Field } from '../../../schema/graph.js'
import type { Convert } from '../../../store/convert.js'
import { decoding, same } from '../../../store/convert.js'
import { joined, type Fragment, type Part, sql } from '../../sql/fragment.js'
import { fromJson } from '../../sql/json-form.js'
import { bytesOf, dateOf, isStructured } from './raw.js'

export function aggregated(expr: string, field: Field): string {
  if (field.codec !== null) return expr
  if (field.kind === 'date') return `date_part('epoch', ${expr})`
  // JSON has the digits, and JavaScript's numbers would lose some.
  return field.kind === 'bigint' || field.kind === 'decimal' ? `${expr}::text` : expr
}

export function decodeAggregated(field: Field): Convert | null {
  if (field.codec !== null || field.kind === 'bigint') {
    return decoding(field, { bigint: () => (raw) => BigInt(raw as string) })
  }
  if (field.kind === 'date') return (raw) => (raw === null ? null : dateOf(raw))
  if (field.kind === 'binary') return (raw) => (raw === null ? null : bytesOf(raw))
  if (!isStructured(field) || field.kind === 'json') return null
  const convert = fromJson(field)
  return convert === same ? null : convert
}

/** Functions take so many arguments at most. */
const MOST_ARGUMENTS = 100

export function row(columns: readonly Part[]): Fragment {
  if (columns.length <= MOST_ARGUMENTS) return sql`json_build_array(${joined(columns, ', ')})`
  const parts: Fragment[] = []
  for (let at = 0; at < columns.length; at += MOST_ARGUMENTS) {
    parts.push(sql`jsonb_build_array(${joined(columns.slice(at, at + MOST_ARGUMENTS), ', ')})`)
  }
  return joined(parts, ' || ')
}
