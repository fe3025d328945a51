/** Tables as a PostgreSQL database has them. */
import { quote } from './dialect/text.js'
import type { ExistingColumn, ExistingForeignKey, ExistingIndex, ExistingTable } from '../sql/schema/table.js'

/** Runs a reading statement. */
export type Query = (statement: string, parameters: readonly unknown[]) => Promise<readonly unknown[][]>

/** The catalogue's answer about a table, as JSON, so that it is read alike by every driver. */
interface Found {
  readonly name: string
  readonly columns: readonly (Omit<ExistingColumn, 'values'> & { readonly checks: readonly string[] })[]
  readonly primaryKey: readonly string[] | null
  readonly indexes: readonly ExistingIndex[] | null
  readonly foreignKeys: readonly ExistingForeignKey[] | null
}

const columns = `
  select json_agg(json_build_object(
    'name', a.attname,
    'required', a.attnotnull,
    'filled', a.atthasdef or a.attidentity <> '',
    'assigned', a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval(%', false),
    'kind', case when y.typcategory = 'U' then y.typname::text else y.typcategory::text end,
    'checks', coalesce((
      select json_agg(pg_get_constraintdef(k.oid)) from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]), '[]')
    ) order by a.attnum)
  from pg_attribute a
  join pg_type y on y.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`

const primaryKey = `
  select json_agg(a.attname order by p.place)
  from pg_constraint k, unnest(k.conkey) with ordinality as p (number, place)
  join pg_attribute a on a.attnum = p.number
  where k.conrelid = c.oid and k.contype = 'p' and a.attrelid = c.oid`

const indexes = `
  select json_agg(json_build_object(
    'name', i.relname,
    'parts', (
      select json_agg(a.attname order by p.place)
      from unnest(x.indkey) with ordinality as p (number, place)
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = p.number and p.number <> 0
      where p.place <= x.indnkeyatts),
    'unique', x.indisunique,
    'where', pg_get_expr(x.indpred, x.indrelid),
    'method', nullif(m.amname, 'btree')))
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_am m on m.oid = i.relam
  where x.indrelid = c.oid and x.indisvalid and not x.indisprimary`

const foreignKeys = `
  select json_agg(json_build_object(
    'columns', (
      select json_agg(a.attname order by p.place)
      from unnest(k.conkey) with ordinality as p (number, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = p.number),
    'table', t.relname,
    'onDelete', case k.confdeltype
      when 'c' then 'CASCADE' when 'n' then 'SET NULL' when 'd' then 'SET DEFAULT'
      when 'r' then 'RESTRICT' else 'NO ACTION' end))
  from pg_constraint k
  join pg_class t on t.oid = k.confrelid
  where k.conrelid = c.oid and k.contype = 'f'`

/** Ordinary and partitioned tables of a namespace. */
const tables = `
  select json_build_object('name', c.relname, 'columns', (${columns}), 'primaryKey', (${primaryKey}),
    'indexes', (${indexes}), 'foreignKeys', (${foreignKeys}))::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p')
    and c.relname in (select json_array_elements_text($2::json))
  order by c.relname`

/**
 * The tables of these names, as far as they exist.
 *
 * @param namespace the schema that they are in
 */
export async function existingTables(
  query: Query,
  namespace: string,
  names: readonly string[],
): Promise<readonly ExistingTable[]> {
  const rows = await query(tables, [namespace, JSON.stringify(names)])
  const found = rows.map(([text]) => JSON.parse(String(text)) as Found)
  if (found.length === 0) return []
  const filled = found.map(({ name }) => `exists (select 1 from ${quote(namespace)}.${quote(name)})`)
  const [[text] = []] = await query(`select json_build_array(${filled.join(', ')})::text`, [])
  const hasRows = JSON.parse(String(text)) as readonly boolean[]
  return found.map((table, at) => ({
    name: table.name,
    empty: !hasRows[at],
    columns: table.columns.map(({ checks, ...column }) => ({ ...column, values: checkedValues(checks) })),
    primaryKey: table.primaryKey ?? [],
    indexes: table.indexes ?? [],
    foreignKeys: table.foreignKeys ?? [],
  }))
}

/** The values of a check for one of several, as PostgreSQL writes it down: `= ANY (ARRAY['a'::text, 'b'::text])`. */
function checkedValues(checks: readonly string[]): readonly string[] | null {
  for (const check of checks) {
    const [list] = /(?<== ANY \(+ARRAY\[).*(?=\])|(?<= = )'.*(?=::)/s.exec(check) ?? []
    const values = list?.match(/'(?:[^']|'')*'/g)
    if (values) return values
  }
  return null
}
