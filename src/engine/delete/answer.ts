import { plainNode, plainRead, within, slot } from '../../plan/conditions.js'
import type { Field, Model } from '../../schema/graph.js'
import { chunks } from '../../ties/chunks.js'
import type { Tied } from '../../ties/fate.js'
import type { Answer, Ask, Question, RecordsAnswer } from '../../ties/question.js'
import { idOf } from '../links/id-of.js'
import type { Maybe } from '../maybe.js'
import { fieldOfSystem } from '../write/system-fields.js'
import type { Unit } from '../write/unit.js'
import type { Ledger } from './ledger/ledger.js'
import { pairPage } from './pair-page.js'
import { takenAmong } from './restore/taken.js'

/** Runs a pure computation. `ledger` has what a walk decides; computations that decide nothing need none. */
export async function answer<R>(unit: Unit, ask: Ask<R>, ledger: Ledger | null = null): Promise<R> {
  let step = ask.next()
  while (!step.done) step = ask.next(await reply(unit, step.value, ledger))
  return step.value
}

/** Runs one that hands over what it finds. */
export async function* findings(unit: Unit, ask: Ask<void>, ledger: Ledger): AsyncGenerator<readonly Tied[]> {
  let step = ask.next()
  while (!step.done) {
    if (step.value.ask === 'found') yield step.value.tied
    step = ask.next(await reply(unit, step.value, ledger))
  }
}

function reply(unit: Unit, question: Question, ledger: Ledger | null): Maybe<Answer> {
  switch (question.ask) {
    case 'records':
      return readRecords(unit, question.model, question.ids, question.lock)
    case 'pairs':
      return pairPage(unit, question)
    case 'taken':
      return takenAmong(unit, question.model, question.ids)
    case 'known':
      return needed(ledger).known(question.model, question.ids)
    case 'settle':
      return needed(ledger).settle(question.model, question.fates, question.before) as Maybe<undefined>
    case 'shelf':
      return needed(ledger).shelf(question.model, question.step, question.after)
    case 'found':
      return undefined
  }
}

function needed(ledger: Ledger | null): Ledger {
  if (!ledger) throw new TypeError('What a walk decides needs a place to be written down')
  return ledger
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
