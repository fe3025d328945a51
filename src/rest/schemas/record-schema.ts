import type { Edge, Field } from '../../schema/graph.js'
import { leadsOn } from '../parameters/embeddable.js'
import { type Resource, shownMembers } from '../resource.js'
import type { SchemaContext } from './schema-context.js'
import { described, type JsonSchema, listOf, objectOf, orNull, reference } from './json-schema.js'
import { idSchema, valueSchema } from './value-schema.js'

/** A record alone: every field that is shown. */
export function recordSchema(resource: Resource, context: SchemaContext): JsonSchema {
  const { fields, model } = resource
  const properties = membersSchema(fields, (field) => shownSchema(field, context, null))
  return described(objectOf(properties, [...fields.keys()]), model.description)
}

/** A record as reads give it: what `$select` leaves out is not there, embedded records stand for ids, ends are added. */
export function viewSchema(resource: Resource, context: SchemaContext): JsonSchema {
  const { fields, ends, model } = resource
  const properties: Record<string, JsonSchema> = {}
  for (const [name, field] of fields) properties[name] = shownSchema(field, context, resource)
  for (const [name, { edge, target }] of ends) {
    const view = reference(context.names(target.model).view)
    const own = properties[name]
    if (!edge.many) properties[name] = own ?? orNull(view)
    else properties[name] = listOf(own ? { anyOf: [idSchema(edge.to.id?.idKind ?? null), view] } : view)
  }
  const counted = [...ends.values()].filter((end) => end.edge.many)
  if (counted.length > 0) {
    const numbers = Object.fromEntries(counted.map((end) => [end.name, { type: 'integer', minimum: 0 }]))
    properties['$count'] = objectOf(numbers, [], {
      description: 'Numbers of targets, where `$count` asked for them.',
    })
  }
  const link = linkSchema(resource, context)
  if (link) properties['$link'] = link
  const words = `${model.description ?? `A ${model.name}`}, as reads return it.`
  return described(objectOf(properties, ['id']), words)
}

/** What pairings say of a record that is reached over them. Over which one is not known here, so no field is required. */
function linkSchema({ model }: Resource, context: SchemaContext): JsonSchema | null {
  const payloads: Edge[] = []
  for (const resource of context.resources.values()) {
    for (const { edge } of resource.ends.values())
      if (edge.to === model && edge.payload.size > 0) payloads.push(edge)
  }
  if (payloads.length === 0) return null
  const properties: Record<string, JsonSchema> = {}
  for (const { payload } of payloads) {
    for (const [name, field] of shownMembers(payload)) {
      const schema = shownSchema(field, context, null)
      const known = properties[name]
      properties[name] = known && JSON.stringify(known) !== JSON.stringify(schema) ? {} : schema
    }
  }
  return objectOf(properties, [], {
    description: 'Fields of the pairing, in lists of an association that has some.',
  })
}

function membersSchema(
  fields: ReadonlyMap<string, Field>,
  make: (field: Field) => JsonSchema,
): Record<string, JsonSchema> {
  return Object.fromEntries([...fields].map(([name, field]) => [name, make(field)]))
}

/** @param around the record's model where references may be embedded; null where they are ids */
function shownSchema(field: Field, context: SchemaContext, around: Resource | null): JsonSchema {
  const plain = presentSchema(field, context, around)
  // A reference reads null where the caller may not see its target (R35).
  const nullable = field.optional || field.kind === 'reference'
  const schema = nullable ? orNull(plain) : plain
  const system = field.system === null && field.kind !== 'id' ? {} : { readOnly: true }
  return described({ ...schema, ...('$ref' in schema ? {} : system) }, field.description)
}

function presentSchema(field: Field, context: SchemaContext, around: Resource | null): JsonSchema {
  const { edge, item, fields } = field
  if (field.kind === 'list') return listOf(idSchema(field.idKind))
  if (edge && !item) {
    const id = idSchema(field.idKind)
    const target = around ? context.resources.get(edge.to) : undefined
    const embedded = target && (around?.ends.has(field.name) || edge.embedded)
    return embedded ? { anyOf: [id, reference(context.names(target.model).view)] } : id
  }
  const inner = around && leadsOn(field, around) ? around : null
  // An entry whose target cannot be seen is left out, so elements are never null.
  if (item) return listOf(item.edge ? presentSchema(item, context, inner) : shownSchema(item, context, inner))
  if (fields) {
    const shown = shownMembers(fields)
    const properties = membersSchema(shown, (member) => shownSchema(member, context, inner))
    return objectOf(properties, [...shown.keys()])
  }
  return valueSchema(field)
}
