import type { Field } from '../../schema/graph.js'
import { givenField, wordsOf } from '../bodies/read-data.js'
import type { EndResource, Resource } from '../resource.js'
import type { SchemaContext } from './schema-context.js'
import { described, type JsonSchema, listOf, objectOf, orNull, reference } from './json-schema.js'
import { idSchema, valueSchema } from './value-schema.js'

type Purpose = 'create' | 'update' | 'replace' | 'nested'

/** The data of a new record. */
export const createSchema = (resource: Resource, context: SchemaContext): JsonSchema =>
  inputSchema(resource, context, 'create')

/** Changes of a record: what is not given stays. */
export const updateSchema = (resource: Resource, context: SchemaContext): JsonSchema =>
  inputSchema(resource, context, 'update')

/** The whole of a record: what is not given becomes its default or null. */
export const replaceSchema = (resource: Resource, context: SchemaContext): JsonSchema =>
  inputSchema(resource, context, 'replace')

/** The data of a record created inside of another one's; which of its references that fills in, depends on the end. */
export const nestedSchema = (resource: Resource, context: SchemaContext): JsonSchema =>
  inputSchema(resource, context, 'nested')

function inputSchema(resource: Resource, context: SchemaContext, purpose: Purpose): JsonSchema {
  const { model, writable } = resource
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  const changes = purpose === 'update' || purpose === 'replace'
  for (const name of wordsOf(resource)) {
    const field = givenField(model, name)
    const end = writable.get(name)
    if (changes && (name === 'id' || field?.immutable)) continue
    if (field) {
      properties[name] = givenSchema(field, end ?? null, resource, context, purpose)
      if (purpose !== 'update' && purpose !== 'nested' && isRequired(field, purpose)) required.push(name)
    } else if (end) properties[name] = endSchema(end, context)
  }
  return objectOf(properties, required, { additionalProperties: false })
}

/** A new integer id is the database's to give; other ids are made by the server, but for text. */
function isRequired(field: Field, purpose: Purpose): boolean {
  if (field.kind === 'id') return field.idKind === 'string'
  if (purpose === 'replace' && field.hidden) return false
  return !field.optional && field.default === undefined && field.kind !== 'array'
}

function endSchema(end: EndResource, context: SchemaContext): JsonSchema {
  const { edge } = end
  if (!edge.many) return described(orNull(itemSchema(end, context)), edge.description)
  return described(listOf(itemSchema(end, context)), edge.description)
}

/** A target in data: an id, `{ id, $link }`, or what is to be created. */
function itemSchema({ edge, target }: EndResource, context: SchemaContext): JsonSchema {
  const id = idSchema(edge.to.id?.idKind ?? null)
  const link = edge.payload.size > 0 ? { $link: payloadSchema(edge.payload, target, context) } : {}
  const named = objectOf({ id, ...link }, ['id'])
  if (!target.allow.create) return { anyOf: [id, named] }
  const nested = reference(context.names(target.model).nested)
  return { anyOf: [id, named, objectOf({ $create: nested, ...link }, ['$create']), nested] }
}

/** Fields of a pairing; a pairing that exists already needs none of them again. */
export function payloadSchema(
  payload: ReadonlyMap<string, Field>,
  target: Resource,
  context: SchemaContext,
): JsonSchema {
  return objectOf(payloadProperties(payload, target, context), [], { additionalProperties: false })
}

export function payloadProperties(
  payload: ReadonlyMap<string, Field>,
  target: Resource,
  context: SchemaContext,
): Record<string, JsonSchema> {
  return Object.fromEntries(
    [...payload].map(([name, field]) => [name, givenSchema(field, null, target, context, 'create')]),
  )
}

const numeric: ReadonlySet<string> = new Set(['integer', 'bigint', 'number', 'decimal'])

function givenSchema(
  field: Field,
  end: EndResource | null,
  resource: Resource,
  context: SchemaContext,
  purpose: Purpose,
): JsonSchema {
  const plain = end ? itemSchema(end, context) : presentSchema(field, resource, context)
  const changed =
    purpose === 'update' && numeric.has(field.kind)
      ? { anyOf: [plain, objectOf({ $inc: plain }, ['$inc'], { additionalProperties: false })] }
      : plain
  const schema = field.optional ? orNull(changed) : changed
  const standing = field.default
  return described(
    {
      ...schema,
      ...(field.hidden && { writeOnly: true }),
      ...(isJson(standing) && purpose !== 'update' && { default: standing }),
    },
    field.description,
  )
}

/** A default that can be shown; those that are made for each record cannot. */
const isJson = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

function presentSchema(field: Field, resource: Resource, context: SchemaContext): JsonSchema {
  const { item, fields, edge } = field
  if (edge && !item) {
    const id = idSchema(field.idKind)
    const target = resource.all.get(edge.to)
    if (!target?.allow.create || field.hidden) return id
    const nested = reference(context.names(target.model).nested)
    return { anyOf: [id, objectOf({ id }, ['id']), objectOf({ $create: nested }, ['$create']), nested] }
  }
  if (item) return listOf(givenSchema(item, null, resource, context, 'create'))
  if (!fields) return valueSchema(field)
  const required = [...fields.values()]
    .filter((member) => isRequired(member, 'create'))
    .map(({ name }) => name)
  const properties = [...fields].map(([name, member]) => [
    name,
    givenSchema(member, null, resource, context, 'create'),
  ])
  return objectOf(Object.fromEntries(properties) as JsonSchema, required, { additionalProperties: false })
}
