import type { Edge, Field } from '../schema/graph.js'
import type { ChildNode, ReadNode, Strategy } from '../store/read.js'
import type { Deleted, Visibility } from './visibility.js'
import type { Slots } from './slots.js'

/** What parsing a query needs besides the query. */
export interface QueryContext {
  readonly visibility: Visibility
  readonly slots: Slots
}

/** A node as the query asks for it, before strategies are chosen. */
export interface DraftNode extends Omit<ReadNode, 'children'> {
  readonly children: readonly DraftChild[]
  readonly deleted: Deleted
}

export interface DraftChild {
  readonly edge: Edge
  readonly path: readonly string[]
  readonly link: readonly Field[]
  readonly node: DraftNode
  /** asked for by the caller on this node */
  readonly forced: Strategy | null
  /** where the node stands in the query */
  readonly at: string
  readonly latest: SettledChild['latest']
}

/** A node with a strategy for everything below it. */
export interface SettledNode extends ReadNode {
  readonly children: readonly SettledChild[]
}

export interface SettledChild extends ChildNode {
  readonly node: SettledNode
  /**
   * Several records may stand at a to-one end, because deleted ones are looked at too (R8): the live one is taken, else the one
   * deleted last. The field that tells; null where there is one at most.
   */
  readonly latest: Field | null
}
