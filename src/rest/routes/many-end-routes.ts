import { readTargets } from '../bodies/read-targets.js'
import type { EndResource } from '../resource.js'
import { payloadProperties, payloadSchema } from '../schemas/input-schema.js'
import { listOf, objectOf, reference } from '../schemas/json-schema.js'
import { pageSchema } from '../schemas/page-schema.js'
import { childParams, listParameters, ownerParams } from '../schemas/parameter-schemas.js'
import { idSchema } from '../schemas/value-schema.js'
import type { Api } from './api.js'
import { changeEnd, listEnd, putChild } from './end-handlers.js'
import { endProblems, endTitle } from './end-title.js'
import type { Route } from './route.js'

/** The routes of an end that leads to many. */
export function manyRoutes(end: EndResource, { schemas, serializers }: Api): Route[] {
  const { owner, target, edge, allow } = end
  const all = `/${owner.path}/:ownerId/${end.path}`
  const one = `${all}/:childId`
  const title = endTitle(end)
  const words = `"${end.name}" of one "${owner.name}"`
  const id = idSchema(edge.to.id?.idKind ?? null)
  const payload = payloadProperties(edge.payload, target, schemas)
  const entry = objectOf({ ...payload, childId: id }, ['childId'])
  const linked = objectOf(
    { id, ...(edge.payload.size > 0 && { $link: payloadSchema(edge.payload, target, schemas) }) },
    ['id'],
  )
  const targets = listOf({ anyOf: [id, entry, linked] })
  const of = { resource: owner, end, params: ownerParams(end) }
  const child = {
    ...of,
    url: one,
    params: childParams(end),
    answers: { 200: reference('linkReport') },
    serialize: serializers.of('linkReport'),
  }
  const routes: (Route | false)[] = [
    allow.read && {
      ...of,
      method: 'GET',
      url: all,
      operationId: `list${title}`,
      summary: `List ${words}`,
      kind: 'read',
      querystring: listParameters(target, end),
      answers: { 200: pageSchema(schemas.names(target.model).view) },
      answerHeaders: ['link'],
      serialize: serializers.ofPage(schemas.names(target.model).view),
      problems: [404],
      handle: (call) => listEnd(call, end),
    },
    allow.add && {
      ...of,
      method: 'POST',
      url: all,
      operationId: `add${title}`,
      summary: `Add to ${words}`,
      description:
        'Ids, or `{ childId }` with fields of the pairing. All are added or none; pairs that exist take the fields given.',
      kind: 'link',
      body: targets,
      answers: { 200: reference('linkReport') },
      serialize: serializers.of('linkReport'),
      problems: endProblems,
      handle: (call) =>
        changeEnd(call, end, ['link'], (handle) => handle.add(readTargets(call, end, call.request.body))),
    },
    allow.add &&
      allow.remove && {
        ...of,
        method: 'PUT',
        url: all,
        operationId: `set${title}`,
        summary: `Replace ${words}`,
        kind: 'link',
        body: targets,
        answers: { 200: reference('linkReport') },
        serialize: serializers.of('linkReport'),
        problems: endProblems,
        handle: (call) =>
          changeEnd(call, end, ['link', 'unlink'], (handle) =>
            handle.set(readTargets(call, end, call.request.body)),
          ),
      },
    allow.remove && {
      ...of,
      method: 'DELETE',
      url: all,
      operationId: `remove${title}`,
      summary: `Remove from ${words}`,
      description: 'The records themselves stay. What is not in the list is reported as unchanged.',
      kind: 'unlink',
      body: listOf({ anyOf: [id, objectOf({ childId: id }, ['childId'])] }),
      answers: { 200: reference('linkReport') },
      serialize: serializers.of('linkReport'),
      problems: endProblems,
      handle: (call) =>
        changeEnd(call, end, ['unlink'], (handle) =>
          handle.remove(readTargets(call, end, call.request.body, false)),
        ),
    },
    allow.add && {
      ...child,
      method: 'PUT',
      operationId: `put${title}`,
      summary: `Add one to ${words}`,
      description: 'With fields of the pairing, if it has any. Doing it again changes nothing.',
      kind: 'link',
      body: payloadSchema(edge.payload, target, schemas),
      bodyOptional: true,
      problems: endProblems,
      handle: (call) => putChild(call, end),
    },
    allow.remove && {
      ...child,
      method: 'DELETE',
      operationId: `delete${title}`,
      summary: `Remove one from ${words}`,
      description: 'The record itself stays. Doing it again changes nothing.',
      kind: 'unlink',
      problems: endProblems,
      handle: (call) => {
        const childId = call.id('childId', target)
        return changeEnd(call, end, ['unlink'], (handle) => handle.remove([childId]))
      },
    },
  ]
  return routes.filter((route) => route !== false)
}
