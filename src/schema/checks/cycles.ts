import type { GraphFault } from '../../errors/index.js'
import type { AssociationDraft } from '../draft.js'
import { type Check, fault } from './fault.js'

/** Where required references lead back to where they began, no record can ever be the first. */
export const checkCycles: Check = function* ({ models, associations }) {
  const required = associations.filter((association) => association.required && !association.inArray)
  const reported = new Set<string>()
  for (const name of models.keys()) {
    const cycle = cycleFrom(name, required)
    const key = cycle
      ?.map(({ name: association }) => association)
      .sort()
      .join()
    if (!cycle || key === undefined || reported.has(key)) continue
    reported.add(key)
    yield* cycleFault(cycle)
  }
}

function* cycleFault(cycle: readonly AssociationDraft[]): Generator<GraphFault> {
  const [first] = cycle
  if (!first) return
  const names = cycle.map(({ name }) => name)
  yield fault(
    'required-cycle',
    first.model.name,
    first.path,
    cycle.length === 1
      ? `Every "${first.model.name}" needs another one first, so none can ever be created.`
      : `${names.join(', ')} each need the other first, so none can ever be created.`,
    'Make one of the references `.optional()`.',
  )
}

/** The shortest way along required references from a model back to itself. */
function cycleFrom(start: string, required: readonly AssociationDraft[]): AssociationDraft[] | null {
  const seen = new Set<string>()
  let level: AssociationDraft[][] = [[]]
  while (level.length > 0) {
    const next: AssociationDraft[][] = []
    for (const way of level) {
      const at = way.at(-1)?.target ?? start
      for (const association of required) {
        if (association.model.name !== at) continue
        if (association.target === start) return [...way, association]
        if (seen.has(association.target)) continue
        seen.add(association.target)
        next.push([...way, association])
      }
    }
    level = next
  }
  return null
}
