import type { ReadResult } from '../../store/read.js'
import { chain } from '../maybe.js'
import { foundKeys, keysToSend, parentKeys, parentsOf } from './parents.js'
import type { Loader, PreparedBatch } from './prepared.js'

type Lists = ReadonlyMap<unknown, unknown[]>

/** Fills the empty lists of the parents. Copies of one parent share its list. */
export const loadMany: Loader = (batch, result, run) => {
  const { child, at } = batch.plan
  const name = child.path[0] ?? ''
  const parents = parentsOf(result.rows, at)
  const keys = parentKeys(result, batch)
  const lists = new Map<unknown, unknown[]>()
  for (let index = 0; index < parents.length; index++) {
    const parent = parents[index]
    const key = keys[index]
    if (!parent || key === null || key === undefined) continue
    const known = lists.get(key)
    if (known === undefined) lists.set(key, parent[name] as unknown[])
    else parent[name] = known
  }
  if (lists.size === 0) return null
  const found = batch.step.compiled.run(run.session, run.values, keysToSend(lists.keys(), batch))
  return chain(found, (read) => fill(lists, read, batch))
}

function fill(lists: Lists, read: ReadResult, batch: PreparedBatch): ReadResult {
  const keys = foundKeys(read, batch)
  const { rows } = read
  let list: unknown[] | undefined
  let last: unknown
  // Rows of one parent mostly stand together.
  for (let index = 0; index < rows.length; index++) {
    const key = keys[index]
    if (list === undefined || key !== last) {
      list = lists.get(key)
      last = key
    }
    list?.push(rows[index])
  }
  return read
}
