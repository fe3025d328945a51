import { fail } from '../../errors/index.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { DataReader } from '../bodies/read-data.js'
import { readListQuery, readRecordQuery } from '../parameters/read-list.js'
import { ofTargets } from '../problems/of-targets.js'
import type { EndResource } from '../resource.js'
import type { ServedEnd } from '../served-db.js'
import type { Call } from './call.js'
import { pageOfEnd, pageOfRecords } from './list-page.js'
import { notFound } from './not-found.js'
import { reading } from './route.js'

/** A page of a to-many end. */
export async function listEnd(call: Call, end: EndResource): Promise<unknown> {
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

/** The record at a to-one end; 404 where there is none. */
export async function readEnd(call: Call, end: EndResource): Promise<unknown> {
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

/**
 * A change of what an end holds.
 *
 * @param kinds what the request does to the targets
 */
export async function changeEnd(
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

/** Adds the record that the path names, with what the body says of the pairing. */
export async function putChild(call: Call, end: EndResource): Promise<unknown> {
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
  return changeEnd(call, end, ['link'], (handle) => handle.add([item]))
}
