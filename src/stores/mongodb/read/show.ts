/** What a node shows: the stages that gather it. */
import type { Edge, Field } from '../../../schema/graph.js'
import type { Carry, ChildNode, ReadNode } from '../../../store/read.js'
import { match } from '../filter/compile.js'
import { connect, connectPairs } from '../filter/connect.js'
import { type Document, own } from '../filter/document.js'
import { countStage, restrict } from '../filter/related.js'
import { keyPath, linkFields, type Scope } from '../filter/scope.js'
import { keyOf } from '../values.js'
import { orderOver, sortStage } from './order.js'
import { pageOf, pageStages } from './page.js'

/** What is asked of a node's documents besides the node itself. */
export interface Wanted {
  /** the edge that leads to the node, and the fields of its payload that are shown */
  readonly over: Edge | null
  readonly link: readonly Field[]
  readonly carry: readonly Carry[]
}

const below = (carry: readonly Carry[], { path }: ChildNode): readonly Carry[] =>
  carry
    .filter(({ at }) => at.length > 0 && path.every((name, index) => at[index] === name))
    .map((carried) => ({ ...carried, at: carried.at.slice(path.length) }))

export const wantedOf = (child: ChildNode, carry: readonly Carry[]): Wanted => ({
  over: child.edge,
  link: child.link,
  carry: below(carry, child),
})

/** Every field that is read of a node's document, each once. */
export const fieldsOf = (node: ReadNode, { carry }: Wanted): readonly Field[] => [
  ...new Set([...node.fields, ...carry.filter(({ at }) => at.length === 0).flatMap(({ fields }) => fields)]),
]

/** The edge of a list that is shown from a join. */
export const shownFrom = ({ kind, stored, edge }: Field) =>
  kind === 'list' && !stored && edge !== null && edge.through !== null
    ? { edge, through: edge.through }
    : null

const inStatement = ({ strategy }: ChildNode): boolean => strategy !== 'batch'

/** Ids that are stored in a join, in the stored order, as they are: deleted targets included (R20). */
const gatherPairs = (scope: Scope, field: Field, as: string): void => {
  const shown = shownFrom(field)
  if (shown === null) return
  connectPairs(scope, shown.edge, shown.through, as, ({ far, position }) => [
    { $sort: position === null ? { [far]: 1 } : { [position]: 1, [far]: 1 } },
    { $project: { _id: 0, id: `$${far}` } },
  ])
}

const gatherChild = (scope: Scope, child: ChildNode, as: string, carry: readonly Carry[]): void => {
  const { edge, node, strategy } = child
  connect(scope, edge, as, (target) => {
    restrict(target, [node.scope, node.where], match)
    if (strategy === 'aggregate') {
      const page = pageOf(node, target.pipe.resolve)
      target.pipe.stages.push(...sortStage(orderOver(target, edge, node.order)), ...pageStages(page))
    }
    target.pipe.stages.push({ $project: gather(target, node, wantedOf(child, carry)) })
  })
}

/** Adds the stages that gather what a node shows; @returns the projection of it */
export const gather = (scope: Scope, node: ReadNode, wanted: Wanted): Document => {
  const shown: Document = {}
  fieldsOf(node, wanted).forEach((field, at) => {
    if (shownFrom(field) === null) shown[keyOf(field)] = 1
    else {
      gatherPairs(scope, field, own(`l${at}`))
      shown[own(`l${at}`)] = 1
    }
  })
  node.children.forEach((child, at) => {
    if (!inStatement(child)) return
    gatherChild(scope, child, own(`c${at}`), wanted.carry)
    shown[own(`c${at}`)] = 1
  })
  node.counts?.forEach((term, at) => {
    connect(scope, term.edge, own(`n${at}`), (target) => {
      restrict(target, [term.scope, term.where], match)
      target.pipe.stages.push(...countStage)
    })
    shown[own(`n${at}`)] = 1
  })
  if (wanted.over !== null && wanted.link.length > 0) {
    scope.pipe.linked = true
    for (const { name } of wanted.link) shown[own(`link.${keyPath(linkFields(wanted.over), [name])}`)] = 1
  }
  if (Object.keys(shown).length === 0) return { _id: 1 }
  return '_id' in shown ? shown : { _id: 0, ...shown }
}
