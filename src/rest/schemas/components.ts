import type { Model } from '../../schema/graph.js'
import type { Resource, Resources } from '../resource.js'
import type { Names, SchemaContext } from './schema-context.js'
import { createSchema, nestedSchema, replaceSchema, updateSchema } from './input-schema.js'
import type { JsonSchema } from './json-schema.js'
import { recordSchema, viewSchema } from './record-schema.js'
import { commonSchemas } from './common.js'

/** Every schema that routes refer to, by its name. */
export function makeComponents(resources: Resources): {
  readonly context: SchemaContext
  readonly schemas: readonly JsonSchema[]
  /** names of those that answers have */
  readonly answers: readonly string[]
} {
  const common = commonSchemas()
  const taken = new Set(common.map((schema) => String(schema['$id']).toLowerCase()))
  const named = new Map<Model, Names>()
  for (const resource of resources.values()) named.set(resource.model, namesOf(resource, taken))
  const context: SchemaContext = { resources, names: (model) => named.get(model)! }
  const schemas = [...resources.values()].flatMap((resource) => {
    const names = context.names(resource.model)
    return [
      { $id: names.record, ...recordSchema(resource, context) },
      { $id: names.view, ...viewSchema(resource, context) },
      { $id: names.create, ...createSchema(resource, context) },
      { $id: names.update, ...updateSchema(resource, context) },
      { $id: names.replace, ...replaceSchema(resource, context) },
      { $id: names.nested, ...nestedSchema(resource, context) },
    ]
  })
  const answers = [...named.values()].flatMap(({ record, view }) => [record, view])
  return { context, schemas: [...common, ...schemas], answers: [...reports, ...answers] }
}

const reports = ['linkReport', 'deleteReport', 'deletePlan', 'restoreReport']

/** Names of a model's schemas, each once in the document whatever models are called. */
function namesOf({ name }: Resource, taken: Set<string>): Names {
  const base = name.replaceAll(/[^\w.-]/g, '_')
  const free = (wanted: string): string => {
    let found = wanted
    for (let next = 2; taken.has(found.toLowerCase()); next++) found = `${wanted}_${next}`
    taken.add(found.toLowerCase())
    return found
  }
  return {
    record: free(base),
    view: free(`${base}View`),
    create: free(`${base}Create`),
    update: free(`${base}Update`),
    replace: free(`${base}Replace`),
    nested: free(`${base}Nested`),
  }
}
