import type { Dialect } from '../dialect.js'
import { type Doubt, doubtAbout } from './doubt.js'
import { missingUniques } from './plan-indexes.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { ExistingTable, ForeignKey, Index, Table } from './table.js'

/** What is to be asked of the rows that exist before sync can say what it will do. */
export function doubts(
  desired: readonly Table[],
  existing: readonly ExistingTable[],
  schema: SchemaDialect,
): readonly Doubt[] {
  const there = new Map(existing.map((table) => [schema.fold(table.name), table]))
  return desired.flatMap((table) => {
    const found = there.get(schema.fold(table.name))
    if (found === undefined) return []
    return [
      ...missingUniques(table, found, schema).map((index) => repeated(table, index, found, schema)),
      ...missingNotNulls(table, found, schema).map((column) => empty(table, column, schema.dialect)),
      ...missingForeignKeys(table, found, schema).map((key) => {
        return dangling(table, key, found, there.get(schema.fold(key.table)), schema)
      }),
    ]
  })
}

function missingNotNulls(table: Table, found: ExistingTable, schema: SchemaDialect): readonly string[] {
  if (schema.forbidNull === null) return []
  const nullable = new Set(
    found.columns.filter(({ required }) => !required).map(({ name }) => schema.fold(name)),
  )
  return table.columns
    .filter(({ name, required }) => required && nullable.has(schema.fold(name)))
    .map(({ name }) => name)
}

/** Those on columns that exist. */
function missingForeignKeys(
  table: Table,
  found: ExistingTable,
  schema: SchemaDialect,
): readonly ForeignKey[] {
  if (schema.addForeignKey === null) return []
  const columns = new Set(found.columns.map(({ name }) => schema.fold(name)))
  const keys = new Set(found.foreignKeys.map((key) => key.columns.map(schema.fold).toSorted().join('\n')))
  return table.foreignKeys.filter((key) => {
    const names = key.columns.map(schema.fold)
    return names.every((name) => columns.has(name)) && !keys.has(names.toSorted().join('\n'))
  })
}

function repeated(table: Table, index: Index, found: ExistingTable, { dialect, fold }: SchemaDialect): Doubt {
  const parts = index.parts.map((part) => ('column' in part ? dialect.quote(part.column) : part.expression))
  // A condition on a column that is yet to be added holds for every row.
  const columns = new Set(found.columns.map(({ name }) => fold(name)))
  const added = table.columns.filter(({ name }) => !columns.has(fold(name)))
  const applies =
    index.where !== null && !added.some(({ name }) => index.where?.includes(dialect.quote(name)))
  const conditions = [...parts.map((part) => `${part} is not null`), ...(applies ? [index.where] : [])]
  return {
    about: doubtAbout(table, `index ${index.name}`),
    reason: 'rows that exist share a value that is to be unique',
    fix: 'Make the values differ first.',
    statement:
      `select 1 from ${dialect.table(table.name)} where ${conditions.join(' and ')} ` +
      `group by ${parts.join(', ')} having count(*) > 1 limit 1`,
  }
}

function empty(table: Table, column: string, dialect: Dialect): Doubt {
  return {
    about: doubtAbout(table, `column ${column}`),
    reason: 'it is required, and is null in rows that exist',
    fix: 'Make the field `.optional()`, or give those rows a value.',
    statement: `select 1 from ${dialect.table(table.name)} where ${dialect.quote(column)} is null limit 1`,
  }
}

function dangling(
  table: Table,
  key: ForeignKey,
  found: ExistingTable,
  target: ExistingTable | undefined,
  schema: SchemaDialect,
): Doubt {
  const about = doubtAbout(table, `column ${key.columns.join(', ')}`)
  const own = kindsOf(found, key.columns, schema)
  const other = target === undefined ? own : kindsOf(target, key.references, schema)
  if (own !== other) {
    return {
      about,
      reason: `it holds values of another type (${own}) than what it refers to in "${key.table}" (${other})`,
      fix: 'Give the column the type of the key, or go on without a foreign key (`partial: true`).',
      statement: null,
    }
  }
  return {
    about,
    reason: `rows that exist refer to records that "${key.table}" does not have`,
    fix: 'Correct or unset those references, or go on without a foreign key (`partial: true`).',
    statement: danglingStatement(table, key, target !== undefined, schema.dialect),
  }
}

function danglingStatement(table: Table, key: ForeignKey, there: boolean, dialect: Dialect): string {
  const quote = (name: string): string => dialect.quote(name)
  const given = key.columns.map((name) => `f.${quote(name)} is not null`).join(' and ')
  const pairs = key.columns.map((name, at) => `t.${quote(key.references[at] ?? '')} = f.${quote(name)}`)
  const found = there
    ? ` and not exists (select 1 from ${dialect.table(key.table)} as t where ${pairs.join(' and ')})`
    : ''
  return `select 1 from ${dialect.table(table.name)} as f where ${given}${found} limit 1`
}

function kindsOf(table: ExistingTable, names: readonly string[], { fold }: SchemaDialect): string {
  const kinds = new Map(table.columns.map(({ name, kind }) => [fold(name), kind]))
  return names.map((name) => kinds.get(fold(name)) ?? '').join(', ')
}
