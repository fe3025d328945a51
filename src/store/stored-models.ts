import type { Graph, Model } from '../schema/graph.js'

/** Every model of a graph that is kept somewhere: declared ones, joins, kinship's own. */
export function storedModels(graph: Graph): readonly Model[] {
  return [...graph.models.values(), ...graph.joins.values(), ...graph.system.values()]
}
