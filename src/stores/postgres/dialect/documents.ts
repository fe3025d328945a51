/** JSON documents changed in place, within one UPDATE for many records. */
import type { Field } from '../../../schema/graph.js'
import type { Dialect } from '../../sql/dialect.js'
import { sql } from '../../sql/fragment.js'
import { castType } from './raw.js'
import { jsonPath } from './text.js'

type Documents = Pick<
  Dialect,
  'put' | 'append' | 'collect' | 'kept' | 'document' | 'mergeEntries' | 'increment'
>

export const documents: Documents = {
  put: (document, keys, value) =>
    sql`jsonb_set(${document}, ${jsonPath(keys)}, coalesce(${value}::jsonb, 'null'))`,

  append: (json, tail) => sql`coalesce(${json}, '[]') || ${tail}::jsonb`,

  collect: (json, alias, element, keep) =>
    sql`(select coalesce(jsonb_agg(${element} order by ${alias}.position), '[]') from jsonb_array_elements(${json}) with ordinality as ${alias}(value, position)${keep === null ? '' : sql` where ${keep}`})`,

  kept: (_json, alias) => `${alias}.value`,

  document: (element) => sql`${element}`,

  mergeEntries: (json, _list, entries) =>
    sql`(with given as materialized (select value from jsonb_array_elements(${entries}::jsonb) as given(value)) select coalesce(jsonb_agg(own.value || coalesce(given.value, '{}') order by own.position), '[]') from jsonb_array_elements(${json}) with ordinality as own(value, position) left join given on given.value -> 'id' = own.value -> 'id')`,

  increment(expr, field, by) {
    // It counts writes, so it never comes near its limit, and every write pays for it.
    if (field.system === 'version') return sql`${expr} + ${by}`
    const bound = bounds[field.kind as keyof typeof bounds]
    if (bound === undefined) return sql`${expr} + ${by}::${castType(field)}`
    // Beyond the bound the product overflows, which is the server's own way of refusing a number.
    const sum = `case when total between -${bound} and ${bound} then total else total * 9223372036854775807 end`
    return sql`(select ${sum} from (select ${expr} + ${by}::bigint as total) as added)`
  },
}

/** The largest value either way, where the column's type has another one. */
const bounds = {
  integer: String(Number.MAX_SAFE_INTEGER),
  bigint: '9223372036854775807',
} satisfies { readonly [Kind in Field['kind']]?: string }
