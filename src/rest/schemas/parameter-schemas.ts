import type { Field } from '../../schema/graph.js'
import { operatorsOf } from '../parameters/operators.js'
import { embeddable } from '../parameters/embeddable.js'
import type { EndResource, Resource } from '../resource.js'
import { type JsonSchema, objectOf } from './json-schema.js'
import { idSchema, valueSchema } from './value-schema.js'

const idOf = ({ model }: Resource): JsonSchema => idSchema(model.id?.idKind ?? null)

export const idParams = (resource: Resource): JsonSchema => objectOf({ id: idOf(resource) }, ['id'])
export const ownerParams = ({ owner }: EndResource): JsonSchema =>
  objectOf({ ownerId: idOf(owner) }, ['ownerId'])
export const childParams = ({ owner, target }: EndResource): JsonSchema =>
  objectOf({ ownerId: idOf(owner), childId: idOf(target) }, ['ownerId', 'childId'])

export const ifMatchHeader: JsonSchema = objectOf({
  'if-match': { type: 'string', description: 'The ETag that the record must still have.' },
})

const hard: JsonSchema = {
  type: 'boolean',
  description: 'Removes it for good, on a model with soft deletes, too.',
}

export const hardParameter: JsonSchema = objectOf({ hard })
export const deleteParameters: JsonSchema = objectOf({
  hard,
  plan: { type: 'string', description: 'The hash of a delete plan; the delete must still do the same.' },
})

const positive: JsonSchema = { type: 'integer', minimum: 1 }
const words = (description: string, list: readonly string[]): JsonSchema => ({
  type: 'string',
  description: list.length > 0 ? `${description} One or more of: ${list.join(', ')}.` : description,
})

const countedIn = ({ ends }: Resource): string[] =>
  [...ends.values()].filter((end) => end.edge.many).map((end) => end.name)

/** The parameters of single records. */
export function recordParameters(resource: Resource): JsonSchema {
  const { fields, model } = resource
  const counted = countedIn(resource)
  const embeds = embeddable(resource)
  return objectOf({
    ...(embeds.length > 0 && {
      $embed: words(
        'Ends whose records to put in, as dotted paths. Lists take `$embed[posts][$limit]`, `[$skip]`, `[$sort]`, `[$select]` and filters.',
        embeds,
      ),
    }),
    $select: words('Fields to show, besides the id.', [...fields.keys()]),
    ...(counted.length > 0 && { $count: words('Ends whose records to count.', counted) }),
    ...(model.softDelete && {
      $deleted: {
        type: 'string',
        enum: ['exclude', 'include', 'only'],
        description: 'Which soft-deleted records to see.',
      },
    }),
  })
}

/** The parameters of lists: those of records, order, position, search, and a filter for each field. */
export function listParameters(resource: Resource, end: EndResource | null): JsonSchema {
  const { properties } = recordParameters(resource) as { properties: Readonly<Record<string, JsonSchema>> }
  const { fields, searchable } = resource
  const counted = countedIn(resource)
  const filters = [...fields.values()].flatMap((field): [string, JsonSchema][] => {
    const schema = filterSchema(field)
    return schema ? [[field.name, schema]] : []
  })
  const { $count: _, ...shaping } = properties
  return objectOf({
    ...shaping,
    $sort: words(
      `Fields to order by, \`-\` for descending${end && end.edge.payload.size > 0 ? ', `$link.field` for those of the pairing' : ''}.`,
      [],
    ),
    $limit: { ...positive, description: 'Records of a page.' },
    $skip: { type: 'integer', minimum: 0, description: 'Records before the page.' },
    $page: { ...positive, description: 'The number of the page, instead of `$skip`.' },
    $after: { type: 'string', description: 'A cursor of an answer, instead of a number.' },
    $count: words('`true` for the number of records alone, or ends whose records to count.', counted),
    $total: { type: 'boolean', default: true, description: 'Whether all records are counted.' },
    ...(searchable.length > 0 && {
      $term: { type: 'string', description: 'A text to look for.' },
      $searchFields: words('Where to look for `$term`.', searchable),
    }),
    ...Object.fromEntries(filters),
  })
}

/** A filter by one field: `age[$gte]=18`. That `age=18` will do is for the words, as a parameter has one form here. */
function filterSchema(field: Field): JsonSchema | null {
  const { kind, name, item, fields } = field
  if (item || fields || kind === 'list' || kind === 'json' || kind === 'binary') return null
  const value = valueSchema(field)
  const tests = operatorsOf(field).filter((operator) => operator !== '$not')
  return {
    ...objectOf(Object.fromEntries(tests.map((operator) => [operator, testSchema(operator, value)]))),
    style: 'deepObject',
    explode: true,
    description: `Filter by ${name}; \`${name}=…\` is short for \`${name}[$eq]=…\`.`,
  }
}

function testSchema(operator: string, value: JsonSchema): JsonSchema {
  switch (operator) {
    case '$exists':
      return { type: 'boolean' }
    case '$in':
    case '$nin':
      return { type: 'string', description: 'Values separated by commas.' }
    case '$like':
    case '$ilike':
      return { type: 'string', description: '`%` stands for any text, `_` for one character.' }
    default:
      return value
  }
}
