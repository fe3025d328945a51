import type { Field, Model } from '../schema/graph.js'
import { always, type Filter, type Value } from '../store/filter.js'
import type { OrderTerm } from '../store/read.js'
import { equals, plainNode } from './conditions.js'
import type { DraftChild, DraftNode } from './draft.js'
import type { ValueTerm } from './keyset.js'

/** A record's value in a term that lies beyond other records: the read of that record with just the value. */
export function boundaryNode(model: Model, id: Field, term: ValueTerm, value: Value): DraftNode {
  const node = nodeOf(model, always, term.via, term)
  return { ...node, fields: [id, ...node.fields], where: equals(id, value) }
}

function nodeOf(model: Model, scope: Filter, via: OrderTerm['via'], { by }: ValueTerm): DraftNode {
  const [next, ...rest] = via
  const field = next ? undefined : model.fields.get(by.path[0] ?? '')
  const child = (edge: NonNullable<typeof next>['edge'], beyond: Filter): DraftChild => ({
    edge,
    path: edge.path,
    link: [],
    node: nodeOf(edge.to, beyond, rest, { via: rest, by, direction: 'asc' }),
    forced: null,
    at: 'orderBy',
    latest: null,
  })
  const fields = field ? [field] : holders(model, next?.edge.path)
  const children = next ? [child(next.edge, next.scope)] : []
  return { ...plainNode(model, fields, always, { scope }), children, deleted: 'include' }
}

/** An embedded reference is replaced inside the structure that holds it, which has to be there. */
function holders(model: Model, path: readonly string[] | undefined): Field[] {
  const field = path && path.length > 1 ? model.fields.get(path[0] ?? '') : undefined
  return field ? [field] : []
}

/** Where a term's value stands in a record read for it. */
export function pathOf({ via, by }: ValueTerm): readonly string[] {
  return [...via.flatMap(({ edge }) => edge.path), ...by.path]
}
