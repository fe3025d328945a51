import type { Edge, Field, Model, Path } from '../schema/graph.js'
import type { Operand } from '../store/filter.js'

/** The names that a filter or an order may use at one place, and what they stand for there. */
export interface Members {
  /** for errors, as `model "post"` */
  readonly words: string
  /** the model whose id `id` is; null inside embedded structures and payloads */
  readonly model: Model | null
  readonly fields: ReadonlyMap<string, Field>
  readonly ends: ReadonlyMap<string, Edge>
  /** the pairing's own fields, under `$link` */
  readonly link: Members | null
  /** what operands look at here */
  readonly of: Operand['of']
  /** the embedded objects around this place, from what `of` names inwards */
  readonly prefix: Path
}

const noEnds: ReadonlyMap<string, Edge> = new Map()

export function modelMembers(model: Model): Members {
  const { fields, ends, name } = model
  return { words: `model "${name}"`, model, fields, ends, link: null, of: 'record', prefix: [] }
}

/** Members of an edge's targets, and of its pairings where they have any. */
export function targetMembers(edge: Edge): Members {
  const members = modelMembers(edge.to)
  return edge.payload.size === 0 ? members : { ...members, link: linkMembers(edge) }
}

function linkMembers(edge: Edge): Members {
  const words = `the payload of "${edge.association}"`
  return { words, model: null, fields: edge.payload, ends: noEnds, link: null, of: 'link', prefix: [] }
}

/** Members of an embedded object. */
export function objectMembers(field: Field, around: Members): Members {
  const prefix = [...around.prefix, field.name]
  return { ...embedded(field), of: around.of, prefix }
}

/** Members of the elements of an embedded array. */
export function elementMembers(field: Field): Members {
  return {
    ...embedded(field.item ?? field),
    words: `the elements of "${field.name}"`,
    of: 'element',
    prefix: [],
  }
}

function embedded(field: Field): Omit<Members, 'of' | 'prefix'> {
  const fields = field.fields ?? new Map<string, Field>()
  return { words: `"${field.name}"`, model: null, fields, ends: noEnds, link: null }
}

export function operandOf(field: Field, members: Members): Operand {
  return { of: members.of, path: [...members.prefix, field.name], field }
}

/**
 * Whether a field's ids are shown on its record. The lists (and mirrors) of an association with two named ends are not:
 * they are known by their ends only.
 */
export function isShownHere(field: Field): boolean {
  const { edge, kind } = field
  if (!edge) return true
  if (kind === 'list') return edge.holder && edge.reverse.name === null
  return edge.holder
}
