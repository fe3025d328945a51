import { fail } from '../../errors/index.js'
import { allOf } from '../../plan/combine.js'
import { fieldAt, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
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

/** The same for records in between that were written for pairs. @param edge from the owners */
export async function requirePairScope(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  const { through } = edge
  if (through && (await pairsInScope(unit, edge, pairs)).length < pairs.length) refuse(through.model)
}

/** The pairs over records in between that the caller may see. @param edge from the owners */
export async function pairsInScope(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<readonly Pair[]> {
  const { visibility } = unit.context
  const { through } = edge
  if (pairs.length === 0 || !through || !isScoped(visibility, through.model)) return pairs
  const [near = '', far = ''] = [...through.near, ...through.far]
  const first = visibility.values.length
  const { rows } = await unit.read(
    `scope:${edge.association}:${edge.holder}:${visibility.key}`,
    () => {
      const { model } = through
      const [nearField, farField] = [fieldAt(model, [near]), fieldAt(model, [far])]
      const where = allOf(within(nearField, slot(first)), within(farField, slot(first + 1)))
      return plainRead(
        plainNode(model, [nearField, farField], where, { scope: visible(visibility, model, 'exclude') }),
      )
    },
    [...visibility.values, pairs.map((pair) => pair.owner), pairs.map((pair) => pair.target)],
  )
  const found = new Set(rows.flatMap((row) => keysOf(edge, row[near], row[far])))
  return pairs.filter((pair) => found.has(keyOf(pair.owner, pair.target)))
}

const keyOf = (owner: unknown, target: unknown): string => JSON.stringify([owner, target])

const keysOf = ({ symmetric }: Edge, near: unknown, far: unknown): string[] =>
  symmetric ? [keyOf(near, far), keyOf(far, near)] : [keyOf(near, far)]

function refuse(model: Model): never {
  return fail('KIN_FORBIDDEN', {
    message: `The write would leave a ${model.name} that the caller may not see.`,
    details: { model: model.name, action: 'write' },
  })
}
