/** The way up from deleted records to those whose delete reached them, as the references still say it. */
import type { Edge, Model } from '../schema/graph.js'
import type { Named } from './by-record.js'
import { pairs, records, type Ask } from './question.js'
import type { Heir } from './restoration.js'

/** Records of one deletion, as seen from the delete that is about to happen. */
export interface Family {
  /** among records, those that stay soft-deleted by it */
  staying(model: Model, ids: readonly unknown[]): ReadonlySet<unknown> | Ask<ReadonlySet<unknown>>
  /** it goes for good now */
  goes(named: Named): boolean
  isRoot(named: Named): boolean
  /** whether a record can have been reached in this way; `hard`: from one that goes for good */
  reached(named: Named, strongly: boolean, hard: boolean): boolean
  readonly heirs: readonly Heir[]
}

export interface Cause {
  readonly child: unknown
  readonly cause: Named
  /** over a tie that deletes for good */
  readonly strongly: boolean
}

/** The records of the family whose delete reaches these. */
export function* causesOf(model: Model, ids: readonly unknown[], family: Family): Ask<Cause[]> {
  const found: Cause[] = []
  for (const edge of model.outbound.filter(takesHolderAlong)) {
    for (const { owner, target } of yield* pairs(edge, ids)) {
      const strongly = edge.onDelete !== 'soft'
      found.push({ child: owner, cause: { model: edge.to, id: target }, strongly })
    }
  }
  for (const edge of model.inbound.filter(({ onHolderDelete }) => onHolderDelete !== null)) {
    for (const { owner, target } of yield* pairs(edge.reverse, ids)) {
      const strongly = edge.onHolderDelete === 'strong'
      found.push({ child: owner, cause: { model: edge.from, id: target }, strongly })
    }
  }
  const asked = new Set(ids)
  for (const { child, causes } of family.heirs) {
    if (child.model !== model || !asked.has(child.id)) continue
    for (const cause of causes) found.push({ child: child.id, cause, strongly: false })
  }
  return yield* within(found, family)
}

const takesHolderAlong = ({ onDelete, serves }: Edge): boolean =>
  onDelete === 'strong' || onDelete === 'soft' || serves !== null

function* within(found: readonly Cause[], family: Family): Ask<Cause[]> {
  const members = new Map<Model, ReadonlySet<unknown>>()
  for (const model of new Set(found.map(({ cause }) => cause.model))) {
    const own = found.filter(({ cause }) => cause.model === model && !family.goes(cause))
    const staying = family.staying(model, [...new Set(own.map(({ cause }) => cause.id))])
    members.set(model, 'has' in staying ? staying : yield* staying)
  }
  return found.filter(({ cause }) => family.goes(cause) || members.get(cause.model)!.has(cause.id))
}

/** Among records, those that one deletion soft-deleted. */
export function* stayingBy(
  deletion: string,
  model: Model,
  ids: readonly unknown[],
): Ask<ReadonlySet<unknown>> {
  const stored = yield* records(model, ids, false)
  return new Set(stored.filter((record) => record.deletion === deletion).map(({ id }) => id))
}
