/**
 * Guards (R30). MongoDB has no shared lock, so a transaction that refers to a record and one that deletes it meet in a write:
 * both write to guards of the record. Guards are few: a collection's records share buckets of them. Guards are striped: who
 * refers writes one stripe of a bucket, who deletes all of its stripes, so that those who refer to one popular record seldom
 * meet one another. Of two transactions that do meet, one fails at once and is run again.
 *
 * Guards are there before a transaction begins, because two that make the same document conflict for no reason.
 */
import { randomInt } from 'node:crypto'
import type { Document } from 'mongodb'
import { KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { BUCKETS, GUARDS, STRIPES } from './guard-collection.js'
import type { Command, MongoSession } from './session.js'
import { statementText } from './statement.js'

const touched = { $inc: { turn: 1 } }
const commandFor = (key: string): Command => ({
  collection: GUARDS,
  statement: statementText(GUARDS, 'updateMany', { [key]: { $in: '?1' } }, touched),
})
const linking = commandFor('_id')
const deleting = commandFor('bucket')

/** What a transaction has written already. */
interface Held {
  readonly stripe: number
  readonly guards: Set<string>
  readonly buckets: Set<string>
}

const holding = new WeakMap<MongoSession, Held>()

/** How many running transactions of this process have taken each stripe. */
const taken = Array.from({ length: STRIPES }, () => 0)
let last = randomInt(STRIPES)

/** Transactions of one process take different stripes: as many as there are stripes run without meeting. */
function takeStripe(): number {
  let best = last
  for (let step = 1; step <= STRIPES; step++) {
    const stripe = (last + step) % STRIPES
    if (step === 1 || (taken[stripe] ?? 0) < (taken[best] ?? 0)) best = stripe
  }
  taken[best] = (taken[best] ?? 0) + 1
  last = best
  return best
}

function heldBy(session: MongoSession): Held {
  let held = holding.get(session)
  if (held === undefined) {
    held = { stripe: takeStripe(), guards: new Set(), buckets: new Set() }
    holding.set(session, held)
  }
  return held
}

/** For the end of a transaction: its stripe is free for another one. */
export function releaseGuards(session: MongoSession): void {
  const held = holding.get(session)
  if (held === undefined) return
  taken[held.stripe] = (taken[held.stripe] ?? 1) - 1
  holding.delete(session)
}

/**
 * Makes sure that no other transaction deletes these records before this one ends, or that one of the two fails.
 *
 * @param ids as the API shows them; what is known of the records is to be read after this
 */
export async function lockForLink(
  session: MongoSession,
  model: Model,
  ids: readonly unknown[],
): Promise<void> {
  const held = heldBy(session)
  const wanted = new Set<string>()
  for (const bucket of bucketsOf(model, ids)) {
    const guard = `${bucket}/${held.stripe}`
    if (!held.guards.has(guard) && !held.buckets.has(bucket)) wanted.add(guard)
  }
  if (wanted.size === 0) return
  await touch(session, linking, { _id: { $in: [...wanted].sort() } }, wanted.size)
  for (const guard of wanted) held.guards.add(guard)
}

/** Makes sure that no other transaction refers to these records, or deletes them, before this one ends. */
export async function lockForDelete(
  session: MongoSession,
  model: Model,
  ids: readonly unknown[],
): Promise<void> {
  const { buckets } = heldBy(session)
  const wanted = [...bucketsOf(model, ids)].filter((bucket) => !buckets.has(bucket)).sort()
  if (wanted.length === 0) return
  await touch(session, deleting, { bucket: { $in: wanted } }, wanted.length * STRIPES)
  for (const bucket of wanted) buckets.add(bucket)
}

async function touch(
  session: MongoSession,
  command: Command,
  filter: Document,
  expected: number,
): Promise<void> {
  const met = await session.updateMany(command, filter, touched)
  if (met === expected) return
  // Somebody dropped them. The next transaction makes sure that they are there.
  session.guards.forget()
  throw new KinshipError('KIN_CONFLICT', {
    message: `The collection "${GUARDS}" lacks guards that a transaction needs.`,
    hint: 'Try again; kinship puts them back.',
    details: { attempts: 1 },
  })
}

function bucketsOf(model: Model, ids: readonly unknown[]): Set<string> {
  return new Set(ids.map((id) => `${model.collection}/${hash(String(id)) % BUCKETS}`))
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return (sum ^ (sum >>> 15)) >>> 0
}
