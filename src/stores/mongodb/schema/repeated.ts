import type { Db, Document } from 'mongodb'
import type { Index } from './desired-indexes.js'

/** Whether documents that exist contradict a unique index. */
export async function isRepeated(db: Db, collection: string, { keys, where }: Index): Promise<boolean> {
  const together = Object.fromEntries(keys.map((key, at) => [`k${at}`, `$${key}`]))
  const pipeline: Document[] = [
    ...(where ? [{ $match: where }] : []),
    { $group: { _id: together, count: { $sum: 1 } } },
    { $match: { count: { $gt: 1 } } },
    { $limit: 1 },
  ]
  const found = await db.collection(collection).aggregate(pipeline, { allowDiskUse: true }).toArray()
  return found.length > 0
}
