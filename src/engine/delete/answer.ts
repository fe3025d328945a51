import { plainNode, plainRead, within, slot } from '../../plan/conditions.js'
import type { Edge, Field, Model } from '../../schema/graph.js'
import type { Ask, PairsAnswer, Question, RecordsAnswer, TakenAnswer } from '../../ties/question.js'
import { idOf } from '../links/id-of.js'
import { pairsOf } from '../links/pairs-of.js'
import { fieldOfSystem } from '../write/system-fields.js'
import type { Unit } from '../write/unit.js'
import { chunks } from './chunks.js'
import { embeddedPairs } from './embedded/embedded-pairs.js'
import { takenAmong } from './restore/taken.js'

/** Runs a pure computation: every question is answered with a statement for each chunk of the ids it asks about. */
export async function answer<R>(unit: Unit, ask: Ask<R>): Promise<R> {
  let step = ask.next()
  while (!step.done) step = ask.next(await reply(unit, step.value))
  return step.value
}

function reply(unit: Unit, question: Question): Promise<RecordsAnswer | PairsAnswer | TakenAnswer> {
  const { ask, ids } = question
  if (ask === 'records') return readRecords(unit, question.model, ids, question.lock)
  return ask === 'pairs' ? readPairs(unit, question.edge, ids) : takenAmong(unit, question.model, ids)
}

/** Those of the records that are stored, locked against linkers and other deleters where the store has locks (R30). */
async function readRecords(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  lock: boolean,
): Promise<RecordsAnswer> {
  const deletedAt = fieldOfSystem(model, 'deletedAt')
  const deletedBy = fieldOfSystem(model, 'deletedBy')
  const locked = lock && unit.session.inTransaction
  const found: { id: unknown; deletion: string | null }[] = []
  for (const chunk of chunks(ids)) {
    const { rows } = await unit.read(
      `delete:records:${model.name}:${locked}`,
      () => {
        const fields = [idOf(model), deletedAt, deletedBy].filter((field): field is Field => !!field)
        return plainRead(
          plainNode(model, fields, within(idOf(model), slot(0)), {
            // Deleters that lock in one order do not wait for one another in a circle.
            order: [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: idOf(model) } }],
            lock: locked ? 'delete' : null,
          }),
        )
      },
      [chunk],
    )
    for (const row of rows) {
      const isDeleted = deletedAt !== undefined && row[deletedAt.name] !== null
      // Somebody else's soft delete, in an adopted table, names no deletion.
      found.push({
        id: row['id'],
        deletion: isDeleted ? ((row[deletedBy!.name] as string | null) ?? '') : null,
      })
    }
  }
  return found
}

async function readPairs(unit: Unit, edge: Edge, ids: readonly unknown[]): Promise<PairsAnswer> {
  const found: { owner: unknown; target: unknown }[] = []
  for (const chunk of chunks(ids)) {
    const pairs = edge.embedded
      ? await embeddedPairs(unit, edge, chunk)
      : await pairsOf(edge).read(unit, edge, chunk)
    for (const pair of pairs) found.push(pair)
  }
  return found
}
