/** Tables as a SQLite database has them. */
import type { ExistingColumn, ExistingForeignKey, ExistingIndex, ExistingTable } from '../sql/schema/table.js'
import { quote } from './dialect/text.js'
import { checkText } from './schema-dialect.js'

/** Runs a reading statement. */
export type Query = (statement: string, parameters: readonly unknown[]) => unknown[][]

/** The tables of these names (compared as SQLite does, without case), as far as they exist. */
export function existingTables(query: Query, names: readonly string[]): readonly ExistingTable[] {
  const found = query(
    `select name, sql from sqlite_master where type = 'table'
     and name collate nocase in (select value from json_each(?))`,
    [JSON.stringify(names)],
  )
  return found.map(([name, text]) => existingTable(query, String(name), String(text)))
}

function existingTable(query: Query, name: string, text: string): ExistingTable {
  const columns = columnsOf(query, name, text)
  return {
    name,
    empty: query(`select 1 from ${quote(name)} limit 1`, []).length === 0,
    columns: columns.map(({ column }) => column),
    primaryKey: columns
      .filter(({ place }) => place > 0)
      .toSorted((left, right) => left.place - right.place)
      .map(({ column }) => column.name),
    indexes: indexesOf(query, name),
    foreignKeys: foreignKeysOf(query, name),
  }
}

/** `place`: 1-based in the primary key; 0 outside of it. */
function columnsOf(
  query: Query,
  table: string,
  text: string,
): readonly { readonly column: ExistingColumn; readonly place: number }[] {
  const rows = query('select name, type, "notnull", dflt_value, pk from pragma_table_xinfo(?)', [table])
  const keys = rows.filter((row) => row[4] !== 0).length
  const clustered = /without\s+rowid[^)]*$/i.test(text)
  return rows.map(([name, type, notNull, initial, key]) => ({
    place: Number(key),
    column: {
      name: String(name),
      required: notNull === 1 || key !== 0,
      filled: initial !== null,
      assigned: key !== 0 && keys === 1 && !clustered && /^integer$/i.test(String(type)),
      values: checkedValues(text, String(name)),
      // SQLite compares anything with anything.
      kind: null,
    },
  }))
}

/** The values of the check that sync wrote for an enum; checks written otherwise are left alone. */
function checkedValues(text: string, column: string): readonly string[] | null {
  const [before] = checkText(column, ['\n']).split('\n')
  const at = text.indexOf(before ?? '')
  if (before === undefined || at < 0) return null
  const [list = ''] = /^('(?:[^']|'')*'(?:, )?)*/.exec(text.slice(at + before.length)) ?? []
  return list.match(/'(?:[^']|'')*'/g)
}

function indexesOf(query: Query, table: string): readonly ExistingIndex[] {
  const rows = query('select name, "unique", partial from pragma_index_list(?)', [table])
  return rows.map(([name, unique, partial]) => ({
    name: String(name),
    parts: query('select name from pragma_index_info(?) order by seqno', [name]).map(
      ([column]) => column as string | null,
    ),
    unique: unique === 1,
    where: partial === 1 ? conditionOf(query, String(name)) : null,
    method: null,
  }))
}

function conditionOf(query: Query, index: string): string {
  const [[text] = []] = query(`select sql from sqlite_master where type = 'index' and name = ?`, [index])
  return (
    String(text)
      .split(/\)\s*where\s/i)
      .at(-1) ?? ''
  )
}

function foreignKeysOf(query: Query, table: string): readonly ExistingForeignKey[] {
  const rows = query(
    'select id, "from", "table", on_delete from pragma_foreign_key_list(?) order by id, seq',
    [table],
  )
  const keys = new Map<unknown, { columns: string[]; table: string; onDelete: string }>()
  for (const [id, column, target, onDelete] of rows) {
    const key = keys.get(id) ?? { columns: [], table: String(target), onDelete: String(onDelete) }
    key.columns.push(String(column))
    keys.set(id, key)
  }
  return [...keys.values()]
}
