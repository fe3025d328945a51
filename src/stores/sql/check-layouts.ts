import { fail, type GraphFault } from '../../errors/index.js'
import type { Graph } from '../../schema/graph.js'

/** SQL stores have every layout but one. */
export function checkLayouts(graph: Graph): void {
  const faults = graph.associations
    .filter(({ layout }) => layout === 'mirror')
    .map(({ association, from, path }): GraphFault => ({
      code: 'illegal-layout',
      model: from.name,
      field: path.join('.'),
      message: `The association "${association}" is to be written as a mirror, which SQL stores do not have: an index answers from either end what a mirror would write down twice.`,
      fix: 'Leave `layout` out, or use "reference" for a to-one and "join" or "array" for a to-many association.',
    }))
  const [first] = faults
  if (first !== undefined) fail('KIN_GRAPH_FAULTS', { message: first.message, details: { faults } })
}
