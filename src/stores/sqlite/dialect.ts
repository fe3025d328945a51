import type { Dialect } from '../sql/dialect.js'
import { foldAscii } from '../sql/fold-ascii.js'
import { joined, sql } from '../sql/fragment.js'
import { fromJson, hasPayload, toJson } from '../sql/json-form.js'
import { aggregated, decodeAggregated, travelsGathered } from './dialect/aggregates.js'
import { documents } from './dialect/documents.js'
import { listParameter } from './dialect/lists.js'
import { comparable, encodeMember } from './dialect/members.js'
import { globOf } from './dialect/pattern.js'
import { columnType, decode, encode, needsText } from './dialect/raw.js'
import { rowsParameter } from './dialect/rows.js'
import { jsonPath, quote } from './dialect/text.js'

/**
 * SQLite's SQL.
 *
 * @param exact SQLite takes numbers out of JSON as they are (3.53 and newer)
 */
export function sqliteDialect(exact: boolean): Dialect {
  // A JSON null would be an array of one element to `json_each`.
  const json: Dialect['json'] = (document, keys) =>
    keys.length === 0 ? document : `nullif(${document} -> ${jsonPath(keys)}, 'null')`

  const member: Dialect['member'] = (document, keys, field) => {
    const path = jsonPath(keys)
    return comparable(field, { text: `${document} -> ${path}`, value: `${document} ->> ${path}` }, exact)
  }

  const element: Dialect['element'] = (document, alias, keys, field) =>
    keys.length === 0
      ? comparable(field, { text: `${document} -> ${alias}.key`, value: `${alias}.value` }, exact)
      : member(`${alias}.value`, keys, field)

  const entryId: Dialect['entryId'] = (_document, alias, list) =>
    hasPayload(list) ? `${alias}.value ->> '$.id'` : `${alias}.value`

  return {
    quote,
    table: quote,
    placeholder: () => '?',
    columnType,
    encode,
    decode,
    select: (expr, field) => (needsText(field) ? `cast(${expr} as text)` : expr),
    like: (expr, pattern) => sql`${expr} glob ${pattern}`,
    encodeLike: globOf,
    ilike: (expr, pattern) => sql`lower(${expr}) glob ${pattern}`,
    encodeIlike: (pattern) => globOf(foldAscii(pattern)),
    jsonEquals: (expr, value) => sql`${expr} = ${value}`,
    list: (fields, form) => listParameter(fields, form, exact),
    // Null is the smallest value in SQLite itself.
    ranked: (expr) => expr,
    order: (expr, direction) => (direction === 'asc' ? sql`${expr}` : sql`${expr} desc`),
    limit(limit, offset) {
      if (offset === null) return limit === null ? [] : sql` limit ${limit}`
      return sql` limit ${limit ?? '-1'} offset ${offset}`
    },
    // One writer at a time: whoever reads in a transaction reads what nobody else can change.
    lock: () => '',

    json,
    member,
    encodeMember,
    elements: (document, alias) => `json_each(${document}) as ${alias}`,
    element,
    elementJson: (_document, alias, keys) => json(`${alias}.value`, keys),
    elementPosition: (alias) => `${alias}.key`,
    entryId,
    length: (document) => `coalesce(json_array_length(${document}), 0)`,
    contains(document, array, value) {
      const alias = 'contained'
      const found =
        array.item === null ? entryId(document, alias, array) : element(document, alias, [], array.item)
      return sql`exists (select 1 from json_each(${document}) as ${alias} where ${found} = ${value})`
    },
    encodeContained: (array) => (array.item === null ? (id) => id : encodeMember(array.item)),
    fromJson,
    toJson,

    aggregated,
    decodeAggregated,
    row: (columns) => sql`json_array(${joined(columns, ', ')})`,
    gather: (row, order) => sql`json_group_array(${row}${order === null ? '' : sql` order by ${order}`})`,
    nested: (gathered) => sql`json(${gathered})`,
    selectGathered: (gathered) => sql`${gathered}`,
    travelsGathered,

    joinInOrder: ' cross join ',
    // A limit keeps the derived table from being flattened, with its order; cross joins are nested loops as written.
    inOrder: (select) => sql`(${select} limit -1)`,

    lateral: false,
    holds: null,

    rows: (fields) => rowsParameter(fields.length),
    // Null there makes SQLite assign the id.
    emptyRow: (id) => `(${id}) values (null)`,

    ...documents,
  }
}
