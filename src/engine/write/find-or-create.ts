import { plainNode, plainRead, fixed } from '../../plan/conditions.js'
import { visible } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { idOf } from '../links/id-of.js'
import { checkOptions } from './check-options.js'
import { createPrepared, readHookedOne, readOne } from './create.js'
import { type Chosen, readWhere } from './read-where.js'
import { checkWriteOptions, noOptions, readBack, type WriteOptions } from './results.js'
import { hasHooks } from './run-hooks.js'
import { runPrepared } from './run-unit.js'
import type { Creation } from './show-created.js'
import type { Unit } from './unit.js'
import { raced, type Written } from './upsert.js'

/** What `findOrCreate` takes. */
export interface FindOrCreateChange {
  readonly where?: unknown
  readonly create?: unknown
}

/** The first record that matches, or a new one. */
export function findOrCreate(
  context: EngineContext,
  model: Model,
  change: FindOrCreateChange,
  options: WriteOptions = noOptions,
): Promise<Written> {
  return runPrepared(
    context,
    async (): Promise<Prepared> => {
      checkOptions(change, ['where', 'create'], 'findOrCreate')
      checkWriteOptions(context, model, options, 'findOrCreate')
      const chosen = readWhere(context.visibility, model, change.where ?? {})
      const creation = await readOne(model, change.create)
      return { chosen, creation: hasHooks(context.graph) ? null : creation }
    },
    async (unit, { chosen, creation }) => {
      const id = await firstOf(unit, model, chosen)
      const found = id !== undefined
      const made = found ? null : (creation ?? (await readHookedOne(unit, model, change.create)))
      const [record] = made
        ? await createPrepared(unit, model, made, options)
        : await readBack(unit, model, [id], options)
      return { record: record ?? {}, created: !found }
    },
    { signal: options.signal, again: raced },
  )
}

interface Prepared {
  readonly chosen: Chosen
  /** null where hooks have to see the data first */
  readonly creation: Creation | null
}

async function firstOf(unit: Unit, model: Model, { key, filter, values }: Chosen): Promise<unknown> {
  const id = idOf(model)
  const { rows } = await unit.read(
    `first:${model.name}:${key}`,
    () => {
      const scope = visible(unit.context.visibility, model, 'exclude')
      const by = { of: 'record', path: [id.name], field: id } as const
      const order = [{ direction: 'asc', via: [], by }] as const
      return plainRead(plainNode(model, [id], filter, { scope, order, limit: fixed(1) }))
    },
    values,
  )
  return rows[0]?.[id.name]
}
