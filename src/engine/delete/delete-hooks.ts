import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import type { DeleteEvent, Hooks } from '../../schema/hooks.js'
import type { Fate } from '../../ties/fate.js'
import { idOf } from '../links/id-of.js'
import type { HeldClosure } from './ledger/ledger.js'
import { shelfPages } from './ledger/shelf-pages.js'
import { runHooks } from '../write/run-hooks.js'
import type { Cause, Unit } from '../write/unit.js'
import { chunks } from '../../ties/chunks.js'

type Pair = 'Delete' | 'Restore'

interface Told {
  readonly model: Model
  readonly event: DeleteEvent
  readonly cause: Cause
}

/**
 * Runs the `before` hooks of everything that a delete reaches, on the frozen closure, before anything is written (R27).
 *
 * @returns what runs the `after` hooks and tells `afterCommit`; until then the records of `afterDelete` hooks are kept
 */
export async function beforeDelete(unit: Unit, closure: HeldClosure): Promise<() => Promise<void>> {
  const told: Told[] = []
  for await (const { model, fates } of shelfPages(closure, (shelf) => isHooked(shelf.model, 'Delete'))) {
    const events = await eventsFor(unit, model, [...fates.keys()], (id) => fates.get(id)!.outcome === 'soft')
    for (const event of events) {
      const cause = causeOf(fates.get(event.id)!)
      await runHooks(unit, model, 'beforeDelete', [event], cause)
      if (model.hooks.afterDelete) told.push({ model, event, cause })
    }
  }
  return async () => {
    for (const { model, event, cause } of told) await runHooks(unit, model, 'afterDelete', [event], cause)
    const noted = shelfPages(closure, ({ model }) => model.hooks.afterCommit !== undefined)
    for await (const { model, fates } of noted) noteAll(unit, model, 'delete', fates.keys())
  }
}

/** The same for records that a restore brings back. */
export async function beforeRestore(
  unit: Unit,
  returning: ReadonlyMap<Model, readonly unknown[]>,
): Promise<() => Promise<void>> {
  const told: Told[] = []
  for (const [model, ids] of returning) {
    if (!isHooked(model, 'Restore')) continue
    for (const chunk of chunks(ids)) {
      for (const event of await eventsFor(unit, model, chunk, () => true)) {
        await runHooks(unit, model, 'beforeRestore', [event])
        if (model.hooks.afterRestore) told.push({ model, event, cause: 'user' })
      }
    }
  }
  return async () => {
    for (const { model, event } of told) await runHooks(unit, model, 'afterRestore', [event])
    for (const [model, ids] of returning) noteAll(unit, model, 'restore', ids)
  }
}

function isHooked({ hooks }: Model, pair: Pair): boolean {
  const names: readonly (keyof Hooks)[] = [`before${pair}`, `after${pair}`]
  return names.some((name) => hooks[name])
}

async function eventsFor(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  isSoft: (id: unknown) => boolean,
): Promise<DeleteEvent[]> {
  const { rows } = await unit.read(
    `delete:whole:${model.name}`,
    () => plainRead(plainNode(model, [...model.fields.values()], within(idOf(model), slot(0)))),
    [ids],
  )
  return rows.map((record) => ({ id: record['id'], record, soft: isSoft(record['id']) }))
}

function causeOf({ via }: Fate): Cause {
  return via === null ? 'user' : { tie: via.tie, association: via.edge.association }
}

function noteAll(unit: Unit, model: Model, kind: 'delete' | 'restore', ids: Iterable<unknown>): void {
  if (model.hooks.afterCommit) for (const id of ids) unit.note(model, kind, id)
}
