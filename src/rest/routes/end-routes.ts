import { fail } from '../../errors/index.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { DataReader } from '../bodies/read-data.js'
import { readTargets } from '../bodies/read-targets.js'
import { readListQuery, readRecordQuery } from '../parameters/read-list.js'
import { ofTargets } from '../problems/of-targets.js'
import type { EndResource } from '../resource.js'
import { payloadProperties, payloadSchema } from '../schemas/input-schema.js'
import { type JsonSchema, listOf, objectOf, reference } from '../schemas/json-schema.js'
import { pageSchema } from '../schemas/page-schema.js'
import { childParams, listParameters, ownerParams, recordParameters } from '../schemas/parameter-schemas.js'
import { idSchema } from '../schemas/value-schema.js'
import type { ServedEnd } from '../served-db.js'
import type { Api } from './api.js'
import type { Call } from './call.js'
import { pageOfEnd, pageOfRecords } from './list-page.js'
import { notFound } from './record-routes.js'
import { reading, type Route } from './route.js'

/** The routes of an association end, below its owner. */
export function endRoutes(end: EndResource, api: Api): Route[] {
  return end.edge.many ? manyRoutes(end, api) : oneRoutes(end, api)
}

const report: JsonSchema = reference('linkReport')
const writing = [403, 404, 409, 413, 415, 422] as const

function manyRoutes(end: EndResource, { schemas, serializers }: Api): Route[] {
  const { owner, target, edge, allow } = end
  const all = `/${owner.path}/:ownerId/${end.path}`
  const one = `${all}/:childId`
  const title = titleOf(end)
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
    answers: { 200: report },
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
      handle: (call) => list(call, end),
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
      answers: { 200: report },
      serialize: serializers.of('linkReport'),
      problems: writing,
      handle: (call) =>
        change(call, end, ['link'], (handle) => handle.add(readTargets(call, end, call.request.body))),
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
        answers: { 200: report },
        serialize: serializers.of('linkReport'),
        problems: writing,
        handle: (call) =>
          change(call, end, ['link', 'unlink'], (handle) =>
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
      answers: { 200: report },
      serialize: serializers.of('linkReport'),
      problems: writing,
      handle: (call) =>
        change(call, end, ['unlink'], (handle) =>
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
      problems: writing,
      handle: (call) => putChild(call, end),
    },
    allow.remove && {
      ...child,
      method: 'DELETE',
      operationId: `delete${title}`,
      summary: `Remove one from ${words}`,
      description: 'The record itself stays. Doing it again changes nothing.',
      kind: 'unlink',
      problems: writing,
      handle: (call) => {
        const childId = call.id('childId', target)
        return change(call, end, ['unlink'], (handle) => handle.remove([childId]))
      },
    },
  ]
  return routes.filter((route) => route !== false)
}

function oneRoutes(end: EndResource, { schemas, serializers }: Api): Route[] {
  const { owner, target, edge, allow } = end
  const url = `/${owner.path}/:ownerId/${end.path}`
  const title = titleOf(end)
  const words = `"${end.name}" of one "${owner.name}"`
  const id = idSchema(edge.to.id?.idKind ?? null)
  const of = { resource: owner, end, url, params: ownerParams(end) }
  const changed = {
    ...of,
    answers: { 200: report },
    serialize: serializers.of('linkReport'),
    problems: writing,
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
      handle: (call) => read(call, end),
    },
    allow.add && {
      ...changed,
      method: 'PUT',
      operationId: `set${title}`,
      summary: `Set ${words}`,
      kind: 'link',
      body: { anyOf: [id, objectOf({ childId: id }, ['childId']), objectOf({ id }, ['id'])] },
      handle: (call) =>
        change(call, end, ['link'], (handle) => handle.set(readTargets(call, end, [call.request.body])[0])),
    },
    allow.remove && {
      ...changed,
      method: 'DELETE',
      operationId: `unset${title}`,
      summary: `Unset ${words}`,
      description: 'The record itself stays.',
      kind: 'unlink',
      handle: (call) => change(call, end, ['unlink'], (handle) => handle.set(null)),
    },
  ]
  return routes.filter((route) => route !== false)
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const titleOf = ({ owner, name }: EndResource): string => `${capital(owner.name)}${capital(name)}`

async function list(call: Call, end: EndResource): Promise<unknown> {
  const { owner, target, edge } = end
  const ownerId = call.id('ownerId', owner)
  const query = readListQuery(call.parameters(), target, end, call)
  call.touch(target, 'list')
  await call.admitTouched()
  const back = edge.reverse.name
  if (edge.payload.size > 0 || edge.ordered || back === null || edge.symmetric) {
    return reading(() => pageOfEnd(call, handleOf(call, end, ownerId), query))
  }
  // Read from the other end, the list has cursors.
  const { signal } = call
  const found = await call.records(owner).findById(ownerId, { select: ['id'], signal })
  if (!found) notFound(owner, ownerId)
  const among = { [back]: edge.reverse.many ? { $some: { id: ownerId } } : ownerId }
  return reading(() => pageOfRecords(call, call.records(target), query, among))
}

async function read(call: Call, end: EndResource): Promise<unknown> {
  const { owner, target, name } = end
  const ownerId = call.id('ownerId', owner)
  const query = readRecordQuery(call.parameters(), target, call)
  call.touch(target, 'read')
  await call.admitTouched()
  const record = await reading(() => handleOf(call, end, ownerId).get({ ...query, signal: call.signal }))
  if (record) return call.api.present(record)
  return fail('KIN_NOT_FOUND', {
    message: `The ${owner.name} ${JSON.stringify(ownerId)} has no ${name}.`,
    details: { model: target.name, ids: [] },
  })
}

function handleOf(call: Call, { owner, name }: EndResource, ownerId: unknown): ServedEnd {
  return call.records(owner).at(ownerId)[name]!
}

/** @param kinds what the request does to the targets */
async function change(
  call: Call,
  end: EndResource,
  kinds: readonly ('link' | 'unlink')[],
  write: (handle: ServedEnd) => Promise<unknown>,
): Promise<unknown> {
  const { owner, target } = end
  const ownerId = call.id('ownerId', owner)
  for (const kind of kinds) call.touch(target, kind)
  await call.admitTouched()
  const { body, params } = call.request
  try {
    return await write(handleOf(call, end, ownerId))
  } catch (error) {
    throw ofTargets(error, 'childId' in (params as object) ? null : body)
  }
}

async function putChild(call: Call, end: EndResource): Promise<unknown> {
  const { target, edge } = end
  const childId = call.id('childId', target)
  const { body } = call.request
  const reader = new DataReader(call)
  const payload =
    body === undefined || body === null ? undefined : reader.payload(body, edge.payload, target, '')
  reader.refuseIssues(target.model)
  if (payload !== undefined && !isPlainObject(payload)) {
    fail('KIN_VALIDATION', {
      details: { model: target.name, issues: [{ path: '', code: 'type', message: 'Expected an object.' }] },
    })
  }
  const item = payload === undefined || edge.payload.size === 0 ? childId : { id: childId, $link: payload }
  return change(call, end, ['link'], (handle) => handle.add([item]))
}
