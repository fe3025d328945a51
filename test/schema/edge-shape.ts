/** Edges and models by name, and what edges are told apart by. */
import type { Edge, Graph, Model } from '../../src/schema/graph.js'

export const edgeOf = (graph: Graph, association: string): Edge => {
  const edge = graph.associations.find((candidate) => candidate.association === association)
  if (!edge) throw new Error(`no association ${association}`)
  return edge
}

export const modelOf = (graph: Graph, name: string): Model => {
  const model = graph.models.get(name)
  if (!model) throw new Error(`no model ${name}`)
  return model
}

/** Everything by which code tells edges apart. */
export const shape = (edge: Edge) => ({
  ends: `${edge.from.name}.${edge.name ?? '-'} -> ${edge.to.name}`,
  many: edge.many,
  exclusive: edge.exclusive,
  required: edge.required,
  ordered: edge.ordered,
  from: keyOf(edge.fromKey),
  to: keyOf(edge.toKey),
  through:
    edge.through && `${edge.through.near.join()} ${edge.through.far.join()} ${edge.through.position ?? '-'}`,
})

export const keyOf = ({ paths, many }: Edge['fromKey']) =>
  paths.map((path) => path.join('.')).join() + (many ? '[]' : '')
