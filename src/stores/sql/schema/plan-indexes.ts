import { type Contradictions, doubtAbout } from './doubt.js'
import type { TablePlan } from './table-plan.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { ExistingIndex, ExistingTable, Index, IndexPart, Table } from './table.js'

/** Adds missing indexes. */
export function planIndexes(
  plan: TablePlan,
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
  contradicted: Contradictions,
): void {
  const there = withPrimaryKey(existing)
  for (const index of [...primaryKey(table, existing, schema), ...table.indexes]) {
    if (!there.some((found) => serves(found, index, schema))) {
      addIndex(plan, table, index, there, schema, contradicted)
    }
  }
}

function addIndex(
  plan: TablePlan,
  table: Table,
  index: Index,
  there: readonly ExistingIndex[],
  schema: SchemaDialect,
  contradicted: Contradictions,
): void {
  const problem = (reason: string, fix: string): void => {
    plan.problems.push({ table: table.name, what: `index ${index.name}`, reason, fix })
  }
  const stricter = there.find((found) => isStricter(found, index, schema))
  if (stricter !== undefined) {
    const reason = `"${stricter.name}" is unique among soft-deleted records too`
    return problem(reason, `Drop "${stricter.name}"; sync then makes the one that fits.`)
  }
  if (there.some(({ name }) => schema.fold(name) === schema.fold(index.name))) {
    return problem('an index of this name exists and is another one', 'Drop or rename it.')
  }
  const found = contradicted.get(doubtAbout(table, `index ${index.name}`))
  if (found !== undefined) return problem(found.reason, found.fix)
  plan.created.push(`index ${index.name}`)
  plan.statements.push(schema.createIndex(table.name, index))
}

/** Unique indexes that are not there yet, which the rows of an existing table may contradict. */
export function missingUniques(
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
): readonly Index[] {
  const columns = new Set(existing.columns.map(({ name }) => schema.fold(name)))
  const there = withPrimaryKey(existing)
  return [...primaryKey(table, existing, schema), ...table.indexes].filter(
    (index) =>
      index.unique &&
      index.parts.every((part) => 'expression' in part || columns.has(schema.fold(part.column))) &&
      !there.some((found) => serves(found, index, schema)),
  )
}

/** A table that was made otherwise may lack the key, or have another one: then a unique index takes its place. */
function primaryKey(table: Table, existing: ExistingTable, { fold }: SchemaDialect): readonly Index[] {
  const columns = new Set(existing.columns.map(({ name }) => fold(name)))
  if (!table.primaryKey.every((name) => columns.has(fold(name)))) return []
  const parts = table.primaryKey.map((column) => ({ column }))
  const name = [table.name, ...table.primaryKey, 'unique'].join('_')
  return [{ name, parts, needed: parts.length, unique: true, where: null, method: null }]
}

function withPrimaryKey(existing: ExistingTable): readonly ExistingIndex[] {
  if (existing.primaryKey.length === 0) return existing.indexes
  const key = {
    name: `primary key of ${existing.name}`,
    parts: existing.primaryKey,
    unique: true,
    where: null,
    method: null,
  }
  return [key, ...existing.indexes]
}

function serves(found: ExistingIndex, index: Index, schema: SchemaDialect): boolean {
  if (found.method !== index.method) return false
  if (index.unique) {
    return found.unique && sameWhere(found.where, index.where) && sameParts(found, index, schema)
  }
  return found.where === null && beginsWith(found, index, schema)
}

/** It is unique among more records than the one wanted. */
function isStricter(found: ExistingIndex, index: Index, schema: SchemaDialect): boolean {
  return (
    index.unique &&
    index.where !== null &&
    found.unique &&
    found.where === null &&
    sameParts(found, index, schema)
  )
}

function sameWhere(left: string | null, right: string | null): boolean {
  const plain = (condition: string | null) => condition?.replaceAll(/["`[\]()\s]/g, '').toLowerCase() ?? null
  return plain(left) === plain(right)
}

function sameParts(found: ExistingIndex, index: Index, schema: SchemaDialect): boolean {
  const parts = names(index.parts, schema)
  if (parts.includes(null)) return schema.fold(found.name) === schema.fold(index.name)
  const there = found.parts.map((part) => part && schema.fold(part))
  return there.length === parts.length && parts.every((part) => there.includes(part))
}

function beginsWith(found: ExistingIndex, index: Index, schema: SchemaDialect): boolean {
  const parts = names(index.parts.slice(0, index.needed), schema)
  if (parts.includes(null)) return schema.fold(found.name) === schema.fold(index.name)
  return parts.every((part, at) => part === schema.fold(found.parts[at] ?? ''))
}

function names(parts: readonly IndexPart[], { fold }: SchemaDialect): readonly (string | null)[] {
  return parts.map((part) => ('column' in part ? fold(part.column) : null))
}
