/**
 * Integer ids, counted outside of transactions: two that insert never wait for each other, and an id never comes back (R7). Gaps
 * are what a transaction leaves that is rolled back.
 */
import { type Collection, Long } from 'mongodb'
import type { MongoSession } from './session.js'
import { statementText } from './statement.js'

const COUNTERS = 'kinship_counter'

interface Counter {
  readonly _id: string
  readonly last: Long | number | bigint
}

const command = { collection: COUNTERS, statement: statementText(COUNTERS, 'updateOne', { _id: '?1' }) }

/** @returns so many ids, ascending, that nobody else gets */
export async function assignIds(
  session: MongoSession,
  collection: string,
  count: number,
): Promise<readonly number[]> {
  const last = (await advance(session, collection, count)) ?? (await begin(session, collection, count))
  return Array.from({ length: count }, (_, at) => last - count + 1 + at)
}

/** Ids that were given move the counter on. */
export async function noteIds(
  session: MongoSession,
  collection: string,
  ids: readonly number[],
): Promise<void> {
  await raise(session, collection, Math.max(0, ...ids))
}

/** @returns the last of so many more; null where the collection has no counter yet */
function advance(session: MongoSession, collection: string, count: number): Promise<number | null> {
  return session.outside(command, [collection, count], async (counters: Collection<Counter>) => {
    const more = { $inc: { last: Long.fromNumber(count) } }
    const counter = await counters.findOneAndUpdate({ _id: collection }, more, { returnDocument: 'after' })
    return counter && Number(counter.last)
  })
}

/** The first number of a collection comes after those that its documents have. */
async function begin(session: MongoSession, collection: string, count: number): Promise<number> {
  const look = {
    collection,
    statement: statementText(collection, 'find', {}, { sort: { _id: -1 }, limit: 1 }),
  }
  const highest = await session.outside(look, [], async (records) => {
    const [record] = await records
      .find({}, { projection: { _id: 1 } })
      .sort({ _id: -1 })
      .limit(1)
      .toArray()
    const id: unknown = record?.['_id']
    return typeof id === 'number' || typeof id === 'bigint' ? Number(id) : 0
  })
  await raise(session, collection, Math.max(0, highest))
  const last = await advance(session, collection, count)
  if (last === null) throw new TypeError(`The counter of "${collection}" is gone`)
  return last
}

function raise(session: MongoSession, collection: string, last: number): Promise<void> {
  return session.outside(command, [collection, last], async (counters: Collection<Counter>) => {
    const highest = { $max: { last: Long.fromNumber(last) } }
    await counters.updateOne({ _id: collection }, highest, { upsert: true })
  })
}
