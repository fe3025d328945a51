/** Lists of values as one JSON parameter (R36). */
import type { Field } from '../../../schema/graph.js'
import type { Convert, ListParameter } from '../../sql/dialect.js'
import { sql } from '../../sql/fragment.js'
import { encodeMember } from './members.js'
import { encode } from './raw.js'

/** One value of an entry, on its way into the parameter's JSON and out of it. */
interface Part {
  /** value to JSON text; null where `JSON.stringify` does as well for the whole list */
  readonly text: Convert | null
  readonly out: (value: string) => string
}

/** @param exact SQLite takes numbers out of JSON as they are (3.53 and newer) */
export function listParameter(
  fields: readonly Field[],
  form: 'raw' | 'member',
  exact: boolean,
): ListParameter {
  const parts = fields.map((field) => partOf(field, form, exact))
  const single = parts.length === 1 ? parts[0] : undefined
  const out = (row: string, index: number): string => {
    const value = single === undefined ? `${row}value ->> ${index}` : `${row}value`
    return parts[index]?.out(value) ?? value
  }
  const entryText = (entry: unknown): string =>
    `[${parts.map(({ text }, at) => (text ?? JSON.stringify)((entry as unknown[])[at])).join()}]`
  return {
    encode(values) {
      if (single?.text === null) return JSON.stringify(values)
      return `[${values.map(single?.text ?? entryText).join()}]`
    },
    includes(exprs, parameter) {
      const columns = fields.map((_, index) => out('', index)).join(', ')
      const key = single === undefined ? `(${exprs.join(', ')})` : exprs.join()
      return sql`${key} in (select ${columns} from json_each(${parameter}))`
    },
    rows: (parameter, alias) => sql`json_each(${parameter}) as ${alias}`,
    part: (alias, index) => out(`${alias}.`, index),
    position: (alias) => `${alias}.key`,
  }
}

function partOf(field: Field, form: 'raw' | 'member', exact: boolean): Part {
  const convert = form === 'raw' ? encode(field) : encodeMember(field)
  // Blobs have no place in JSON, and a codec may make one.
  const foreign = form === 'raw' && (field.kind === 'binary' || field.codec !== null)
  if (foreign || (!exact && (field.kind === 'number' || field.codec !== null))) {
    return { text: (value) => wrapped(convert(value)), out: (value) => `kin_scalar(${value})` }
  }
  const plain = ['id', 'reference', 'string', 'text', 'enum'].includes(field.kind) && field.codec === null
  return { text: plain ? null : (value) => jsonText(convert(value)), out: (value) => value }
}

function jsonText(raw: unknown): string {
  if (typeof raw === 'bigint') return String(raw)
  const text = JSON.stringify(raw)
  // A whole double beyond 2^53 looks like an integer in JSON, and is only nearly the one that it looks like.
  return typeof raw === 'number' && !Number.isSafeInteger(raw) && /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** What `kin_scalar` reads. */
function wrapped(raw: unknown): string {
  if (raw === null) return 'null'
  if (raw instanceof Uint8Array) return `"x${Buffer.from(raw).toString('hex')}"`
  return typeof raw === 'bigint' ? `"i${raw}"` : JSON.stringify(JSON.stringify(raw))
}
