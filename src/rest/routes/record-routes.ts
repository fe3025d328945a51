import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { etagOf, isKnown } from '../answers/etag.js'
import { DataReader } from '../bodies/read-data.js'
import { replacing } from '../bodies/replacing.js'
import { readListQuery, readRecordQuery } from '../parameters/read-list.js'
import type { Resource } from '../resource.js'
import { listOf, reference } from '../schemas/json-schema.js'
import { idParams, ifMatchHeader, listParameters, recordParameters } from '../schemas/parameter-schemas.js'
import { pageSchema } from '../schemas/page-schema.js'
import type { Row } from '../served-db.js'
import type { Api } from './api.js'
import type { Call } from './call.js'
import { deleteRoutes } from './delete-routes.js'
import { textOf, underCondition } from './guarded.js'
import { pageOfRecords } from './list-page.js'
import { notFound } from './not-found.js'
import { reading, type Route } from './route.js'

/** The routes of a model's records. */
export function recordRoutes(resource: Resource, { schemas, serializers }: Api): Route[] {
  const { allow, path, name } = resource
  const names = schemas.names(resource.model)
  const all = `/${path}`
  const one = `/${path}/:id`
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const changed = {
    resource,
    kind: 'update',
    url: one,
    params: idParams(resource),
    headers: ifMatchHeader,
    answers: { 200: reference(names.record) },
    answerHeaders: ['etag'],
    serialize: serializers.of(names.record),
    problems: [403, 404, 409, 412, 413, 415, 422, 428],
  } as const
  const routes: (Route | false)[] = [
    allow.list && {
      method: 'GET',
      url: all,
      operationId: `list${title}`,
      summary: `Find records of "${name}"`,
      description: listWords,
      resource,
      kind: 'list',
      querystring: listParameters(resource, null),
      answers: { 200: pageSchema(names.view) },
      answerHeaders: ['link'],
      serialize: serializers.ofPage(names.view),
      problems: [],
      handle: (call) => list(call, resource),
    },
    allow.create && {
      method: 'POST',
      url: all,
      operationId: `create${title}`,
      summary: `Create one "${name}", or several`,
      description: 'With a list, all of them are created or none.',
      resource,
      kind: 'create',
      body: { anyOf: [reference(names.create), listOf(reference(names.create))] },
      answerHeaders: ['etag', 'location'],
      serialize: serializers.ofSome(names.record),
      answers: { 201: { anyOf: [reference(names.record), listOf(reference(names.record))] } },
      problems: [403, 409, 413, 415, 422],
      handle: (call) => create(call, resource),
    },
    allow.read && {
      method: 'GET',
      url: one,
      operationId: `get${title}`,
      summary: `Get one "${name}"`,
      resource,
      kind: 'read',
      params: idParams(resource),
      querystring: recordParameters(resource),
      serialize: serializers.of(names.view),
      answers: { 200: reference(names.view), 304: null },
      answerHeaders: ['etag'],
      problems: [404],
      handle: (call) => read(call, resource),
    },
    allow.update && {
      ...changed,
      method: 'PATCH',
      operationId: `update${title}`,
      summary: `Change one "${name}"`,
      description: 'Fields that are not given stay as they are.',
      body: reference(names.update),
      handle: (call) => change(call, resource, (data) => data),
    },
    allow.update && {
      ...changed,
      method: 'PUT',
      operationId: `replace${title}`,
      summary: `Replace one "${name}"`,
      description:
        'Fields that are not given become their default or null, lists of its own become empty. Fields that are never shown stay.',
      body: reference(names.replace),
      handle: (call) =>
        change(call, resource, (data) => (isPlainObject(data) ? replacing(data, resource) : data)),
    },
    ...(allow.delete ? deleteRoutes(resource, title, serializers) : []),
  ]
  return routes.filter((route) => route !== false)
}

const listWords = [
  'Parameters without `$` are filters: `age=18`, `age[$gte]=18`, `name[$in]=Ann,Bob`. They lead through associations:',
  '`author[email]=…`, `posts[$some][title][$like]=…`. `$or[0][…]=…&$or[1][…]=…` holds where one of its parts does.',
].join(' ')

async function list(call: Call, resource: Resource): Promise<unknown> {
  const query = readListQuery(call.parameters(), resource, null, call)
  await call.admitTouched()
  return reading(() => pageOfRecords(call, call.records(resource), query))
}

async function read(call: Call, resource: Resource): Promise<unknown> {
  const id = call.id('id', resource)
  const query = readRecordQuery(call.parameters(), resource, call)
  await call.admitTouched()
  const { signal } = call
  const record = await reading(() => call.records(resource).findById(id, { ...query, signal }))
  const found = record ?? notFound(resource, id)
  const view = call.api.schemas.names(resource.model).view
  return tagged(call, resource, found, call.api.serializers.of(view)(call.api.present(found)))
}

/** A record with its ETag, or 304 where the caller has it already. */
function tagged({ reply, request }: Call, resource: Resource, record: Row, text: string): unknown {
  const etag = etagOf(resource.model, record, text)
  void reply.header('etag', etag)
  if (request.method === 'GET' && isKnown(request.headers['if-none-match'], etag)) {
    return reply.code(304).send()
  }
  void reply.type('application/json; charset=utf-8')
  return text
}

async function create(call: Call, resource: Resource): Promise<unknown> {
  const { request, reply, signal } = call
  const { body } = request
  const reader = new DataReader(call)
  const data = Array.isArray(body)
    ? body.map((one, index) => reader.record(one, resource, `[${index}]`))
    : reader.record(body, resource)
  reader.refuseIssues(resource.model)
  await call.admitTouched()
  const records = call.records(resource)
  void reply.code(201)
  if (Array.isArray(data)) return call.api.present(await records.createMany(data, { signal }))
  const record = await records.create(data, { signal })
  const path = request.url.split('?', 1)[0]?.replace(/\/$/, '') ?? ''
  void reply.header('location', `${path}/${encodeURIComponent(String(record['id']))}`)
  return tagged(call, resource, record, textOf(call, resource, record))
}

async function change(
  call: Call,
  resource: Resource,
  complete: (data: unknown) => unknown,
): Promise<unknown> {
  const id = call.id('id', resource)
  const { signal } = call
  const reader = new DataReader(call)
  const data = complete(withoutId(reader.record(call.request.body, resource), id))
  reader.refuseIssues(resource.model)
  await call.admitTouched()
  const record = await underCondition(call, resource, id, (records) => records.update(id, data, { signal }))
  return tagged(call, resource, record, textOf(call, resource, record))
}

/** The id of the path may be repeated in the data. */
function withoutId(data: unknown, id: unknown): unknown {
  if (!isPlainObject(data) || data['id'] !== id) return data
  const { id: _, ...rest } = data
  return rest
}
