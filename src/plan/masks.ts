import type { Field, Model } from '../schema/graph.js'
import type { SettledChild, SettledNode } from './draft.js'
import { isScoped, type Visibility } from './visibility.js'

/** The places in a result that show raw ids of one model, as names from the root's records inwards, arrays crossed. */
export interface Mask {
  readonly model: Model
  readonly paths: readonly (readonly string[])[]
}

/** Where a scoped caller could meet ids outside of the scope (R35): they have to be looked up, and taken out. */
export function masksOf(node: SettledNode, visibility: Visibility): readonly Mask[] {
  if (visibility.scopes.size === 0) return []
  const paths = new Map<Model, (readonly string[])[]>()
  visitNode(node, [], (model, path) => {
    if (!isScoped(visibility, model)) return
    const known = paths.get(model)
    if (known) known.push(path)
    else paths.set(model, [path])
  })
  return [...paths].map(([model, found]) => ({ model, paths: found }))
}

type Visit = (model: Model, path: readonly string[]) => void

function visitNode(node: SettledNode, path: readonly string[], visit: Visit): void {
  // A populated place holds records instead of ids; those of embedded structures are the ones still among the fields.
  const populated = new Set(node.children.map((child) => child.path.join('\0')))
  visitFields(node.fields, [], (model, inner) => {
    if (!populated.has(inner.join('\0'))) visit(model, [...path, ...inner])
  })
  for (const child of node.children) visitChild(child, [...path, ...child.path], visit)
}

function visitChild({ link, node }: SettledChild, path: readonly string[], visit: Visit): void {
  visitFields(link, [...path, '$link'], visit)
  visitNode(node, path, visit)
}

function visitFields(fields: Iterable<Field>, path: readonly string[], visit: Visit): void {
  for (const field of fields) visitField(field, [...path, field.name], visit)
}

function visitField(field: Field, path: readonly string[], visit: Visit): void {
  if (field.item) visitField(field.item, path, visit)
  else if (field.edge) visit(field.edge.to, path)
  else if (field.fields) visitFields(field.fields.values(), path, visit)
}
