import type { Graph } from '../types/graph.js'
import type { Models } from '../types/graph.js'
import { compileGraph } from './compile-graph.js'
import type { ModelDeclaration } from './declaration.js'
import { readDraft } from './read-draft.js'

/**
 * Compiles models, by name, into a frozen graph.
 *
 * @throws KIN_GRAPH_FAULTS with every fault of the graph, each with its model, field and fix
 * @example
 * const graph = defineGraph({ user, post })
 */
export function defineGraph<const M extends Models>(models: M): Graph<M> {
  const draft = readDraft(models as unknown as Readonly<Record<string, ModelDeclaration>>)
  return compileGraph(draft) as Graph<M>
}
