import { ByRecord } from '../../../ties/by-record.js'
import { records } from '../../../ties/question.js'
import type { Unit } from '../../write/unit.js'
import { answer } from '../answer.js'

/** The live ones, locked against deleters where the store has locks. */
export async function liveAmong(unit: Unit, named: ByRecord<true>): Promise<ByRecord<true>> {
  const live = new ByRecord<true>()
  for (const [model, ids] of named.models()) {
    for (const { id, deletion } of await answer(unit, records(model, [...ids.keys()], true))) {
      if (deletion === null) live.set(model, id, true)
    }
  }
  return live
}
