import type { Edge, Field, Model } from '../schema/graph.js'
import { always, type Filter, never, type Operand } from '../store/filter.js'
import { allOf } from './combine.js'
import { rebase } from './rebase.js'

/** Which of a model's soft-deleted records a node sees. */
export type Deleted = 'exclude' | 'include' | 'only'

/** What a caller may see of each model, over and above soft delete: `db.scoped`. */
export interface Visibility {
  /** names everything that shapes the predicates, as part of every plan's key; '' where there are none */
  readonly key: string
  /** values of the predicates, normalised: the first of every call's values */
  readonly values: readonly unknown[]
  readonly scopes: ReadonlyMap<Model, Filter>
}

export const unrestricted: Visibility = { key: '', values: [], scopes: new Map() }

/** The caller's own predicate; always true where there is none. */
export function callerScope({ scopes }: Visibility, model: Model): Filter {
  return scopes.get(model) ?? always
}

export function isScoped({ scopes }: Visibility, model: Model): boolean {
  return scopes.has(model)
}

/** What can be seen of a model at all. */
export function visible(visibility: Visibility, model: Model, deleted: Deleted): Filter {
  return allOf(deletedScope(model, deleted, 'record'), callerScope(visibility, model))
}

/** What can be seen over an edge: of its target, and of the declared record in between. */
export function visibleOver(visibility: Visibility, edge: Edge, deleted: Deleted): Filter {
  const target = visible(visibility, edge.to, deleted)
  return edge.through?.declared ? allOf(target, visiblePair(visibility, edge.through.model)) : target
}

/** A pairing is a record too: hidden ones pair nobody. */
function visiblePair(visibility: Visibility, through: Model): Filter {
  const scope = callerScope(visibility, through)
  return allOf(deletedScope(through, 'exclude', 'link'), rebase(scope, through.name))
}

function deletedScope(model: Model, deleted: Deleted, of: Operand['of']): Filter {
  const field = model.softDelete ? deletedAtOf(model) : undefined
  if (deleted === 'include') return always
  // Nothing of a model without softDelete is deleted.
  if (!field) return deleted === 'only' ? never : always
  return { is: 'null', operand: { of, path: [field.name], field }, negated: deleted === 'only' }
}

/** The field that says when a record was soft-deleted. */
export function deletedAtOf(model: Model): Field | undefined {
  for (const field of model.fields.values()) if (field.system === 'deletedAt') return field
  return undefined
}
