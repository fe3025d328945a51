import type { DefineGraph } from '../types/define-graph.js'
import { checkGraph } from './checks/check-graph.js'
import { compileGraph } from './compile-graph.js'
import { readDraft } from './read-draft.js'

/**
 * Compiles models, by name, into a frozen graph.
 *
 * @throws KIN_GRAPH_FAULTS with every fault of the graph, each with its model, field and fix
 * @example
 * export const graph = defineGraph({ user, post })
 */
export const defineGraph = ((models: Readonly<Record<string, unknown>>) => {
  const draft = readDraft(models)
  checkGraph(models, draft)
  return compileGraph(draft)
}) as DefineGraph
