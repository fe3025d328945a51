import { allOf } from '../../plan/combine.js'
import { compare, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import type { PairsAnswer, PairsQuestion } from '../../ties/question.js'
import { foreignKey } from '../links/foreign-key.js'
import { idOf } from '../links/id-of.js'
import { keptIn } from '../links/own-key.js'
import { pairsOf } from '../links/pairs-of.js'
import type { Unit } from '../write/unit.js'
import { embeddedPairs } from './embedded/embedded-pairs.js'

/** Smaller pages would save nothing. */
const SMALLEST = 5_000

/**
 * A page of the pairs of some records. Of references there may be any number to one record, so they come in pages; what a record
 * holds itself, and entries of lists, come at once.
 */
export async function pairPage(unit: Unit, question: PairsQuestion): Promise<PairsAnswer> {
  const { edge, ids } = question
  if (edge.embedded || edge.reverse.embedded) return embeddedPairs(unit, question)
  const writer = pairsOf(edge)
  if (writer === foreignKey) return holdersPage(unit, question)
  return { pairs: await writer.read(unit, edge, ids), next: null }
}

async function holdersPage(unit: Unit, { edge, ids, after }: PairsQuestion): Promise<PairsAnswer> {
  const limit = Math.max(unit.context.closureInMemory, SMALLEST)
  const reference = keptIn(edge.reverse)
  const { rows } = await unit.read(
    `delete:holders:${edge.association}:${after !== null}`,
    () => {
      const id = idOf(edge.to)
      const owned = within(reference, slot(0))
      const where = after === null ? owned : allOf(owned, compare(id, 'gt', slot(2)))
      const order = [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: id } }] as const
      return plainRead(plainNode(edge.to, [id, reference], where, { order, limit: slot(1) }))
    },
    [ids, limit, after],
  )
  const pairs = rows.map((row) => ({ owner: row[reference.name], target: row['id'] }))
  return { pairs, next: rows.length < limit ? null : rows.at(-1)!['id'] }
}
