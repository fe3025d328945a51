import { Binary, type Document, ObjectId } from 'mongodb'
import type { Field, IdKind, Model } from '../../../schema/graph.js'
import { keysOf } from '../unique-error.js'
import { keyOf } from '../values.js'

/** An index as the graph wants it. */
export interface Index {
  readonly name: string
  /** keys in their order; all ascend */
  readonly keys: readonly string[]
  readonly unique: boolean
  /** the condition of a partial index; null for none */
  readonly where: Document | null
}

/**
 * The indexes of a model's collection: unique keys, declared ones, and one for every place that holds ids of other records,
 * inside embedded structures too.
 */
export function desiredIndexes(model: Model): readonly Index[] {
  const uniques = model.uniques.map(({ fields, name }) => uniqueIndex(model, fields, name))
  const pair = model.internal && model.id === null ? [pairIndex(model)] : []
  const declared = model.indexes.map((fields) => plainIndex(model, fields))
  // A partial index knows nothing of soft-deleted holders, whom a delete looks for as well (R22, R24).
  const serving = [...pair, ...declared, ...(model.softDelete ? [] : uniques)]
  const begun = new Set(serving.map(({ keys }) => keys[0]))
  const references = referencePaths(model.fields)
    .filter((key) => !begun.has(key))
    .map((key) => named(model, [key]))
  return [...uniques, ...pair, ...declared, ...references]
}

function named(model: Model, keys: readonly string[]): Index {
  const name = [model.collection, ...keys.map((key) => key.replaceAll('.', '_')), 'index'].join('_')
  return { name, keys, unique: false, where: null }
}

function plainIndex(model: Model, fields: readonly string[]): Index {
  const keys = keysOf(model, fields)
  const index = named(model, model.internal && model.id === null ? withPair(model, keys) : keys)
  return { ...index, name: named(model, keys).name }
}

/** The index from the other end of a pair ends in the near one, so that it knows all about the pairs. */
function withPair(model: Model, keys: readonly string[]): readonly string[] {
  return [...keys, ...keysOf(model, model.primaryKey).filter((key) => !keys.includes(key))]
}

/** Pairs of a join are kept once. */
function pairIndex(model: Model): Index {
  const name = [model.collection, ...model.primaryKey, 'unique'].join('_')
  return { name, keys: keysOf(model, model.primaryKey), unique: true, where: null }
}

/** Any number of nulls is allowed and, with softDelete, one live record for each value (R8). */
function uniqueIndex(model: Model, fields: readonly string[], name: string): Index {
  const keys = keysOf(model, fields)
  const where: Document = {}
  for (const [at, field] of fields.entries()) {
    where[keys[at] ?? ''] = notNull(fieldAt(model, field))
  }
  const deletedAt = [...model.fields.values()].find(({ system }) => system === 'deletedAt')
  if (deletedAt) where[keyOf(deletedAt)] = null
  return { name, keys, unique: true, where }
}

function fieldAt(model: Model, name: string): Field {
  let fields: ReadonlyMap<string, Field> | null = model.fields
  let field: Field | undefined
  for (const part of name.split('.')) {
    field = fields?.get(part)
    fields = field?.fields ?? null
  }
  if (field === undefined) throw new TypeError(`No field "${name}" for an index of "${model.name}"`)
  return field
}

const lowestId: Readonly<Record<IdKind, unknown>> = {
  objectId: new ObjectId('0'.repeat(24)),
  uuid: new Binary(new Uint8Array()),
  integer: Number.NEGATIVE_INFINITY,
  string: '',
}

/**
 * What is not null, in the words that conditions of indexes have for it: not below the lowest value of its type. Unlike
 * `$type`, a comparison is implied by the equality of a look-up, for which the server then takes the index.
 */
function notNull({ kind, idKind, codec }: Field): Document {
  if (codec !== null) return { $type: ['string', 'number', 'date', 'bool', 'objectId', 'binData'] }
  switch (kind) {
    case 'id':
    case 'reference':
    case 'list':
      return { $gte: lowestId[idKind ?? 'objectId'] }
    case 'integer':
    case 'bigint':
    case 'number':
    case 'decimal':
      return { $gte: Number.NEGATIVE_INFINITY }
    case 'boolean':
      return { $gte: false }
    case 'date':
      return { $gte: new Date(-8.64e15) }
    case 'binary':
      return { $gte: new Binary(new Uint8Array()) }
    case 'string':
    case 'text':
    case 'enum':
      return { $gte: '' }
    case 'json':
    case 'object':
    case 'array':
      return { $exists: true }
  }
}

/** Where ids of other records stand, arrays crossed: an index on such a path is a multikey one. */
function referencePaths(fields: ReadonlyMap<string, Field>, within = ''): readonly string[] {
  return [...fields.values()].flatMap((field) => pathsIn(field, `${within}${keyOf(field)}`))
}

function pathsIn(field: Field, key: string): readonly string[] {
  if (field.kind === 'reference') return field.edge === null ? [] : [key]
  if (field.kind === 'list') return field.stored ? [field.edge?.payload.size ? `${key}.id` : key] : []
  if (field.item !== null) return pathsIn(field.item, key)
  return field.fields === null ? [] : referencePaths(field.fields, `${key}.`)
}
