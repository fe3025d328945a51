import type { Edge, Field, Graph, Key, Model } from './graph.js'

/**
 * Freezes the descriptors, and nothing that belongs to the user: defaults, schemas, codecs and hooks stay as
 * they are.
 */
export function freezeGraph(graph: Graph): Graph {
  for (const models of [graph.models, graph.system, graph.joins]) {
    for (const model of models.values()) freezeModel(model)
    freezeMap(models)
  }
  Object.freeze(graph.associations)
  return Object.freeze(graph)
}

function freezeModel(model: Model): void {
  for (const field of model.fields.values()) freezeField(field)
  for (const edge of [...model.ends.values(), ...model.outbound]) {
    freezeEdge(edge)
    freezeEdge(edge.reverse)
  }
  for (const map of [model.fields, model.ends]) freezeMap(map)
  for (const list of [...model.indexes, ...model.uniques.map((unique) => unique.fields)]) Object.freeze(list)
  for (const unique of model.uniques) Object.freeze(unique)
  const { embedded, inbound, outbound, uniques, indexes, primaryKey } = model
  for (const list of [embedded, inbound, outbound, uniques, indexes, primaryKey]) Object.freeze(list)
  Object.freeze(model.hooks)
  Object.freeze(model)
}

function freezeField(field: Field): void {
  if (Object.isFrozen(field)) return
  Object.freeze(field)
  Object.freeze(field.checks)
  Object.freeze(field.values)
  if (field.item) freezeField(field.item)
  if (field.fields) {
    for (const member of field.fields.values()) freezeField(member)
    freezeMap(field.fields)
  }
  if (field.edge) {
    freezeEdge(field.edge)
    freezeEdge(field.edge.reverse)
  }
}

function freezeEdge(edge: Edge): void {
  if (Object.isFrozen(edge)) return
  for (const key of [edge.fromKey, edge.toKey]) freezeKey(key)
  for (const field of edge.payload.values()) freezeField(field)
  freezeMap(edge.payload)
  Object.freeze(edge.path)
  if (edge.through) {
    Object.freeze(edge.through.near)
    Object.freeze(edge.through.far)
    Object.freeze(edge.through)
  }
  Object.freeze(edge)
}

function freezeKey(key: Key): void {
  for (const path of key.paths) Object.freeze(path)
  Object.freeze(key.paths)
  Object.freeze(key)
}

/** `Object.freeze` does not reach a map's entries, so its writers are taken away. */
function freezeMap(map: ReadonlyMap<unknown, unknown>): void {
  if (Object.isFrozen(map)) return
  const refuse = (): never => {
    throw new TypeError('A compiled graph is frozen')
  }
  for (const writer of ['set', 'delete', 'clear']) Object.defineProperty(map, writer, { value: refuse })
  Object.freeze(map)
}
