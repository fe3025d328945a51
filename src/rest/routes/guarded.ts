import { fail } from '../../errors/index.js'
import { etagOf, isMatched, tagsOf, versionOf } from '../answers/etag.js'
import { inPlace } from '../problems/request-fault.js'
import type { Resource } from '../resource.js'
import type { Row, ServedRepository } from '../served-db.js'
import type { Call } from './call.js'

/**
 * Runs a write of one record under `If-Match`. Where the record has a version, that alone is the condition; otherwise the record
 * is read in the same transaction, and must look as it did.
 *
 * @param write gets the version that the record must still have, if it is one
 * @throws KIN_PRECONDITION_FAILED, KIN_PRECONDITION_REQUIRED
 */
export async function underCondition<T>(
  call: Call,
  resource: Resource,
  id: unknown,
  write: (records: ServedRepository) => Promise<T>,
): Promise<T> {
  const { api, request, signal } = call
  const condition = request.headers['if-match']
  if (condition === undefined) {
    if (api.requireIfMatch) inPlace({ header: 'If-Match' }, () => fail('KIN_PRECONDITION_REQUIRED', {}))
    return write(call.records(resource))
  }
  if (tagsOf(condition).includes('*')) return write(call.records(resource))
  return call.db.transaction(
    async (tx) => {
      const records = call.records(resource, tx)
      const record = await records.findById(id, {})
      if (
        record &&
        !isMatched(condition, resource.model, record, () =>
          etagOf(resource.model, record, textOf(call, resource, record)),
        )
      ) {
        refuse(resource, record)
      }
      return write(records)
    },
    { ...api.isolation, signal },
  )
}

/** A record as JSON, which its ETag is made of. */
export function textOf({ api }: Call, { model }: Resource, record: Row): string {
  return api.serializers.of(api.schemas.names(model).record)(api.present(record))
}

function refuse({ model }: Resource, record: Row): never {
  const version = versionOf(model, record)
  return inPlace({ header: 'If-Match' }, () =>
    fail('KIN_PRECONDITION_FAILED', {
      message:
        version === null
          ? `The ${model.name} is not what \`If-Match\` says.`
          : `The ${model.name} is not what \`If-Match\` says; its version is ${version}.`,
      path: 'If-Match',
    }),
  )
}
