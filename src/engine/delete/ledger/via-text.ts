import type { Graph } from '../../../schema/graph.js'
import type { Outcome, Via } from '../../../ties/fate.js'

/** The step that led to a record, as a row of the work table has it, and back. */
export function viaToText({ associations }: Graph, { edge, tie, from, id, outcome }: Via): string {
  const isTarget = from === edge.to
  return JSON.stringify([associations.indexOf(edge), tie, isTarget ? 1 : 0, id, outcome])
}

export function viaFromText({ associations }: Graph, text: string): Via {
  const [at, tie, isTarget, id, outcome] = JSON.parse(text) as [number, Via['tie'], 0 | 1, unknown, Outcome]
  const edge = associations[at]!
  return { edge, tie, from: isTarget ? edge.to : edge.from, id, outcome }
}
