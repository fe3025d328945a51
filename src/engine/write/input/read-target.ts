import type { Edge, Field } from '../../../schema/graph.js'
import { describeValue } from '../../../schema/values/describe-value.js'
import { Flaw } from '../../../schema/values/flaw.js'
import { isPlainObject } from '../../../schema/values/is-plain-object.js'
import { normaliserOf } from '../../../schema/values/normaliser-of.js'
import { idOf } from '../../links/id-of.js'
import { heldBy } from '../../links/held-by.js'
import { Draft, type Item } from './draft.js'
import { shapeOf } from './model-shape.js'
import { memberAt } from './place.js'
import { readRecord } from './read-record.js'
import { readPart } from './read-value.js'
import { unknownMember } from './unknown-member.js'

/**
 * What stands at an end: an id, a record (its id counts), `{ id, $link }`, an object without id or `{ $create
 * }`, which is created (design §5). Null where it is none of them.
 */
function readTarget(edge: Edge, value: unknown, path: string, draft: Draft): Item | null {
  if (!isPlainObject(value)) return readNamed(edge, value, null, path, draft)
  const link = readLink(edge, value['$link'], path, draft)
  const create = value['$create']
  if (create !== undefined) {
    for (const name of Object.keys(value)) {
      if (name !== '$create' && name !== '$link') unknownMember(name, ['$create', '$link'], draft, path)
    }
    return readNew(edge, create, link, memberAt(path, '$create'), draft)
  }
  if (value['id'] !== undefined) return readNamed(edge, value['id'], link, path, draft)
  return readNew(edge, value, link, path, draft)
}

function readNamed(edge: Edge, value: unknown, link: Item['link'], path: string, draft: Draft): Item | null {
  const id = normaliserOf(idOf(edge.to))(value)
  if (!(id instanceof Flaw)) return { record: null, id, link, path }
  const message = `Expected an id of model "${edge.to.name}" (${id.expected}), received ${describeValue(value)}.`
  draft.refuse(path, 'id', message)
  return null
}

function readNew(edge: Edge, data: unknown, link: Item['link'], path: string, draft: Draft): Item | null {
  const record = readRecord(draft, shapeOf(edge.to), data, path, filledBy(edge))
  return record && { record, id: undefined, link, path }
}

/** The reference of the record at the other end that leads back over the edge. */
function filledBy(edge: Edge): Field | null {
  const held = heldBy(edge)
  return edge.holder || held.many ? null : (held.from.fields.get(held.path[0] ?? '') ?? null)
}

/**
 * A loaded record carries the `$link` of the list it came from, which means nothing to an end without
 * payload.
 */
function readLink(edge: Edge, value: unknown, path: string, draft: Draft): Item['link'] {
  if (value === undefined || edge.payload.size === 0) return null
  const place = memberAt(path, '$link')
  if (isPlainObject(value)) return readPart(edge.payload, value, draft, place, draft)
  draft.refuseType(place, 'the payload, an object,', value)
  return null
}

export const newDraft = (): Draft => new Draft(readTarget)
