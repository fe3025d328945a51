import { fail } from '../../errors/index.js'
import type { Resource } from '../resource.js'

/** @throws KIN_NOT_FOUND */
export function notFound({ name }: Resource, id: unknown): never {
  return fail('KIN_NOT_FOUND', {
    message: `There is no ${name} with id ${JSON.stringify(id)}, or it is hidden.`,
    details: { model: name, ids: [id as string] },
  })
}
