import type { Edge } from '../../schema/graph.js'

/** The edge from the holder, of the association that an edge belongs to. */
export const heldBy = (edge: Edge): Edge => (edge.holder ? edge : edge.reverse)
