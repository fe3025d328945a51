import type { Edge, Path } from '../../schema/graph.js'
import { equal, TRUE, where } from './condition.js'
import { type Fragment, sql } from './fragment.js'
import { from, type Step, table } from './from.js'
import { equalTo, type Match, pairs } from './pairs.js'
import { type ElementSource, rowSource, type Source } from './source.js'
import type { Statement } from './statement.js'
import { unfold } from './unfold.js'

/** The way over an edge: what to join, and where the target, the pairing and the parent's key are then found. */
export interface Connection {
  readonly steps: readonly Step[]
  /** the first step looks back at the parent from within a subquery, so it must begin a select of its own */
  readonly apart: boolean
  /** alias of the target's row */
  readonly alias: string
  readonly target: Source
  /** alias of the pairing's row, the first step; null where pairs have no rows of their own */
  readonly pairs: string | null
  /** the pairing's payload; null where the edge has no place for one */
  readonly link: Source | null
  /** what equals the parent's key, part by part; empty for ids unfolded from a parent in scope */
  readonly key: readonly string[]
  /** what equals the target's own key, part by part: held by the pairing where that is nearer to an index */
  readonly ids: readonly string[]
  /** the stored order of the pairs; empty for none */
  readonly order: readonly string[]
}

/** Where a way begins: at a row or an element that is in scope, or at parents known by their keys only. */
export type Origin = { readonly source: Source; readonly inside: Path } | { readonly match: Match }

export const fromRecord = (source: Source) => ({ source, inside: [] }) satisfies Origin
export const fromElement = (source: ElementSource) => ({ source, inside: source.path }) satisfies Origin

/** The expressions of a key on a row, part by part. */
export const keyOf = (source: Source, paths: readonly Path[]): readonly string[] =>
  paths.map((path) => source.scalar(path, source.field(path)).expr)

const single = (paths: readonly Path[]): Path => paths[0] ?? []

/** The parent's own key, where it is in scope. */
export const ownKey = (
  edge: Edge,
  { source, inside }: Extract<Origin, { source: Source }>,
): readonly string[] =>
  keyOf(
    source,
    edge.fromKey.paths.map((path) => path.slice(inside.length)),
  )

type Reach = Pick<Connection, 'alias' | 'target' | 'ids'> & { readonly arrive: (on: Fragment) => Step }

/** The target's lists name the parent: each entry is a pair. */
const overTargetsList = (statement: Statement, edge: Edge, match: Match, reach: Reach): Connection => {
  const { items, id, link } = unfold(statement, reach.target, single(edge.toKey.paths))
  const path = single(edge.toKey.paths)
  const [own] = match.own ?? []
  const { holds } = statement.dialect
  const held =
    own === undefined ? null : (holds?.(reach.target.json(path), reach.target.field(path), own) ?? null)
  const last = items.length - 1
  const entries = items.map((item, at) => ({ item, on: at === last ? match([id]) : TRUE }))
  return {
    ...reach,
    steps: [reach.arrive(held === null ? TRUE : [held]), ...entries],
    apart: false,
    pairs: null,
    link,
    key: [id],
    order: [],
  }
}

/** The target names the parent inside embedded structures, perhaps more than once: each target counts once. */
const overTargetsEmbedded = (statement: Statement, edge: Edge, match: Match, reach: Reach): Connection => {
  const inner = statement.alias()
  const outer = statement.alias()
  const holder = rowSource(statement.dialect, inner, edge.to.fields)
  const { items, id } = unfold(statement, holder, single(edge.toKey.paths))
  const begin = { item: table(statement, edge.to, inner), on: TRUE }
  const found = from([begin, ...items.map((item) => ({ item, on: TRUE }))])
  const identity = edge.to.primaryKey.map((name) => [name])
  const columns = [...keyOf(holder, identity), id].map((expr, at) => `${expr} as c${at}`).join(', ')
  const item = sql`(select distinct ${columns}${found.from}${where(match([id]))}) as ${outer}`
  const own = identity.map((_, at) => `${outer}.c${at}`)
  return {
    ...reach,
    steps: [{ item, on: TRUE }, reach.arrive(equal(keyOf(reach.target, identity), own))],
    apart: true,
    pairs: null,
    link: null,
    key: [`${outer}.c${identity.length}`],
    order: [],
  }
}

/** The edge names its target by the target's own key, so it leads to one record from each name. */
export const namesPrimaryKey = (edge: Edge): boolean =>
  edge.toKey.paths.length === edge.to.primaryKey.length &&
  edge.toKey.paths.every((path, at) => path.length === 1 && path[0] === edge.to.primaryKey[at])

/** The way over an edge to its targets. */
export const connect = (statement: Statement, edge: Edge, origin: Origin): Connection => {
  const alias = statement.alias()
  const target = rowSource(statement.dialect, alias, edge.to.fields)
  const ids = keyOf(
    target,
    edge.to.primaryKey.map((name) => [name]),
  )
  const named = edge.toKey.many ? [] : keyOf(target, edge.toKey.paths)
  const arrive = (on: Fragment): Step => ({ item: table(statement, edge.to, alias), on })
  const reach = { alias, target, ids, arrive }

  if ('source' in origin && edge.fromKey.many) {
    const path = single(edge.fromKey.paths).slice(origin.inside.length)
    const { items, id, link, order } = unfold(statement, origin.source, path)
    const steps = [...items.map((item) => ({ item, on: TRUE })), arrive(equal(named, [id]))]
    return { ...reach, steps, apart: false, pairs: null, link, key: [], order }
  }

  const match = 'match' in origin ? origin.match : equalTo(ownKey(edge, origin))
  if (edge.through !== null) {
    const between = pairs(statement, edge, edge.through, match)
    const { link, near, far, order } = between
    const steps = [between.step, arrive(equal(named, far))]
    const nearest = namesPrimaryKey(edge) ? far : ids
    const apart = edge.symmetric
    return { ...reach, ids: nearest, steps, apart, pairs: between.alias, link, key: near, order }
  }
  if (!edge.toKey.many) {
    return {
      ...reach,
      steps: [arrive(match(named))],
      apart: false,
      pairs: null,
      link: null,
      key: named,
      order: [],
    }
  }
  return edge.embedded
    ? overTargetsEmbedded(statement, edge, match, reach)
    : overTargetsList(statement, edge, match, reach)
}
