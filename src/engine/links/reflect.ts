/** The other side of pairs that are kept at both ends, where the holders' own side is written by somebody else. */
import type { Edge, Model } from '../../schema/graph.js'
import { keptAtBothEnds } from '../../schema/kept-at-both-ends.js'
import type { Unit } from '../write/unit.js'
import { keptIn, ownKey } from './own-key.js'
import { pairsIn } from './own-list.js'
import { type Pair, turned } from './pair.js'
import { sideOf } from './side-of.js'
import { oneSide, type Step, takeSteps } from './steps.js'

/**
 * What both sides have to do for references that get another target.
 *
 * @param edge from the holders
 * @param pairs what each is to refer to; a target of null for nothing
 */
export async function movesOf(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<Step[]> {
  const before = await ownKey.read(unit, edge, ownersOf(pairs))
  const old = new Map(before.map(({ owner, target }) => [owner, target]))
  const moved = pairs.filter(({ owner, target }) => target !== (old.get(owner) ?? null))
  const moving = new Set(ownersOf(moved))
  return [
    ...moved.map((pair): Step => {
      return { side: edge, op: 'swap', owner: pair.owner, pairs: [pair], from: old.get(pair.owner) ?? null }
    }),
    ...oneSide(edge.reverse, 'remove', before.filter(({ owner }) => moving.has(owner)).map(turned)),
    ...oneSide(edge.reverse, 'add', moved.filter(({ target }) => target !== null).map(turned)),
  ]
}

const ownersOf = (pairs: readonly Pair[]): unknown[] => pairs.map(({ owner }) => owner)

/**
 * References that are about to be written into records that are there, as fields.
 *
 * @param values what each of the records is to hold
 * @returns ids of those whose references were others, and are written now
 */
export async function reflectFields(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  values: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const moved = new Set<unknown>()
  for (const edge of mirroredBy(model)) {
    const { name } = keptIn(edge)
    if (edge.many || !Object.hasOwn(values, name)) continue
    const target = values[name] ?? null
    const pairs = ids.map((owner): Pair => ({ owner, target, payload: null }))
    const steps = await movesOf(unit, edge, pairs)
    for (const { op, owner } of steps) if (op === 'swap') moved.add(owner)
    await takeSteps(unit, steps)
  }
  return [...moved]
}

/** Records that were just inserted, with the references and lists of their own. */
export async function reflectInserted(
  unit: Unit,
  model: Model,
  records: readonly { readonly id: unknown; readonly valueOf: (name: string) => unknown }[],
): Promise<void> {
  for (const edge of mirroredBy(model)) {
    const { name } = keptIn(edge)
    const pairs = records.flatMap(({ id, valueOf }) => pairsIn(edge, id, valueOf(name)))
    await takeSteps(unit, oneSide(edge.reverse, 'add', pairs.map(turned)))
  }
}

/** Records that go for good are no longer named at the other ends. @param edge from the owners */
export async function cutReflections(unit: Unit, edge: Edge, owners: readonly unknown[]): Promise<void> {
  const pairs = await sideOf(edge).read(unit, edge, owners)
  const targets = [...new Set(pairs.map(({ target }) => target))]
  if (targets.length > 0) await sideOf(edge.reverse).cut(unit, edge.reverse, targets, owners)
}

const known = new WeakMap<Model, readonly Edge[]>()

/** The edges whose pairs its records hold, and the other ends keep, too. */
export function mirroredBy(model: Model): readonly Edge[] {
  let edges = known.get(model)
  if (!edges) known.set(model, (edges = model.outbound.filter(keptAtBothEnds)))
  return edges
}
