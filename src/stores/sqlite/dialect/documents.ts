/** JSON documents changed in place, within one UPDATE for many records. */
import type { Field } from '../../../schema/graph.js'
import type { Dialect } from '../../sql/dialect.js'
import { sql } from '../../sql/fragment.js'
import { hasPayload } from '../../sql/json-form.js'
import { jsonPath } from './text.js'

type Documents = Pick<
  Dialect,
  'put' | 'append' | 'collect' | 'kept' | 'document' | 'mergeEntries' | 'increment'
>

export const documents: Documents = {
  put: (document, keys, value) => sql`json_set(${document}, ${jsonPath(keys)}, json(${value}))`,

  // Both are minified arrays, so their texts can be joined: SQLite has no function for it, and going through the elements
  // would cost far more.
  append: (json, tail) =>
    sql`(select case '[]' when more then own when own then more else substr(own, 1, length(own) - 1) || ',' || substr(more, 2) end from (select coalesce(json(${json}), '[]') as own, json(${tail}) as more))`,

  collect: (json, alias, element, keep) =>
    sql`(select json_group_array(${element} order by ${alias}.key) from json_each(${json}) as ${alias}${keep === null ? '' : sql` where ${keep}`})`,

  kept: (json, alias, array) => {
    if (isDocument(array)) return `json(${alias}.value)`
    return isText(array) ? `${alias}.value` : `json(${json} -> ${alias}.key)`
  },

  document: (element) => sql`json(${element})`,

  mergeEntries(json, list, entries) {
    const members = [...(list.edge?.payload.values() ?? [])].map(({ column }) => {
      const path = jsonPath([column])
      return `, ${path}, json(coalesce(given.entry -> ${path}, own.value -> ${path}))`
    })
    const merged = `json_set(own.value${members.join('')})`
    const found = "with given as materialized (select value ->> '$.id' as id, value as entry from json_each("
    return sql`(${found}${entries})) select json_group_array(${merged} order by own.key) from json_each(${json}) as own left join given on given.id = own.value ->> '$.id')`
  },

  increment(expr, field, by) {
    // It counts writes, so it never comes near its limit, and every write pays for it.
    if (field.system === 'version') return sql`${expr} + ${by}`
    return sql`kin_increment(${expr}, ${by}, ${bound(field)})`
  },
}

/** Elements that are objects (or arrays) are JSON texts already. */
function isDocument(array: Field): boolean {
  if (array.kind === 'list') return hasPayload(array)
  return array.item?.codec === null && ['object', 'array', 'list'].includes(array.item.kind)
}

/** Elements that SQLite takes out of JSON and puts back unchanged; numbers and booleans are not among them. */
function isText(array: Field): boolean {
  if (array.kind === 'list') return true
  const kind = array.item?.codec === null ? array.item.kind : null
  return kind !== null && !['number', 'boolean', 'json'].includes(kind)
}

/** The largest value either way; null for a double. */
function bound(field: Field): string {
  switch (field.kind) {
    case 'bigint':
      return '9223372036854775807'
    case 'decimal':
      return '9'.repeat(field.precision)
    case 'number':
      return 'null'
    default:
      return String(Number.MAX_SAFE_INTEGER)
  }
}
