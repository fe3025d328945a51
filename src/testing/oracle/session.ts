import type { Query } from './fields-shown.js'
import type { Graph, Id, Members } from './graph.js'
import { compileNode, OPTIONS } from './load.js'
import type { Maker, Operation } from './operation.js'
import { recordOf, type World } from './world.js'

/** What the oracle's parts share. */
export interface Session {
  readonly graph: Graph
  readonly maker: Maker
  readonly world: World
  /** runs a whole write call on a draft that replaces the world when nothing was refused */
  write<T>(run: (operation: Operation) => T): T
  /** the id of a new deletion */
  newDeletion(): string
}

/**
 * Writes, and shows the written records as `findById` would. The options are checked before anything is written.
 * @param run does the write and says which records to show
 */
export function writeAndShow(
  session: Session,
  model: string,
  options: Query,
  run: (operation: Operation) => Id[],
): Members[] {
  const { node, ids } = session.write((operation) => ({
    node: compileNode(session.graph, model, options, { path: 'options', options: OPTIONS.written }),
    ids: run(operation),
  }))
  return ids.flatMap((id) => {
    const stored = recordOf(session.world, model, id)
    return stored === null ? [] : [node.show(session.world, stored, 'exclude')]
  })
}
