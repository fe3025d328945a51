import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'
import { beforeCreate } from './before-create.js'
import { carryOut } from './carry-out.js'
import { checkTargets } from './check-targets.js'
import { refuseArgument } from './check-options.js'
import type { Draft, NewRecord } from './input/draft.js'
import { shapeOf } from './input/model-shape.js'
import { elementAt } from './input/place.js'
import { readRecord } from './input/read-record.js'
import { newDraft } from './input/read-target.js'
import { checkWriteOptions, noOptions, type WriteOptions } from './results.js'
import { type Creation, showCreated } from './show-created.js'
import { hasHooks } from './run-hooks.js'
import { runPrepared } from './run-unit.js'
import type { Unit } from './unit.js'

type Members = Record<string, unknown>

/** Creates a record with everything nested in it. */
export async function create(
  context: EngineContext,
  model: Model,
  data: unknown,
  options: WriteOptions = noOptions,
): Promise<Members> {
  const [record] = await runPrepared(
    context,
    () => {
      checkWriteOptions(context, model, options, 'create')
      return hasHooks(context.graph) ? null : readOne(model, data)
    },
    async (unit, prepared) =>
      createPrepared(unit, model, prepared ?? (await readHookedOne(unit, model, data)), options),
    options,
  )
  return record as Members
}

/** Creates all or none of the records; returns them in the order given. */
export function createMany(
  context: EngineContext,
  model: Model,
  list: unknown,
  options: WriteOptions = noOptions,
): Promise<Members[]> {
  return runPrepared(
    context,
    () => {
      checkWriteOptions(context, model, options, 'createMany')
      if (!Array.isArray(list)) return refuseArgument('list', 'a list of data', list)
      return hasHooks(context.graph) ? null : readList(model, list)
    },
    async (unit, prepared) =>
      createPrepared(
        unit,
        model,
        prepared ?? (await readHookedList(unit, model, list as unknown[])),
        options,
      ),
    options,
  )
}

/** What more is wrong with the data of a new record. */
export type CheckNew = (draft: Draft, record: NewRecord, data: Members) => void

export const readOne = (model: Model, data: unknown, check?: CheckNew): Maybe<Creation> =>
  readAll(model, [data], () => '', check)

const readList = (model: Model, list: readonly unknown[]): Maybe<Creation> =>
  readAll(model, list, (index) => elementAt('', index))

function readAll(
  model: Model,
  list: readonly unknown[],
  placeOf: (index: number) => string,
  check?: CheckNew,
): Maybe<Creation> {
  const draft = newDraft()
  const roots = list.map((data, index) => {
    const record = readRecord(draft, shapeOf(model), data, placeOf(index))
    if (record) check?.(draft, record, data as Members)
    return record
  })
  const ready = (): Creation => {
    draft.refuseIssues(model)
    return { draft, roots: roots.filter((record) => record !== null) }
  }
  return draft.pending.length === 0 ? ready() : Promise.all(draft.pending).then(ready)
}

export async function createPrepared(
  unit: Unit,
  model: Model,
  { draft, roots }: Creation,
  options: WriteOptions,
): Promise<Members[]> {
  await checkTargets(unit, draft.targets, draft.records)
  await carryOut(unit, draft)
  return showCreated(unit, model, { draft, roots }, options)
}

/** Hooks have to see the data before it is read. */
export async function readHookedOne(
  unit: Unit,
  model: Model,
  data: unknown,
  check?: CheckNew,
): Promise<Creation> {
  return readOne(model, await beforeCreate(unit, model, data), check)
}

async function readHookedList(unit: Unit, model: Model, list: readonly unknown[]): Promise<Creation> {
  const hooked: unknown[] = []
  for (const data of list) hooked.push(await beforeCreate(unit, model, data))
  return readList(model, hooked)
}
