import type {
  DatabaseDescription,
  DeleteAction,
  ForeignKeyDescription,
  TableDescription,
} from '../../../store/description.js'
import type { Query } from '../introspect.js'
import { checkedValues } from './checked-values.js'
import { type ColumnInfo, describeColumn } from './describe-column.js'

interface Found {
  readonly name: string
  readonly kind: string
  readonly clustered: boolean
  readonly text: string
}

/** Everything that a SQLite database has of its own, kinship's tables left out. */
export function describeDatabase(query: Query): DatabaseDescription {
  const found = query(
    `select l.name, l.type, l.wr, s.sql from pragma_table_list l join sqlite_schema s on s.name = l.name
     where l.schema = 'main' and l.type <> 'shadow'
     and l.name not like 'sqlite\\_%' escape '\\' and l.name not like 'kinship\\_%' escape '\\'
     order by l.name`,
    [],
  ).map(([name, kind, clustered, text]): Found => {
    return { name: String(name), kind: String(kind), clustered: clustered === 1, text: String(text) }
  })
  const tables = found.filter(({ kind }) => kind === 'table')
  const keys = new Map(
    tables.map(({ name }) => [name.toLowerCase(), { name, key: primaryKeyOf(query, name) }]),
  )
  return {
    tables: tables.map((table) => describeTable(query, table, keys)),
    others: found
      .filter(({ kind }) => kind !== 'table')
      .map(({ name, kind }) => ({ name, what: kind === 'virtual' ? 'virtual table' : kind })),
  }
}

type Keys = ReadonlyMap<string, { readonly name: string; readonly key: readonly string[] }>

function describeTable(query: Query, table: Found, keys: Keys): TableDescription {
  const { name } = table
  return {
    name,
    columns: columnsOf(query, table).map((column) => describeColumn(query, name, column)),
    primaryKey: keys.get(name.toLowerCase())?.key ?? [],
    uniques: uniquesOf(query, name),
    foreignKeys: foreignKeysOf(query, name, keys),
  }
}

function primaryKeyOf(query: Query, table: string): readonly string[] {
  return query('select name from pragma_table_xinfo(?) where pk > 0 order by pk', [table]).map(([name]) =>
    String(name),
  )
}

/** Values of `hidden` in `pragma table_xinfo`: columns of virtual tables, and computed ones of two sorts. */
const GENERATED = 2

function columnsOf(query: Query, { name: table, clustered, text }: Found): readonly ColumnInfo[] {
  const rows = query('select name, type, "notnull", dflt_value, pk, hidden from pragma_table_xinfo(?)', [
    table,
  ])
  const keys = rows.filter(([, , , , place]) => place !== 0).length
  const checked = checkedValues(text)
  return rows.map(([name, type, notNull, initial, place, hidden]) => ({
    name: String(name),
    type: String(type),
    required: notNull === 1 || place !== 0,
    initial: initial as string | null,
    assigned: place !== 0 && keys === 1 && !clustered && /^integer$/i.test(String(type)),
    generated: Number(hidden) >= GENERATED,
    checked: checked.get(String(name).toLowerCase()) ?? null,
  }))
}

function uniquesOf(query: Query, table: string): readonly (readonly string[])[] {
  const indexes = query(
    `select name from pragma_index_list(?) where "unique" = 1 and partial = 0 and origin <> 'pk' order by seq`,
    [table],
  )
  return indexes
    .map(([index]) =>
      query('select name from pragma_index_info(?) order by seqno', [index]).map(([part]) => part),
    )
    .filter((parts): parts is string[] => parts.every((part) => part !== null))
}

function foreignKeysOf(query: Query, table: string, keys: Keys): readonly ForeignKeyDescription[] {
  const rows = query(
    'select id, "table", "from", "to", on_delete from pragma_foreign_key_list(?) order by id desc, seq',
    [table],
  )
  return [...new Set(rows.map(([id]) => id))].map((id) => {
    const parts = rows.filter(([its]) => its === id)
    const [[, target, , , action] = []] = parts
    const there = keys.get(String(target).toLowerCase())
    const references = parts.map(([, , , to]) => to)
    return {
      columns: parts.map(([, , from]) => String(from)),
      table: there?.name ?? String(target),
      // Where it names no columns it means the other table's primary key.
      references: references.includes(null) ? (there?.key ?? []) : references.map(String),
      onDelete: String(action).toLowerCase() as DeleteAction,
    }
  })
}
