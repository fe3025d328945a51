import { fail } from '../../../errors/index.js'
import type { Edge } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import { conditions } from './asks-link.js'
import { compareCount } from './compare.js'
import { every } from './combine.js'
import { connect } from './connect.js'
import type { Document, Expression } from './document.js'
import { type Held, heldIds, heldPath } from './held-ids.js'
import { fieldsInside, helper, keyPath, type Leaf, type Scope } from './scope.js'

/** Compiles a filter to a document; handed to the leaves that contain filters. */
export type Match = (filter: Filter, scope: Scope) => Document

/** Something on the other side of an edge. */
export interface Relation {
  readonly edge: Edge
  readonly scope: Filter
  readonly where: Filter
}

/**
 * Keeps the documents that meet the filters. What needs no lookup comes first, where an index can answer it.
 *
 * @param given more conditions on the documents
 */
export const restrict = (
  scope: Scope,
  filters: readonly Filter[],
  match: Match,
  given: readonly Document[] = [],
): void => {
  const parts = filters.flatMap(conditions)
  const { stages } = scope.pipe
  const at = stages.length
  const early: Document[] = [...given]
  const late: Document[] = []
  for (const part of parts) {
    const before = stages.length
    const document = match(part, scope)
    ;(stages.length === before ? early : late).push(document)
  }
  const first = every(early)
  if (Object.keys(first).length > 0) stages.splice(at, 0, { $match: first })
  if (late.length > 0) stages.push({ $match: every(late) })
}

/** The targets of a relation that hold, in a helper of the record; `rest` says what is kept of them. */
const lookUp = (
  scope: Scope,
  { edge, scope: seen, where }: Relation,
  rest: readonly Document[],
  match: Match,
): string => {
  const as = helper(scope.pipe)
  connect(scope, edge, as, (target) => {
    restrict(target, [seen, where], match)
    target.pipe.stages.push(...rest)
  })
  return as
}

const one: readonly Document[] = [{ $limit: 1 }, { $project: { _id: 1 } }]
const counted: readonly Document[] = [{ $group: { _id: null, n: { $sum: 1 } } }]

/** `related` to a record. */
export const related = (scope: Scope, leaf: Leaf<'related'>, match: Match): Document => {
  const keys = scope.pipe.known.get(leaf)
  if (keys !== undefined) {
    const own = heldPath(scope.record, leaf.edge.fromKey.paths[0] ?? [])
    return { [own]: { [leaf.negated ? '$nin' : '$in']: keys } }
  }
  const as = lookUp(scope, leaf, one, match)
  return { [as]: { [leaf.negated ? '$eq' : '$ne']: [] } }
}

/** The same as an expression. */
export const relatedExpression = (scope: Scope, leaf: Leaf<'related'>, match: Match): Expression => {
  const keys = leaf.at === 'record' ? scope.pipe.known.get(leaf) : undefined
  if (keys !== undefined) {
    const held = heldIds(scope.record, leaf.edge.fromKey.paths[0] ?? [], '$')
    return amongKeys(held, { $literal: keys }, leaf.negated)
  }
  if (leaf.at === 'record') {
    const as = lookUp(scope, leaf, one, match)
    return { [leaf.negated ? '$eq' : '$ne']: [`$${as}`, []] }
  }
  const { held, found } = fromElement(scope, leaf, match)
  return amongKeys(held, found, leaf.negated)
}

/** One of the ids that are held is among the keys. */
const amongKeys = ({ ids, many }: Held, keys: Expression, negated: boolean): Expression => {
  const met = many ? { $gt: [{ $size: { $setIntersection: [ids, keys] } }, 0] } : { $in: [ids, keys] }
  return negated ? { $not: [met] } : met
}

/** What an element holds, and which of it a relation holds for. */
const fromElement = (scope: Scope, relation: Relation, match: Match): { held: Held; found: Expression } => {
  const { element } = scope
  const { edge } = relation
  if (element === null)
    return fail('KIN_INTERNAL', { message: 'A filter starts from an element where there is none.' })
  const [path = []] = edge.fromKey.paths
  const rest = path.slice(element.path.length)
  const own = `$$${element.variable}`
  const held =
    rest.length === 0 ? { ids: own, many: false } : heldIds(fieldsInside(element.array), rest, own, 1)
  const keys = scope.pipe.known.get(relation as Filter & Relation)
  if (keys !== undefined) return { held, found: { $literal: keys } }
  const key = keyPath(edge.to.fields, edge.toKey.paths[0] ?? [])
  const as = lookUp(scope, relation, [{ $project: { [key]: 1 } }], match)
  return { held, found: { $map: { input: `$${as}`, as: 'target', in: `$$target.${key}` } } }
}

/** How many of the ids, repeated ones included, are among those that were found. */
const occurrences = (ids: Expression, found: Expression): Expression => ({
  $size: { $filter: { input: ids, as: 'id', cond: { $in: ['$$id', found] } } },
})

/** The number of targets for which a relation holds, as an expression. */
export const countRelated = (
  scope: Scope,
  relation: Relation,
  at: 'record' | 'element',
  match: Match,
): Expression => {
  if (at === 'element') {
    const { held, found } = fromElement(scope, relation, match)
    return held.many ? occurrences(held.ids, found) : { $cond: [{ $in: [held.ids, found] }, 1, 0] }
  }
  const { edge } = relation
  if (edge.fromKey.many && !(edge.set && !edge.embedded)) {
    const key = keyPath(edge.to.fields, edge.toKey.paths[0] ?? [])
    const as = lookUp(scope, relation, [{ $project: { [key]: 1 } }], match)
    const found = { $map: { input: `$${as}`, as: 'target', in: `$$target.${key}` } }
    return occurrences(heldIds(scope.record, edge.fromKey.paths[0] ?? [], '$').ids, found)
  }
  return countIn(lookUp(scope, relation, counted, match))
}

/** The number that a lookup counted: no document says none. */
export const countIn = (as: string): Expression => ({
  $let: { vars: { counted: { $first: `$${as}` } }, in: { $ifNull: ['$$counted.n', 0] } },
})

export const countStage = counted

/** `relatedCount`, as an expression. */
export const relatedCount = (scope: Scope, leaf: Leaf<'relatedCount'>, match: Match): Expression =>
  compareCount(countRelated(scope, leaf, leaf.at, match), leaf, scope.pipe)
