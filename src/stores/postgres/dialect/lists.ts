/** Lists of values as one parameter (R36). */
import type { Field } from '../../../schema/graph.js'
import type { Convert } from '../../../store/convert.js'
import type { ListParameter } from '../../sql/dialect.js'
import { sql } from '../../sql/fragment.js'
import { encodeMember } from './members.js'
import { castType, encode } from './raw.js'
import { arrayText } from './text.js'

export function listParameter(fields: readonly Field[], form: 'raw' | 'member'): ListParameter {
  const converts = fields.map(form === 'raw' ? encode : encodeMember)
  const [field] = fields
  const [convert] = converts
  return fields.length === 1 && field && convert ? single(field, convert, form) : composite(fields, converts)
}

/** An array. */
function single(field: Field, convert: Convert, form: 'raw' | 'member'): ListParameter {
  const type = form === 'raw' ? castType(field) : memberType(field)
  return {
    encode: (values) => arrayText(values.map((value) => convert(value) as string | null)),
    includes: (exprs, parameter) => sql`${exprs.join()} = any(${parameter})`,
    rows: (parameter, alias) =>
      sql`unnest(${parameter}::${type}[]) with ordinality as ${alias}(value, position)`,
    part: (alias) => `${alias}.value`,
    position: (alias) => `${alias}.position`,
  }
}

/** A JSON array of arrays: the parts have different types. */
function composite(fields: readonly Field[], converts: readonly Convert[]): ListParameter {
  const part = (value: string, at: number, field: Field): string => `(${value} ->> ${at})::${castType(field)}`
  return {
    encode: (values) =>
      JSON.stringify(values.map((key) => converts.map((convert, at) => convert((key as unknown[])[at])))),
    includes(exprs, parameter) {
      const parts = fields.map((field, at) => part('key', at, field)).join(', ')
      return sql`(${exprs.join(', ')}) in (select ${parts} from jsonb_array_elements(${parameter}::jsonb) as keys(key))`
    },
    rows: (parameter, alias) =>
      sql`jsonb_array_elements(${parameter}::jsonb) with ordinality as ${alias}(value, position)`,
    part: (alias, at) => part(`${alias}.value`, at, fields[at] as Field),
    position: (alias) => `${alias}.position`,
  }
}

function memberType(field: Field): string {
  if (field.codec !== null) return 'jsonb'
  return ['date', 'binary'].includes(field.kind) ? 'text' : castType(field)
}
