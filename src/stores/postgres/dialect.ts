import type { Dialect } from '../sql/dialect.js'
import { foldAscii } from '../sql/fold-ascii.js'
import { sql } from '../sql/fragment.js'
import { fromJson, hasPayload, toJson } from '../sql/json-form.js'
import { aggregated, decodeAggregated, row } from './dialect/aggregates.js'
import { documents } from './dialect/documents.js'
import { listParameter } from './dialect/lists.js'
import { comparable, encodeMember } from './dialect/members.js'
import { likeOf } from './dialect/pattern.js'
import { castType, columnType, decode, encode, isText, select } from './dialect/raw.js'
import { rowsParameter } from './dialect/rows.js'
import { jsonPath, literal, quote } from './dialect/text.js'

/**
 * PostgreSQL's SQL.
 *
 * @param schema the namespace of the tables; null for the first of the search path
 */
export function postgresDialect(schema: string | null): Dialect {
  const at = (document: string, keys: readonly string[], text: boolean): string => {
    const [key = ''] = keys
    if (keys.length === 1) return `${document} ${text ? '->>' : '->'} ${literal(key)}`
    return `${document} ${text ? '#>>' : '#>'} ${jsonPath(keys)}`
  }

  const json: Dialect['json'] = (document, keys) =>
    keys.length === 0 ? document : `nullif(${at(document, keys, false)}, 'null')`

  const member: Dialect['member'] = (document, keys, field) =>
    comparable(field, { json: at(document, keys, false), text: at(document, keys, true) })

  const element: Dialect['element'] = (_document, alias, keys, field) => member(`${alias}.value`, keys, field)

  const entryId: Dialect['entryId'] = (_document, alias, list) => {
    const text = at(`${alias}.value`, hasPayload(list) ? ['id'] : [], true)
    const target = list.edge?.to.id
    return target ? `(${text})::${castType(target)}` : `(${text})`
  }

  return {
    quote,
    table: (name) => (schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`),
    placeholder: (index) => `$${index + 1}`,
    columnType,
    encode,
    decode,
    select,
    like: (expr, pattern) => sql`${expr}::text like ${pattern}`,
    encodeLike: likeOf,
    ilike: (expr, pattern) => sql`lower(${expr}::text collate "C") like ${pattern}`,
    encodeIlike: (pattern) => foldAscii(likeOf(pattern)),
    jsonEquals: (expr, value) => sql`${expr} = ${value}`,
    list: listParameter,
    // A column that was made otherwise may be of a type that reads as text and has no collation: uuid, an enum.
    ranked: (expr, field) => (isText(field) ? `${expr}::text collate "C"` : expr),
    order(expr, direction, nullable) {
      const nulls = direction === 'asc' ? ' nulls first' : ' desc nulls last'
      // Indexes are not made for nulls in such places, and are of no use where the order speaks of them without need.
      return sql`${expr}${nullable ? nulls : direction === 'asc' ? '' : ' desc'}`
    },
    limit: (limit, offset) =>
      sql`${limit === null ? [] : sql` limit ${limit}`}${offset === null ? [] : sql` offset ${offset}`}`,
    lock: (lock, alias) => (lock === null ? '' : ` for ${strengths[lock]} of ${alias}`),

    json,
    member,
    encodeMember,
    elements: (document, alias) =>
      `jsonb_array_elements(${document}) with ordinality as ${alias}(value, position)`,
    element,
    elementJson: (_document, alias, keys) => json(`${alias}.value`, keys),
    elementPosition: (alias) => `(${alias}.position - 1)`,
    entryId,
    length: (document) => `coalesce(jsonb_array_length(${document}), 0)`,
    contains: (document, array, value) =>
      // A document contains others by parts; here it must be equal.
      array.item?.kind === 'json'
        ? sql`exists (select 1 from jsonb_array_elements(${document}) as contained(value) where contained.value = ${value}::jsonb)`
        : sql`${document} @> ${value}::jsonb`,
    encodeContained(array) {
      const { item } = array
      if (item === null) return (id) => JSON.stringify([hasPayload(array) ? { id } : id])
      const document = toJson(item)
      return (value) => JSON.stringify(item.kind === 'json' ? document(value) : [document(value)])
    },
    fromJson,
    toJson,

    aggregated,
    decodeAggregated,
    row,
    gather: (gathered, order) => sql`json_agg(${gathered}${order === null ? '' : sql` order by ${order}`})`,
    nested: (gathered) => sql`${gathered}`,
    selectGathered: (gathered) => sql`${gathered}`,
    travelsGathered: () => false,

    joinInOrder: ' join ',
    inOrder: () => null,
    lateral: true,
    holds(document, list, id) {
      const entry = hasPayload(list) ? `jsonb_build_object('id', ${id})` : id
      return `${document} @> jsonb_build_array(${entry})`
    },

    rows: rowsParameter,
    emptyRow: () => 'default values',

    ...documents,
  }
}

/** Linkers go together with one another and with whoever changes the record, not with its deleter (R30). */
const strengths = { link: 'key share', change: 'no key update', delete: 'update' } as const
