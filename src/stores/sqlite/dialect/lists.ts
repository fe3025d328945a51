/** Lists of values as one JSON parameter (R36). */
import type { Field } from '../../../schema/graph.js'
import type { Convert, ListParameter } from '../../sql/dialect.js'
import { sql } from '../../sql/fragment.js'
import { encodeMember } from './members.js'
import { encode } from './raw.js'

/** @param exact SQLite takes numbers out of JSON as they are (3.53 and newer) */
export function listParameter(
  fields: readonly Field[],
  form: 'raw' | 'member',
  exact: boolean,
): ListParameter {
  const single = fields.length === 1
  const parts = fields.map((field) => ({
    convert: form === 'raw' ? encode(field) : encodeMember(field),
    // Blobs have no place in JSON, and a codec may make one.
    wrapped:
      form === 'raw' &&
      (field.kind === 'binary' || field.codec !== null || (field.kind === 'number' && !exact)),
    bare: isBare(field),
  }))
  const [first] = parts
  const part = (row: string, index: number): string => {
    const value = single ? `${row}value` : `${row}value ->> ${index}`
    return parts[index]?.wrapped ? `kin_scalar(${value})` : value
  }
  const element = ({ convert, wrapped }: (typeof parts)[number]): Convert =>
    wrapped ? (value) => wrap(convert(value)) : (value) => jsonText(convert(value))

  const encodeOne: Convert | null = first === undefined ? null : element(first)
  const encodeParts = parts.map(element)
  return {
    encode(values) {
      if (single && first?.bare) return JSON.stringify(values)
      const texts = single
        ? values.map((value) => encodeOne?.(value))
        : values.map((value) => `[${encodeParts.map((of, at) => of((value as unknown[])[at])).join()}]`)
      return `[${texts.join()}]`
    },
    includes: (exprs, parameter) => {
      const columns = fields.map((_, index) => part('', index)).join(', ')
      const key = single ? exprs.join() : `(${exprs.join(', ')})`
      return sql`${key} in (select ${columns} from json_each(${parameter}))`
    },
    rows: (parameter, alias) => sql`json_each(${parameter}) as ${alias}`,
    part: (alias, index) => part(`${alias}.`, index),
    position: (alias) => `${alias}.key`,
  }
}

/** The value goes into JSON as it is. */
function isBare(field: Field): boolean {
  return field.codec === null && ['id', 'reference', 'string', 'text', 'enum'].includes(field.kind)
}

function jsonText(raw: unknown): string {
  return typeof raw === 'bigint' ? String(raw) : JSON.stringify(raw)
}

function wrap(raw: unknown): string {
  if (raw === null) return 'null'
  return JSON.stringify(raw instanceof Uint8Array ? `x${Buffer.from(raw).toString('hex')}` : jsonText(raw))
}
