import type { Edge, Field, Graph, Model } from '../../../schema/graph.js'
import { desiredIndexes } from './desired-indexes.js'
import type { SchemaDialect } from './schema-dialect.js'
import { storedFields } from './stored-fields.js'
import type { Column, ForeignKey, Table } from './table.js'

/** Every model of a graph that has a table: declared ones, joins, kinship's own. */
export function tableModels(graph: Graph): readonly Model[] {
  return [...graph.models.values(), ...graph.joins.values(), ...graph.system.values()]
}

/**
 * The tables of a graph, as they would be made in an empty database.
 *
 * @param now what existing records get as createdAt and updatedAt when these are added
 */
export function desiredTables(graph: Graph, schema: SchemaDialect, now: Date): readonly Table[] {
  return tableModels(graph).map((model) => {
    const references = topReferences(model)
    return {
      name: model.collection,
      columns: storedFields(model).map((field) => desiredColumn(model, field, schema, now)),
      primaryKey: model.primaryKey.map((name) => columnOf(model, name)),
      indexes: desiredIndexes(model, schema),
      foreignKeys: references.flatMap(({ edge }) => foreignKey(model, edge) ?? []),
      references: references.map(({ field }) => field.column),
    }
  })
}

function desiredColumn(model: Model, field: Field, schema: SchemaDialect, now: Date): Column {
  return {
    name: field.column,
    type: schema.dialect.columnType(field),
    required: !field.optional,
    assigned: field === model.id && field.idKind === 'integer',
    values: field.codec === null && field.values !== null ? field.values.map(schema.literal) : null,
    initial: initialValue(field, schema, now),
  }
}

function initialValue(field: Field, schema: SchemaDialect, now: Date): string | null {
  const value = field.system === null ? declaredInitial(field) : systemInitial(field, now)
  if (value === undefined || value === null) return null
  return schema.literal(schema.dialect.encode(field)(value))
}

function declaredInitial(field: Field): unknown {
  const empty = field.kind === 'list' || field.kind === 'array'
  if (field.default === undefined && empty && !field.optional) return []
  return typeof field.default === 'function' ? undefined : field.default
}

function systemInitial(field: Field, now: Date): unknown {
  if (field.system === 'version') return 1
  return field.system === 'createdAt' || field.system === 'updatedAt' ? now : null
}

function topReferences(model: Model): readonly { readonly field: Field; readonly edge: Edge }[] {
  return [...model.fields.values()].flatMap((field) =>
    field.kind === 'reference' && field.edge !== null ? [{ field, edge: field.edge }] : [],
  )
}

/** Soft and dirty ties may leave a reference to nothing behind, so they have no foreign key (R29). */
function foreignKey(model: Model, edge: Edge): ForeignKey | null {
  if (edge.onDelete === 'soft' || edge.onDelete === 'dirty') return null
  const columns = keyColumns(model, edge.fromKey.paths)
  const references = keyColumns(edge.to, edge.toKey.paths)
  // What a weak tie takes away is the reference, and from a table of pairs the whole row.
  const pairs = model.internal || edge.serves !== null
  const weak = pairs ? ['CASCADE'] : ['SET NULL']
  const harmless = { strong: ['CASCADE'], weak, restrict: [] }[edge.onDelete]
  return columns && references && { columns, table: edge.to.collection, references, harmless }
}

function keyColumns(model: Model, paths: Edge['fromKey']['paths']): readonly string[] | null {
  const names = paths.map(([name, ...inner]) => (inner.length === 0 && name !== undefined ? name : null))
  return names.includes(null) ? null : names.map((name) => columnOf(model, name ?? ''))
}

function columnOf(model: Model, name: string): string {
  return model.fields.get(name)?.column ?? name
}
