import { fail } from '../errors/index.js'
import type { Edge, Field } from '../schema/graph.js'
import type { Normaliser } from '../schema/values/flaw.js'
import { normaliseInteger } from '../schema/values/normalise-number.js'
import { normaliserOf } from '../schema/values/normaliser-of.js'
import { always, type Comparison, type Filter, type Operand, type Value } from '../store/filter.js'
import type { Members } from './members.js'
import { callerScope, isScoped, type Visibility } from './visibility.js'

/** Something that tests of values apply to: a field, a reference under a caller's scope, the size of a list. */
export interface Subject {
  readonly normalise: Normaliser
  /** the model whose ids the values are */
  readonly idOf: string | null
  /** null where there is nothing to compare with, only presence to test */
  readonly compare: ((op: Comparison, value: Value, negated: boolean) => Filter) | null
  /** null where it always has a value */
  readonly isNull: ((negated: boolean) => Filter) | null
}

export function fieldSubject(operand: Operand, members: Members): Subject {
  const { field } = operand
  return {
    normalise: normaliserOf(field),
    idOf: field.edge?.to.name ?? (field.kind === 'id' ? (members.model?.name ?? null) : null),
    compare: (op, value, negated) => ({ is: 'compare', operand, op, value, negated }),
    isNull: (negated) => ({ is: 'null', operand, negated }),
  }
}

/** Where the edge of an embedded reference starts. */
export function startOf(members: Members): 'record' | 'element' {
  if (members.of !== 'link') return members.of
  return fail('KIN_INVALID_QUERY', {
    message: `References in ${members.words} can be compared by id only, not followed.`,
  })
}

/**
 * The stored id of a reference. Under a caller's scope (R35) an id outside of it must not be told from no id at all, so the
 * test is whether a target inside of it has that id.
 */
export function referenceSubject(
  operand: Operand,
  edge: Edge,
  members: Members,
  visibility: Visibility,
): Subject {
  const plain = fieldSubject(operand, members)
  if (!isScoped(visibility, edge.to)) return plain
  const at = startOf(members)
  const scope = callerScope(visibility, edge.to)
  const related = (where: Filter, negated: boolean): Filter => ({
    is: 'related',
    edge,
    at,
    scope,
    where,
    negated,
  })
  return {
    ...plain,
    compare: (op, value, negated) =>
      related({ is: 'compare', operand: targetKey(edge), op, value, negated: false }, negated),
    isNull: (negated) => related(always, !negated),
  }
}

/** What a reference over the edge holds, looked at on the target. */
export function targetKey(edge: Edge): Operand {
  const path = edge.toKey.paths[0] ?? []
  const field = path.length === 1 ? edge.to.fields.get(path[0] ?? '') : undefined
  if (!field) return fail('KIN_INTERNAL', { message: `The edge "${edge.association}" leads to no key.` })
  return { of: 'record', path, field }
}

/** An end whose ids are not shown on the record: it has a visible target or none. */
export function presenceSubject(edge: Edge, scope: Filter): Subject {
  const isNull = (negated: boolean): Filter => {
    return { is: 'related', edge, at: 'record', scope, where: always, negated: !negated }
  }
  return { normalise: normaliserOf(targetKey(edge).field), idOf: edge.to.name, compare: null, isNull }
}

/** How many there are. */
export function sizeSubject(compare: NonNullable<Subject['compare']>): Subject {
  return { normalise: normaliseInteger, idOf: null, compare, isNull: null }
}

/** The value of a scalar array's elements. */
export function itemNormaliser(field: Field): Normaliser {
  return normaliserOf(field.item ?? field)
}
