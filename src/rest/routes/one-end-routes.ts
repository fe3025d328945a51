import { readTargets } from '../bodies/read-targets.js'
import type { EndResource } from '../resource.js'
import { objectOf, reference } from '../schemas/json-schema.js'
import { ownerParams, recordParameters } from '../schemas/parameter-schemas.js'
import { idSchema } from '../schemas/value-schema.js'
import type { Api } from './api.js'
import { changeEnd, readEnd } from './end-handlers.js'
import { endProblems, endTitle } from './end-title.js'
import type { Route } from './route.js'

/** The routes of an end that leads to one. */
export function oneRoutes(end: EndResource, { schemas, serializers }: Api): Route[] {
  const { owner, target, edge, allow } = end
  const url = `/${owner.path}/:ownerId/${end.path}`
  const title = endTitle(end)
  const words = `"${end.name}" of one "${owner.name}"`
  const id = idSchema(edge.to.id?.idKind ?? null)
  const of = { resource: owner, end, url, params: ownerParams(end) }
  const changed = {
    ...of,
    answers: { 200: reference('linkReport') },
    serialize: serializers.of('linkReport'),
    problems: endProblems,
  }
  const routes: (Route | false)[] = [
    allow.read && {
      ...of,
      method: 'GET',
      operationId: `get${title}`,
      summary: `Get ${words}`,
      description: 'Where there is none, 404.',
      kind: 'read',
      querystring: recordParameters(target),
      answers: { 200: reference(schemas.names(target.model).view) },
      serialize: serializers.of(schemas.names(target.model).view),
      problems: [404],
      handle: (call) => readEnd(call, end),
    },
    allow.add && {
      ...changed,
      method: 'PUT',
      operationId: `set${title}`,
      summary: `Set ${words}`,
      kind: 'link',
      body: { anyOf: [id, objectOf({ childId: id }, ['childId']), objectOf({ id }, ['id'])] },
      handle: (call) =>
        changeEnd(call, end, ['link'], (handle) =>
          handle.set(readTargets(call, end, [call.request.body])[0]),
        ),
    },
    allow.remove && {
      ...changed,
      method: 'DELETE',
      operationId: `unset${title}`,
      summary: `Unset ${words}`,
      description: 'The record itself stays.',
      kind: 'unlink',
      handle: (call) => changeEnd(call, end, ['unlink'], (handle) => handle.set(null)),
    },
  ]
  return routes.filter((route) => route !== false)
}
