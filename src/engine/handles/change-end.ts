import type { Edge } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { heldBy } from '../links/held-by.js'
import type { Maybe } from '../maybe.js'
import { beforeEnd } from '../write/before-create.js'
import { carryOut } from '../write/carry-out.js'
import { checkTargets } from '../write/check-targets.js'
import { addAtOnce } from '../write/ends/change-at-once.js'
import { changeHolders } from '../write/ends/change-holders.js'
import { changeReference } from '../write/ends/change-reference.js'
import { changeSet } from '../write/ends/change-set.js'
import type { EndChange, Report } from '../write/ends/end-change.js'
import type { Draft, Item } from '../write/input/draft.js'
import { readEnd } from '../write/input/read-end.js'
import { newDraft } from '../write/input/read-target.js'
import { readPart } from '../write/input/read-value.js'
import { readId } from '../write/read-id.js'
import { requireOwner } from '../write/read-owner.js'
import { hasHooks } from '../write/run-hooks.js'
import { runSupposing } from '../write/run-supposing.js'
import type { Unit } from '../write/unit.js'
import type { HandleAt } from './handle-at.js'

/** What an end is to hold besides, or instead of, what it holds. */
export interface Wanted {
  /** targets as the caller gave them; null for none at a to-one end */
  readonly targets: unknown
  /** a payload for all of them */
  readonly payload?: unknown
  readonly mode: 'add' | 'set'
}

interface Read {
  readonly draft: Draft
  readonly items: readonly Item[]
}

/** What a change did. */
export interface Changed extends Read {
  readonly at: HandleAt
  readonly report: Report
}

/**
 * Changes what one end of one record holds, in one transaction.
 *
 * @param finish makes the answer while the transaction is open
 * @param check looks at more than whether the owner is there
 */
export function changeEnd<T>(
  at: HandleAt,
  wanted: Wanted,
  finish: (unit: Unit, changed: Changed) => Maybe<T>,
  check?: (unit: Unit, owner: unknown) => Promise<void>,
): Promise<T> {
  const { context, edge, owner } = at
  const hooked = hasHooks(context.graph)
  return runSupposing(
    context,
    () => {
      readId(edge.from, owner)
      return hooked ? null : readWanted(edge, wanted)
    },
    async (unit, prepared, supposing) => {
      const id = readId(edge.from, owner)
      await requireOwner(unit, edge.from, id)
      await check?.(unit, id)
      const { draft, items } = prepared ?? (await readHooked(unit, edge, wanted))
      const atOnce = supposing && wanted.mode === 'add' && check === undefined
      const change =
        (atOnce && addAtOnce(unit, draft, edge, id, items)) ||
        (await lookInto(unit, draft, edge, id, items, wanted.mode))
      if (draft.pending.length > 0) await Promise.all(draft.pending)
      draft.refuseIssues(edge.from)
      await checkTargets(unit, draft.targets, draft.records)
      await change.release(unit)
      await carryOut(unit, draft)
      return finish(unit, { at, report: await change.link(unit), draft, items })
    },
  )
}

function readWanted(edge: Edge, { targets, payload }: Wanted): Maybe<Read> {
  const draft = newDraft()
  const items = readEnd(draft, edge, targets, edge.many ? 'targets' : 'target', 'any') ?? []
  const shared = payload === undefined ? null : readPayload(draft, edge, payload)
  const ready = (): Read => {
    draft.refuseIssues(edge.from)
    return {
      draft,
      items: shared ? items.map((item) => ({ ...item, link: { ...shared, ...item.link } })) : items,
    }
  }
  return draft.pending.length === 0 ? ready() : Promise.all(draft.pending).then(ready)
}

function readPayload(draft: Draft, edge: Edge, payload: unknown): Item['link'] {
  if (isPlainObject(payload)) return readPart(edge.payload, payload, draft, 'payload', draft)
  draft.refuseType('payload', 'an object', payload)
  return null
}

async function readHooked(unit: Unit, edge: Edge, wanted: Wanted): Promise<Read> {
  return readWanted(edge, { ...wanted, targets: await beforeEnd(unit, edge.to, wanted.targets) })
}

function lookInto(
  unit: Unit,
  draft: Draft,
  edge: Edge,
  owner: unknown,
  items: readonly Item[],
  mode: 'add' | 'set',
): Promise<EndChange> {
  if (heldBy(edge).many) return changeSet(unit, draft, edge, owner, items, mode)
  if (edge.holder) return changeReference(unit, draft, edge, owner, items[0] ?? null)
  return changeHolders(unit, draft, edge, owner, items, mode)
}
