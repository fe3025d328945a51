import type { Edge, Model } from '../../../schema/graph.js'
import type { OrderTerm } from '../../../store/read.js'
import { match } from '../filter/compile.js'
import { connect } from '../filter/connect.js'
import { type Document, type Expression, own } from '../filter/document.js'
import { countRelated, restrict } from '../filter/related.js'
import { helper, keyPath, pathOf, type Scope } from '../filter/scope.js'

/** Paths with their directions, in order. What is missing sorts as null does, first (R9). */
export type Sort = Record<string, 1 | -1>

/** Keeps a computed value in a helper of the document. */
const kept = (scope: Scope, value: Expression): string => {
  const path = helper(scope.pipe)
  scope.pipe.stages.push({ $set: { [path]: value } })
  return path
}

/** Where the value that a term orders by stands; what lies beyond other records is looked up. */
const termPath = (scope: Scope, { via, by, direction }: OrderTerm): string => {
  const [next, ...rest] = via
  if (next === undefined) {
    return 'edge' in by ? kept(scope, countRelated(scope, by, 'record', match)) : pathOf(scope, by)
  }
  const as = helper(scope.pipe)
  connect(scope, next.edge, as, (target) => {
    restrict(target, [next.scope], match)
    const value = `$${termPath(target, { via: rest, by, direction })}`
    target.pipe.stages.push({ $limit: 1 }, { $project: { value } })
  })
  // A hidden or missing target sorts as null, and has no targets of its own to be counted.
  const none = 'edge' in by ? 0 : null
  return kept(scope, {
    $let: { vars: { target: { $first: `$${as}` } }, in: { $ifNull: ['$$target.value', none] } },
  })
}

export const orderTerms = (scope: Scope, terms: readonly OrderTerm[]): Sort => {
  const sort: Sort = {}
  for (const term of terms) sort[termPath(scope, term)] ??= term.direction === 'asc' ? 1 : -1
  return sort
}

const byIdentity = ({ fields, primaryKey }: Model): Sort =>
  Object.fromEntries(primaryKey.map((name) => [keyPath(fields, [name]), 1]))

/** The order of the targets of one parent: as asked for, otherwise as stored in an ordered edge, otherwise by id. */
export const orderOver = (scope: Scope, edge: Edge, terms: readonly OrderTerm[]): Sort => {
  if (terms.length > 0) return orderTerms(scope, terms)
  if (!edge.ordered || !edge.holder) return byIdentity(edge.to)
  scope.pipe.positioned = true
  return { [own('pos')]: 1, ...byIdentity(edge.to) }
}

export const sortStage = (sort: Sort): readonly Document[] =>
  Object.keys(sort).length === 0 ? [] : [{ $sort: sort }]
