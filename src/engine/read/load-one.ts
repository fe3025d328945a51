import type { ReadResult } from '../../store/read.js'
import { chain } from '../maybe.js'
import { foundKeys, keysToSend, parentKeys, parentsOf, type Row } from './parents.js'
import type { Loader, PreparedBatch } from './prepared.js'

/** Puts the one target in the place of each parent's null. Parents of one target share it. */
export const loadOne: Loader = (batch, result, run) => {
  const { child, at } = batch.plan
  const name = child.path[0] ?? ''
  const keys = parentKeys(result, batch)
  const wanted = new Set(keys)
  wanted.delete(null)
  wanted.delete(undefined)
  if (wanted.size === 0) return null
  const found = batch.step.compiled.run(run.session, run.values, keysToSend(wanted, batch))
  return chain(found, (read) => {
    const targets = targetsByKey(read, batch)
    parentsOf(result.rows, at).forEach((parent, index) => {
      const target = targets.get(keys[index])
      if (parent && target) parent[name] = target
    })
    return read
  })
}

/** Where several stand at the end, the live one is taken, else the one deleted last: they come in that order (R8). */
function targetsByKey(read: ReadResult, batch: PreparedBatch): ReadonlyMap<unknown, Row> {
  const { latest } = batch.plan
  const deletedAt = latest === null ? undefined : read.carried[latest]
  const keys = foundKeys(read, batch)
  const targets = new Map<unknown, Row>()
  const live = new Set<unknown>()
  read.rows.forEach((row, index) => {
    const key = keys[index]
    if (live.has(key)) return
    targets.set(key, row)
    if (deletedAt && deletedAt[index] === null) live.add(key)
  })
  return targets
}
