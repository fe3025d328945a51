import type { Edge } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'

/** Which end of which record a handle is of. */
export interface HandleAt {
  readonly context: EngineContext
  /** from the owner's model */
  readonly edge: Edge
  /** the id as it was given */
  readonly owner: unknown
}
