import { fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'
import { beforeNested } from './before-create.js'
import { changeRecord, refuseVersion } from './change-record.js'
import { refuseArgument } from './check-options.js'
import { shapeOf } from './input/model-shape.js'
import { type Changes, readChanges } from './input/read-changes.js'
import { newDraft } from './input/read-target.js'
import { readId } from './read-id.js'
import { readOwner } from './read-owner.js'
import { checkWriteOptions, isShaped, noOptions, readBack, type WriteOptions } from './results.js'
import { hasHooks, runHooks } from './run-hooks.js'
import { runPrepared } from './run-unit.js'
import { fieldOfSystem } from './system-fields.js'
import type { Unit } from './unit.js'

type Members = Readonly<Record<string, unknown>>

export interface UpdateOptions extends WriteOptions {
  readonly ifVersion?: number | undefined
}

/** Changes one record and what its ends hold. */
export function update(
  context: EngineContext,
  model: Model,
  id: unknown,
  data: unknown,
  options: UpdateOptions = noOptions,
): Promise<Members> {
  return runPrepared(
    context,
    () => {
      checkWriteOptions(context, model, options, 'update', ['ifVersion'])
      checkVersion(model, options.ifVersion)
      readId(model, id)
      return hasHooks(context.graph) ? null : readUpdate(model, data)
    },
    async (unit, changes) => {
      const before = await readOwner(unit, model, readId(model, id))
      return updateRecord(unit, model, before, changes, data, options)
    },
    options,
  )
}

/**
 * The data of an update, read and found right.
 *
 * @param check what more is wrong with it
 */
export function readUpdate(model: Model, data: unknown, check?: (changes: Changes) => void): Maybe<Changes> {
  const draft = newDraft()
  const changes = readChanges(draft, shapeOf(model), data)
  check?.(changes)
  const ready = (): Changes => {
    draft.refuseIssues(model)
    return changes
  }
  return draft.pending.length === 0 ? ready() : Promise.all(draft.pending).then(ready)
}

/** @param changes null where hooks have to see the data before it is read */
export async function updateRecord(
  unit: Unit,
  model: Model,
  before: Members,
  changes: Changes | null,
  data: unknown,
  options: UpdateOptions,
): Promise<Members> {
  const id = before[shapeOf(model).id.name]
  const { ifVersion } = options
  const version = before[fieldOfSystem(model, 'version')?.name ?? '']
  if (ifVersion !== undefined && version !== ifVersion) {
    refuseVersion(model, id, ifVersion, version as number)
  }
  const event = { id, changes: isPlainObject(data) ? { ...data } : {}, before }
  const read = changes ?? (await readHooked(unit, model, event))
  const after = await changeRecord(unit, read, before, ifVersion)
  if (model.hooks.afterUpdate) await runHooks(unit, model, 'afterUpdate', [event])
  unit.note(model, 'update', id)
  const { graph, visibility } = unit.context
  if (after && !isShaped(options) && visibility.scopes.size === 0 && !hasHooks(graph)) return after
  const [record] = await readBack(unit, model, [id], options)
  return record as Members
}

async function readHooked(
  unit: Unit,
  model: Model,
  event: { readonly id: unknown; readonly changes: Record<string, unknown>; readonly before: Members },
): Promise<Changes> {
  await runHooks(unit, model, 'beforeUpdate', [event])
  await beforeNested(unit, model, event.changes)
  return readUpdate(model, event.changes)
}

function checkVersion(model: Model, ifVersion: unknown): void {
  if (ifVersion === undefined) return
  if (!Number.isSafeInteger(ifVersion)) refuseArgument('ifVersion', 'a version, an integer', ifVersion)
  if (model.version) return
  fail('KIN_INVALID_QUERY', {
    message: `Records of model "${model.name}" have no version.`,
    path: 'ifVersion',
    hint: 'Declare the model with `version: true`.',
  })
}
