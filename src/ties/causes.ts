/** The way up from deleted records to those whose delete reached them, as the references still say it. */
import type { Edge, Model } from '../schema/graph.js'
import { ByRecord, type Named } from './by-record.js'
import { pairs, records, type Ask } from './question.js'
import type { Heir } from './restoration.js'

/** What a record is to a deletion, as seen from the delete that is about to happen. */
export interface Kin {
  /** goes for good now; otherwise it stays soft-deleted */
  readonly goes: boolean
  /** it can have been reached by nothing but a hard tie from a record that goes for good */
  readonly reachedHard: boolean
  /** the caller named it */
  readonly isRoot: boolean
}

/** Records of one deletion. */
export interface Family {
  /** among records, those that belong to it */
  look(model: Model, ids: readonly unknown[]): Ask<ReadonlyMap<unknown, Kin>>
  readonly heirs: readonly Heir[]
}

export interface Cause {
  readonly child: unknown
  readonly cause: Named
  readonly kin: Kin
  /** over a tie that deletes for good */
  readonly strongly: boolean
}

/** The records of the family whose delete reaches these. */
export function* causesOf(model: Model, ids: readonly unknown[], family: Family): Ask<Cause[]> {
  const found: Omit<Cause, 'kin'>[] = []
  for (const edge of model.outbound.filter(takesHolderAlong)) {
    const strongly = edge.onDelete !== 'soft'
    for (const { owner, target } of yield* pairs(edge, ids)) {
      found.push({ child: owner, cause: { model: edge.to, id: target }, strongly })
    }
  }
  for (const edge of model.inbound.filter(({ onHolderDelete }) => onHolderDelete !== null)) {
    const strongly = edge.onHolderDelete === 'strong'
    for (const { owner, target } of yield* pairs(edge.reverse, ids)) {
      found.push({ child: owner, cause: { model: edge.from, id: target }, strongly })
    }
  }
  const asked = new Set(ids)
  for (const { child, causes } of family.heirs) {
    if (child.model !== model || !asked.has(child.id)) continue
    for (const cause of causes) found.push({ child: child.id, cause, strongly: false })
  }
  const kin = yield* kinAmong(
    found.map(({ cause }) => cause),
    family,
  )
  return found.flatMap((one) => {
    const own = kin.get(one.cause.model, one.cause.id)
    return own ? [{ ...one, kin: own }] : []
  })
}

/** Those of the records that belong to the family. */
export function* kinAmong(named: readonly Named[], family: Family): Ask<ByRecord<Kin>> {
  const found = new ByRecord<Kin>()
  for (const model of new Set(named.map((one) => one.model))) {
    const ids = new Set(named.filter((one) => one.model === model).map(({ id }) => id))
    for (const [id, kin] of yield* family.look(model, [...ids])) found.set(model, id, kin)
  }
  return found
}

const takesHolderAlong = ({ onDelete, serves }: Edge): boolean =>
  onDelete === 'strong' || onDelete === 'soft' || serves !== null

/** Among records, those that one deletion soft-deleted. */
export function* stayingBy(
  deletion: string,
  model: Model,
  ids: readonly unknown[],
): Ask<ReadonlySet<unknown>> {
  const stored = yield* records(model, ids, false)
  return new Set(stored.filter((record) => record.deletion === deletion).map(({ id }) => id))
}
