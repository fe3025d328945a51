import { fail } from '../../errors/index.js'
import type { Edge } from '../../schema/graph.js'
import { keptIn } from '../links/own-key.js'
import type { Pair } from '../links/pair.js'
import { pairsOf } from '../links/pairs-of.js'
import { aroundPairs } from './link-hooks.js'
import { namingTaken } from './name-taken.js'
import { requireScope } from './require-scope.js'
import { hasHooks } from './run-hooks.js'
import { touch } from './touch.js'
import type { Unit } from './unit.js'

/**
 * Makes existing holders refer to other targets, which touches them (R19).
 *
 * @param edge from the holder, a reference
 * @param moves what is new; of a holder that is moved twice the last one counts
 */
export async function pointHolders(unit: Unit, edge: Edge, moves: readonly Pair[]): Promise<void> {
  if (moves.length === 0) return
  const pairs = [...new Map(moves.map((pair) => [pair.owner, pair])).values()]
  refuseImmutable(edge)
  const holders = pairs.map((pair) => pair.owner)
  const left = hasHooks(unit.context.graph) ? await pairsOf(edge).read(unit, edge, holders) : []
  await aroundPairs(unit, 'Unlink', edge, left, () =>
    aroundPairs(unit, 'Link', edge, pairs, () =>
      namingTaken(
        [edge],
        () => pairs.map((pair) => pair.target),
        () => pairsOf(edge).add(unit, edge, pairs),
      ),
    ),
  )
  await touch(unit, edge.from, holders)
  await requireScope(unit, edge.from, holders)
}

/** Unsets references of existing holders. @throws KIN_REQUIRED_REFERENCE */
export async function unsetHolders(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return
  const holders = pairs.map((pair) => pair.owner)
  if (edge.required) refuseRequired(edge, holders)
  refuseImmutable(edge)
  await aroundPairs(unit, 'Unlink', edge, pairs, () => pairsOf(edge).remove(unit, edge, pairs))
  await touch(unit, edge.from, holders)
  await requireScope(unit, edge.from, holders)
}

/** @param edge from the holder, a required reference */
function refuseRequired(edge: Edge, holders: readonly unknown[]): never {
  return fail('KIN_REQUIRED_REFERENCE', {
    message: `"${edge.association}" is required, so it cannot be unset.`,
    details: { association: edge.association, holders: holders as readonly string[] },
  })
}

/** The same for a list of holders that would be replaced or shortened, whatever is on it. */
export function refuseShortening({ association, reverse }: Edge, how: 'replace' | 'shorten'): never {
  return fail('KIN_REQUIRED_REFERENCE', {
    message: `"${association}" is required, so nothing can be taken off "${reverse.from.name}.${reverse.name}", which this would ${how}.`,
    hint: 'Add to the list with a handle (`add`, `create`), give its records another target, delete them, or declare the reference `.optional()`.',
    details: { association, holders: [] },
  })
}

function refuseImmutable(edge: Edge): void {
  const { name, immutable } = keptIn(edge)
  if (!immutable) return
  fail('KIN_IMMUTABLE', {
    message: `"${edge.association}" is immutable, so no existing ${edge.from.name} can be given another.`,
    path: name,
    details: { model: edge.from.name, fields: [name] },
  })
}
