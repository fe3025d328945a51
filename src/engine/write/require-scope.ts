import { fail } from '../../errors/index.js'
import { both, fieldAt, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { isScoped, visible } from '../../plan/visibility.js'
import type { Edge, Model } from '../../schema/graph.js'
import { idOf } from '../links/id-of.js'
import type { Pair } from '../links/pair.js'
import type { Unit } from './unit.js'

/** Records that a scoped caller has written must be within its scope now (R35). @throws KIN_FORBIDDEN */
export async function requireScope(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  const { visibility } = unit.context
  if (ids.length === 0 || !isScoped(visibility, model)) return
  const written = [...new Set(ids)]
  const { rows } = await unit.read(
    `scope:${model.name}:${visibility.key}`,
    () => {
      const id = idOf(model)
      const scope = visible(visibility, model, 'exclude')
      return plainRead(plainNode(model, [id], within(id, slot(visibility.values.length)), { scope }))
    },
    [...visibility.values, written],
  )
  if (rows.length < written.length) refuse(model)
}

/** The same for records in between that were written for new pairs. @param edge from the owners */
export async function requirePairScope(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  const { visibility } = unit.context
  const { through } = edge
  if (!through || !isScoped(visibility, through.model)) return
  const [near, far] = [...through.near, ...through.far] as [string, string]
  const first = visibility.values.length
  const { rows } = await unit.read(
    `scope:${edge.association}:${edge.holder}:${visibility.key}`,
    () => {
      const { model } = through
      const [nearField, farField] = [fieldAt(model, [near]), fieldAt(model, [far])]
      const where = both(within(nearField, slot(first)), within(farField, slot(first + 1)))
      const scope = visible(visibility, model, 'exclude')
      return plainRead(plainNode(model, [nearField, farField], where, { scope }))
    },
    [...visibility.values, pairs.map((pair) => pair.owner), pairs.map((pair) => pair.target)],
  )
  const found = new Set(rows.map((row) => JSON.stringify([row[near], row[far]])))
  if (pairs.some((pair) => !found.has(JSON.stringify([pair.owner, pair.target])))) refuse(through.model)
}

function refuse(model: Model): never {
  return fail('KIN_FORBIDDEN', {
    message: `The write would leave a ${model.name} that the caller may not see.`,
    details: { model: model.name, action: 'write' },
  })
}
