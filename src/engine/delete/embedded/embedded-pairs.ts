import { plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Edge } from '../../../schema/graph.js'
import { always, type Filter } from '../../../store/filter.js'
import type { PairsAnswer } from '../../../ties/question.js'
import { fieldsAround, referencesIn } from '../../../ties/references.js'
import { idOf } from '../../links/id-of.js'
import type { Unit } from '../../write/unit.js'

/**
 * Pairs that are written down inside embedded structures, seen from either end. The records are read as they are, because a
 * reference that occurs twice in one of them is two pairs.
 */
export async function embeddedPairs(unit: Unit, edge: Edge, ids: readonly unknown[]): Promise<PairsAnswer> {
  const holder = edge.holder ? edge : edge.reverse
  const fields = fieldsAround(holder.from, [holder])
  const asked = new Set(ids)
  const { rows } = await unit.read(
    `delete:embedded:${edge.association}:${edge.holder}`,
    () => plainRead(plainNode(holder.from, [idOf(holder.from), ...fields], holds(edge, holder))),
    [ids],
  )
  return rows.flatMap((row) => {
    const references = referencesIn(fields, row).filter((reference) => reference.edge === holder)
    if (edge.holder) return references.map(({ target }) => ({ owner: row['id'], target }))
    const own = references.filter(({ target }) => asked.has(target))
    return own.map(({ target }) => ({ owner: target, target: row['id'] }))
  })
}

function holds(edge: Edge, holder: Edge): Filter {
  if (edge.holder) return within(idOf(holder.from), slot(0))
  return {
    is: 'related',
    edge: holder,
    at: 'record',
    scope: always,
    where: within(idOf(holder.to), slot(0)),
    negated: false,
  }
}
