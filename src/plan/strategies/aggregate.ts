import type { Field } from '../../schema/graph.js'
import type { DraftChild } from '../draft.js'
import { joinObstacle } from './join.js'
import type { Obstacle } from './obstacle.js'

/** In the parent's statement, gathered to a list per parent: everything below it has to be in that statement, too. */
export const aggregateObstacle: Obstacle = (child, capabilities) => {
  const { edge } = child
  if (!capabilities.strategies.includes('aggregate')) return 'the store cannot aggregate'
  if (edge.embedded) return 'its ids sit inside an embedded structure'
  if (!edge.many) return 'it leads to one record, which is joined'
  const inexact = inexactField(child, new Set(capabilities.inexactInAggregates))
  if (inexact) return `"${inexact.name}" (${inexact.kind}) would lose exactness`
  return belowObstacle(child, capabilities)
}

/** What keeps the nodes below a gathered one out of its statement. */
function belowObstacle({ node }: DraftChild, capabilities: Parameters<Obstacle>[1]): string | null {
  for (const child of node.children) {
    const obstacle = child.edge.many
      ? aggregateObstacle(child, capabilities)
      : (inexactBelow(child, capabilities) ?? belowObstacle(child, capabilities))
    if (obstacle) return `"${child.path.join('.')}" below it needs a statement of its own: ${obstacle}`
  }
  return null
}

function inexactBelow(child: DraftChild, capabilities: Parameters<Obstacle>[1]): string | null {
  const inexact = inexactField(child, new Set(capabilities.inexactInAggregates))
  if (inexact) return `"${inexact.name}" (${inexact.kind}) would lose exactness`
  return joinObstacle(child, capabilities)
}

function inexactField({ node, link }: DraftChild, kinds: ReadonlySet<string>): Field | undefined {
  return [...node.fields, ...link].find((field) => holds(field, kinds))
}

function holds(field: Field, kinds: ReadonlySet<string>): boolean {
  if (kinds.has(field.kind)) return true
  if (field.item) return holds(field.item, kinds)
  return field.fields ? [...field.fields.values()].some((member) => holds(member, kinds)) : false
}
