import { fail } from '../../errors/index.js'
import { allOf } from '../../plan/combine.js'
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { callerScope } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { chunks } from '../../ties/chunks.js'
import { consequences } from '../../ties/consequences.js'
import { groupBy } from '../links/group-by.js'
import { idOf } from '../links/id-of.js'
import type { Unit } from '../write/unit.js'
import { findings } from './answer.js'
import { lostEntries } from './entries.js'
import type { HeldClosure } from './ledger/ledger.js'
import { shelfPages } from './ledger/shelf-pages.js'

/**
 * A scoped caller may delete only where everything that the delete meets is within its scope (R35): what goes, and the holders of
 * what is unset, removed, left dangling or in the way.
 *
 * @throws KIN_FORBIDDEN
 */
export async function requireClosureInScope(unit: Unit, closure: HeldClosure): Promise<void> {
  const { scopes } = unit.context.visibility
  if (scopes.size === 0) return
  for await (const { model, fates } of shelfPages(closure, ({ model: met }) => scopes.has(met))) {
    await requireIdsInScope(unit, model, fates.keys(), 'delete')
  }
  for (const consequence of ['weak', 'dangling', 'restrict'] as const) {
    for await (const tied of findings(unit, consequences(closure, consequence), closure.ledger)) {
      for (const [edge, own] of groupBy(tied, (one) => one.edge)) {
        await requireIdsInScope(unit, edge.from, new Set(own.map(({ holder }) => holder)), 'delete')
      }
    }
  }
  for await (const { edge, pairs } of lostEntries(unit, closure)) {
    await requireIdsInScope(unit, edge.from, new Set(pairs.map(({ holder }) => holder)), 'delete')
  }
}

/** @throws KIN_FORBIDDEN where one of the records, deleted ones included, is outside of the caller's scope */
export async function requireIdsInScope(
  unit: Unit,
  model: Model,
  ids: Iterable<unknown>,
  action: string,
): Promise<void> {
  const { visibility } = unit.context
  if (!visibility.scopes.has(model)) return
  for (const chunk of chunks(ids)) {
    const { rows } = await unit.read(
      `delete:scope:${model.name}:${visibility.key}`,
      () => {
        const id = idOf(model)
        const where = allOf(within(id, slot(visibility.values.length)), callerScope(visibility, model))
        return plainRead(plainNode(model, [id], where))
      },
      [...visibility.values, chunk],
    )
    if (rows.length === chunk.length) continue
    fail('KIN_FORBIDDEN', {
      message: `The ${action} would reach a ${model.name} that the caller may not see.`,
      details: { model: model.name, action },
    })
  }
}
