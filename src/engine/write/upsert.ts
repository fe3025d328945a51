import { isKinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { EngineContext } from '../context.js'
import { checkOptions } from './check-options.js'
import { createPrepared, readHookedOne, readOne } from './create.js'
import { refuseNested, refuseNestedNew } from './input/refuse-nested.js'
import type { Changes } from './input/read-changes.js'
import { readOwner } from './read-owner.js'
import { checkWriteOptions, noOptions, type WriteOptions } from './results.js'
import { hasHooks } from './run-hooks.js'
import { runPrepared } from './run-unit.js'
import type { Creation } from './show-created.js'
import { findByKey, readUniqueKey, type UniqueKey } from './unique-key.js'
import { readUpdate, updateRecord } from './update.js'

type Members = Readonly<Record<string, unknown>>

/** What `upsert` takes. */
export interface UpsertChange {
  readonly where?: unknown
  readonly create?: unknown
  readonly update?: unknown
}

export interface Written {
  readonly record: Members
  readonly created: boolean
}

/**
 * Updates the record with a unique key, or creates it (R33). Parts of the key that `create` does not give are
 * taken from it.
 */
export function upsert(
  context: EngineContext,
  model: Model,
  change: UpsertChange,
  options: WriteOptions = noOptions,
): Promise<Written> {
  const hooked = hasHooks(context.graph)
  return runPrepared(
    context,
    async (): Promise<Prepared> => {
      checkOptions(change, ['where', 'create', 'update'], 'upsert')
      checkWriteOptions(context, model, options, 'upsert')
      const key = readUniqueKey(model, change.where)
      const given = isPlainObject(change.create) ? change.create : {}
      const data = { ...(change.where as Members), ...given }
      const changes = await readUpdate(model, change.update ?? {}, refuseNested)
      const creation = await readOne(model, data, refuseNestedNew)
      return { key, data, changes: hooked ? null : changes, creation: hooked ? null : creation }
    },
    async (unit, { key, data, changes, creation }) => {
      const id = await findByKey(unit, model, key)
      if (id !== undefined) {
        const before = await readOwner(unit, model, id)
        const record = await updateRecord(unit, model, before, changes, change.update ?? {}, options)
        return { record, created: false }
      }
      const made = creation ?? (await readHookedOne(unit, model, data, refuseNestedNew))
      const [record] = await createPrepared(unit, model, made, options)
      return { record: record as Members, created: true }
    },
    { signal: options.signal, again: raced },
  )
}

interface Prepared {
  readonly key: UniqueKey
  readonly data: Members
  readonly changes: Changes | null
  readonly creation: Creation | null
}

/** Another writer created the record between the look and the write; its record is found by another run. */
export function raced(error: unknown, attempt: number): boolean {
  return attempt === 1 && (isKinshipError(error, 'KIN_UNIQUE') || isKinshipError(error, 'KIN_ONE_TAKEN'))
}
