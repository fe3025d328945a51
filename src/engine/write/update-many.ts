import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { changeAll } from './change-all.js'
import { changeEach } from './change-each.js'
import { checkOptions } from './check-options.js'
import type { Changes } from './input/read-changes.js'
import { refuseUnshared } from './input/refuse-nested.js'
import { type Chosen, readWhere } from './read-where.js'
import { runPrepared } from './run-unit.js'
import { readUpdate } from './update.js'

/** What `updateMany` takes. */
export interface BulkChange {
  readonly where?: unknown
  readonly data?: unknown
  readonly signal?: AbortSignal | undefined
}

/** Sets scalars and non-unique references of every record that matches (R33). */
export function updateMany(
  context: EngineContext,
  model: Model,
  change: BulkChange,
): Promise<{ readonly count: number }> {
  return runPrepared(
    context,
    async (): Promise<Prepared> => {
      checkOptions(change, ['where', 'data', 'signal'], 'updateMany')
      const chosen = readWhere(context.visibility, model, change.where ?? {})
      const changes = await readUpdate(model, change.data, refuseUnshared)
      return { chosen, changes }
    },
    async (unit, { chosen, changes }) => ({
      count:
        Object.keys(model.hooks).length > 0
          ? await changeEach(unit, model, chosen, change.data)
          : await changeAll(unit, chosen, changes),
    }),
    change,
  )
}

interface Prepared {
  readonly chosen: Chosen
  readonly changes: Changes
}
