import { type JsonSchema, listOf, objectOf } from './json-schema.js'

const text: JsonSchema = { type: 'string' }
const count: JsonSchema = { type: 'integer', minimum: 0 }
const countOrNull: JsonSchema = { type: ['integer', 'null'], minimum: 0 }
const flag: JsonSchema = { type: 'boolean' }
const id: JsonSchema = { anyOf: [{ type: 'string' }, { type: 'integer' }] }
const ids = listOf(id)
const byModel = (schema: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: schema })
const nameOrNull: JsonSchema = { type: ['string', 'null'] }

const counts = byModel(count)

const met: JsonSchema = listOf(
  objectOf({ association: nameOrNull, model: nameOrNull, count, ids }, [
    'association',
    'model',
    'count',
    'ids',
  ]),
)

const outcomes = objectOf({ deleted: byModel(ids), softDeleted: byModel(ids) }, ['deleted', 'softDeleted'], {
  description: 'The first 1,000 ids of each outcome, by model.',
})

/** Schemas that do not depend on the models. */
export function commonSchemas(): JsonSchema[] {
  return [
    {
      $id: 'problem',
      ...objectOf(
        {
          type: { ...text, description: 'Names the kind of problem.' },
          title: text,
          status: { type: 'integer' },
          detail: text,
          code: { ...text, description: 'Stable between releases; branch on it.' },
          hint: text,
          errors: listOf(
            objectOf(
              {
                pointer: { ...text, description: 'Where in the body, as a JSON pointer.' },
                parameter: { ...text, description: 'Which parameter.' },
                header: { ...text, description: 'Which header.' },
                detail: text,
                hint: text,
              },
              ['detail'],
            ),
          ),
          blockers: { ...met, description: 'What keeps a record from being deleted.' },
          requestId: text,
        },
        ['type', 'title', 'status', 'detail', 'code', 'requestId'],
        { description: 'What went wrong (RFC 9457).' },
      ),
    },
    {
      $id: 'pages',
      ...objectOf(
        {
          current: { ...countOrNull, description: 'From 1; null when paging by cursor.' },
          prev: countOrNull,
          hasPrev: flag,
          next: countOrNull,
          hasNext: flag,
          total: { ...countOrNull, description: 'Null where no total was asked for.' },
        },
        ['current', 'prev', 'hasPrev', 'next', 'hasNext', 'total'],
      ),
    },
    {
      $id: 'items',
      ...objectOf(
        {
          limit: count,
          begin: { ...countOrNull, description: 'The first one here, from 1; 0 for none, null by cursor.' },
          end: countOrNull,
          total: countOrNull,
        },
        ['limit', 'begin', 'end', 'total'],
      ),
    },
    {
      $id: 'cursors',
      ...objectOf({ next: nameOrNull, prev: nameOrNull }, ['next', 'prev'], {
        description: 'For `$after`; null where there is no such page, or no cursor for this order.',
      }),
    },
    {
      $id: 'linkReport',
      ...objectOf({ added: ids, updated: ids, removed: ids, unchanged: ids }, [
        'added',
        'updated',
        'removed',
        'unchanged',
      ]),
    },
    {
      $id: 'deleteReport',
      ...objectOf(
        {
          deletion: { ...text, description: 'Names this deletion.' },
          deleted: { ...counts, description: 'Records removed for good, by model.' },
          softDeleted: { ...counts, description: 'Records marked as deleted, by model.' },
          unlinked: count,
          dangling: count,
          ids: outcomes,
        },
        ['deletion', 'deleted', 'softDeleted', 'unlinked', 'dangling', 'ids'],
      ),
    },
    {
      $id: 'deletePlan',
      ...objectOf(
        {
          model: text,
          hard: flag,
          deleted: { ...counts, description: 'Records that would be removed for good, by model.' },
          softDeleted: { ...counts, description: 'Records that would be marked as deleted, by model.' },
          ids: outcomes,
          unset: { ...met, description: 'References that would be unset.' },
          removed: { ...met, description: 'Entries that would be removed from lists.' },
          dangling: { ...met, description: 'References and entries that would name nothing.' },
          blockers: {
            ...met,
            description: 'What stands in the way; while there is any, the delete is refused.',
          },
          irreversible: {
            ...flag,
            description: 'The delete is soft and removes records for good all the same.',
          },
          hash: { ...text, description: 'For `plan` of the delete.' },
        },
        [
          'model',
          'hard',
          'deleted',
          'softDeleted',
          'ids',
          'unset',
          'removed',
          'dangling',
          'blockers',
          'irreversible',
          'hash',
        ],
      ),
    },
    {
      $id: 'restoreReport',
      ...objectOf(
        {
          deletion: text,
          restored: { ...counts, description: 'Records that are back, by model.' },
          skipped: { ...counts, description: 'Records that could not return, by model.' },
          ids: objectOf({ restored: byModel(ids), skipped: byModel(ids) }, ['restored', 'skipped']),
          relinked: count,
          notRelinked: count,
        },
        ['deletion', 'restored', 'skipped', 'ids', 'relinked', 'notRelinked'],
      ),
    },
  ]
}
