/** The first namespace of the search path that exists. */
export const namespace = 'select current_schema()'

const namesOf = (numbers: string, relation: string): string => `(
  select json_agg(m.attname order by p.place) from unnest(${numbers}) with ordinality as p (number, place)
  join pg_attribute m on m.attrelid = ${relation} and m.attnum = p.number)`

/** A domain is described by the type it was made of; type modifiers of `numeric` hold precision and scale. */
const columns = `
  select json_agg(json_build_object(
    'column', a.attname,
    'words', format_type(a.atttypid, a.atttypmod),
    'name', coalesce(b.typname, y.typname),
    'precision', case when modifier.value >= 4 then ((modifier.value - 4) >> 16) & 65535 end,
    'scale', case when modifier.value >= 4 then (modifier.value - 4) & 65535 end,
    'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid),
    'required', a.attnotnull,
    'generated', a.attgenerated <> '',
    'identity', a.attidentity <> '',
    'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
    'checks', (
      select json_agg(pg_get_constraintdef(k.oid)) from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum])
    ) order by a.attnum)
  from pg_attribute a
  join pg_type y on y.oid = a.atttypid
  left join pg_type b on b.oid = y.typbasetype
  cross join lateral (select case when b.oid is null then a.atttypmod else y.typtypmod end as value) modifier
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`

const primaryKey = `
  select ${namesOf('k.conkey', 'c.oid')} from pg_constraint k where k.conrelid = c.oid and k.contype = 'p'`

/** Over whole columns and all rows. */
const uniques = `
  select json_agg(${namesOf('x.indkey[0:x.indnkeyatts - 1]', 'c.oid')} order by x.indexrelid)
  from pg_index x
  where x.indrelid = c.oid and x.indisunique and x.indisvalid and not x.indisprimary
    and x.indpred is null and x.indexprs is null`

const foreignKeys = `
  select json_agg(json_build_object(
    'columns', ${namesOf('k.conkey', 'c.oid')},
    'table', case when t.relnamespace = c.relnamespace then t.relname::text
      else t.relnamespace::regnamespace || '.' || t.relname end,
    'references', ${namesOf('k.confkey', 'k.confrelid')},
    'onDelete', k.confdeltype) order by k.oid)
  from pg_constraint k
  join pg_class t on t.oid = k.confrelid
  where k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0`

/**
 * Everything in a namespace that has rows, as JSON: tables and what looks like them. Partitions are part of their table;
 * what came with an extension is its own affair.
 */
export const catalogue = `
  select json_build_object('name', c.relname, 'kind', c.relkind, 'columns', (${columns}),
    'primaryKey', (${primaryKey}), 'uniques', (${uniques}), 'foreignKeys', (${foreignKeys}))::text
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and c.relname not like 'kinship\\_%'
    and not exists (select 1 from pg_depend e where e.objid = c.oid and e.deptype = 'e')
  order by c.relname`
