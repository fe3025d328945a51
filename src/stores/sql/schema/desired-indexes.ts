import type { Field, Model } from '../../../schema/graph.js'
import type { SchemaDialect } from './schema-dialect.js'
import { storedFields } from './stored-fields.js'
import type { Index, IndexPart } from './table.js'

/** The indexes of a model's table: unique keys, declared ones, and one that begins with each reference. */
export function desiredIndexes(model: Model, schema: SchemaDialect): readonly Index[] {
  const uniques = model.uniques.map(({ fields, name }) => uniqueIndex(model, fields, name, schema))
  const declared = model.indexes.map((fields) => plainIndex(model, fields, schema))
  const begun = new Set([
    model.primaryKey[0],
    ...model.indexes.map(([first]) => first),
    // A partial index does not know the soft-deleted holders, whom a delete looks for as well (R22, R24).
    ...(model.softDelete ? [] : model.uniques.map(({ fields }) => fields[0])),
  ])
  const references = [...model.fields.values()].filter(
    (field) => field.kind === 'reference' && field.edge !== null && !begun.has(field.name),
  )
  return [
    ...uniques,
    ...declared,
    ...references.map(({ name }) => plainIndex(model, [name], schema)),
    ...listIndexes(model, schema),
  ]
}

/** The holders of a listed record are looked for by its other end and by its delete. */
function listIndexes(model: Model, { listIndex }: SchemaDialect): readonly Index[] {
  if (listIndex === null) return []
  return storedFields(model)
    .filter(({ kind }) => kind === 'list')
    .map((list) => {
      const { method, ...part } = listIndex(list)
      const name = [model.collection, list.name, 'index'].join('_')
      return { name, parts: [part], needed: 1, unique: false, where: null, method }
    })
}

/** With softDelete a value is unique among live records (R8). */
function uniqueIndex(model: Model, fields: readonly string[], name: string, schema: SchemaDialect): Index {
  const parts = fields.map((path) => indexPart(model, path, schema))
  const deletedAt = [...model.fields.values()].find((field) => field.system === 'deletedAt')
  const where = deletedAt ? `${schema.dialect.quote(deletedAt.column)} is null` : null
  return { name, parts, needed: parts.length, unique: true, where, method: null }
}

/** Records of one key are listed by ascending id, so the index ends in it (R9). */
function plainIndex(model: Model, fields: readonly string[], schema: SchemaDialect): Index {
  const assigned = model.id?.idKind === 'integer'
  const key = schema.endsInKey({ primaryKey: model.primaryKey, assigned })
    ? []
    : model.primaryKey.filter((name) => !fields.includes(name))
  return {
    name: [model.collection, ...fields.map((path) => path.replaceAll('.', '_')), 'index'].join('_'),
    parts: [...fields, ...key].map((path) => indexPart(model, path, schema)),
    needed: fields.length,
    unique: false,
    where: null,
    method: null,
  }
}

/** A column, or a member of an embedded object by its dotted path. */
function indexPart(model: Model, path: string, { dialect }: SchemaDialect): IndexPart {
  const [first = '', ...inner] = path.split('.')
  const top = fieldOf(model, model.fields, first)
  const keys: string[] = []
  let last = top
  for (const name of inner) {
    last = fieldOf(model, last.fields, name)
    keys.push(last.column)
  }
  if (keys.length === 0) return { column: top.column }
  return { expression: `(${dialect.member(dialect.quote(top.column), keys, last)})` }
}

function fieldOf(model: Model, fields: ReadonlyMap<string, Field> | null, name: string): Field {
  const field = fields?.get(name)
  if (field === undefined) throw new TypeError(`No field "${name}" for an index of "${model.name}"`)
  return field
}
