import { allOf } from '../../../plan/combine.js'
import { compare, plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import type { Edge } from '../../../schema/graph.js'
import { always, type Filter } from '../../../store/filter.js'
import type { PairsAnswer, PairsQuestion } from '../../../ties/question.js'
import { fieldsAround, referencesIn } from '../../../ties/references.js'
import { heldBy } from '../../links/held-by.js'
import { idOf } from '../../links/id-of.js'
import type { Unit } from '../../write/unit.js'

/** Embedded structures may be long, and are read whole. */
const PAGE = 5_000

/**
 * Pairs that are written down inside embedded structures, seen from either end. The records are read as they are, because a
 * reference that occurs twice in one of them is two pairs.
 */
export async function embeddedPairs(unit: Unit, { edge, ids, after }: PairsQuestion): Promise<PairsAnswer> {
  const holder = heldBy(edge)
  const fields = fieldsAround(holder.from, [holder])
  const { rows } = await unit.read(
    `delete:embedded:${edge.association}:${edge.holder}:${after !== null}`,
    () => {
      const id = idOf(holder.from)
      const where =
        after === null ? holds(edge, holder) : allOf(holds(edge, holder), compare(id, 'gt', slot(1)))
      const order = [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: id } }] as const
      return plainRead(plainNode(holder.from, [id, ...fields], where, { order, limit: { fixed: PAGE } }))
    },
    [ids, after],
  )
  const asked = new Set(ids)
  const pairs = rows.flatMap((row) => {
    const references = referencesIn(fields, row).filter((reference) => reference.edge === holder)
    if (edge.holder) return references.map(({ target }) => ({ owner: row['id'], target }))
    const own = references.filter(({ target }) => asked.has(target))
    return own.map(({ target }) => ({ owner: target, target: row['id'] }))
  })
  return { pairs, next: rows.length < PAGE ? null : rows.at(-1)!['id'] }
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
