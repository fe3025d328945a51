import { noOptions } from '../write/results.js'
import { showCreated } from '../write/show-created.js'
import type { Unit } from '../write/unit.js'
import type { Changed } from './change-end.js'

/** The records that a change created at its end, as `findById` gives them. */
export function createdRecords(unit: Unit, { at, draft, items }: Changed) {
  const roots = items.flatMap(({ record }) => record ?? [])
  return showCreated(unit, at.edge.to, { draft, roots }, noOptions)
}
