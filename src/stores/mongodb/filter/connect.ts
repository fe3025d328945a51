/**
 * The way over an edge: the stages that give a record the targets it is paired with. In the targets' pipeline a target is the
 * document itself; its pairing and the pairing's place stand in `own('link')` and `own('pos')` where something looks at them.
 */
import type { Edge, Field, Path, Through } from '../../../schema/graph.js'
import { hasPayload } from '../values.js'
import { type Document, type Expression, OWN, own } from './document.js'
import { heldIds, heldPath } from './held-ids.js'
import {
  beginPipe,
  fieldsAlong,
  helper,
  keyPath,
  linkFields,
  type Pipe,
  recordScope,
  type Scope,
} from './scope.js'

/** Adds to the pipeline of an edge's targets. */
export type Inside = (target: Scope) => void

const single = (paths: readonly Path[]): Path => paths[0] ?? []

const keyPaths = (fields: ReadonlyMap<string, Field>, paths: readonly Path[]): readonly string[] =>
  paths.map((path) => keyPath(fields, path))

const named = (model: Through['model'], names: readonly string[]): string =>
  names.map((name) => keyPath(model.fields, [name])).join()

export interface PairKeys {
  readonly near: string
  readonly far: string
  readonly position: string | null
}

/** Where a record in between keeps the two keys of its pair. */
export const pairKeys = ({ model, near, far, position }: Through): PairKeys => ({
  near: named(model, near),
  far: named(model, far),
  position: position === null ? null : named(model, [position]),
})

/** The pipeline of an edge's targets: what `inside` adds, and what it needs to find in front. */
const targetsPipe = (scope: Scope, edge: Edge, inside: Inside): Pipe => {
  const pipe = beginPipe(scope.pipe.resolve, scope.pipe.known)
  inside(recordScope(pipe, edge.to.fields, linkFields(edge)))
  return pipe
}

const target = (edge: Edge): string => keyPath(edge.to.fields, single(edge.toKey.paths))

/** Stages that make each document the target it leads to, with what `kept` says of the pairing beside it. */
export const arrive = (
  edge: Edge,
  far: string,
  kept: Document,
  filters: readonly Document[],
): readonly Document[] => [
  {
    $lookup: {
      from: edge.to.collection,
      localField: far,
      foreignField: target(edge),
      ...(filters.length > 0 && { pipeline: filters }),
      as: 'to',
    },
  },
  { $unwind: '$to' },
  { $replaceRoot: { newRoot: { $mergeObjects: ['$to', { [OWN]: kept }] } } },
]

const overPairs = (scope: Scope, edge: Edge, through: Through, as: string, inside: Inside): Document => {
  const pipe = targetsPipe(scope, edge, inside)
  const { near, far, position } = pairKeys(through)
  const me = `$${keyPath(scope.record, single(edge.fromKey.paths))}`
  const kept = { link: '$link', ...(position !== null && { pos: `$link.${position}` }) }
  if (edge.symmetric) {
    const isMe = (key: string): Expression => ({ $eq: [`$${key}`, '$$me'] })
    const other = { $cond: [isMe(near), `$${far}`, `$${near}`] }
    return {
      from: through.model.collection,
      let: { me },
      pipeline: [
        { $match: { $expr: { $or: [isMe(near), isMe(far)] } } },
        { $replaceRoot: { newRoot: { link: '$$ROOT', other } } },
        ...arrive(edge, 'other', kept, []),
        ...pipe.stages,
      ],
      as,
    }
  }
  return {
    from: through.model.collection,
    localField: me.slice(1),
    foreignField: near,
    pipeline: [
      { $replaceRoot: { newRoot: { link: '$$ROOT' } } },
      ...arrive(edge, `link.${far}`, kept, []),
      ...pipe.stages,
    ],
    as,
  }
}

/** The entry of a list that names an id. */
const entryOf = (list: string, id: string): Expression => ({
  $first: { $filter: { input: { $ifNull: [list, []] }, as: 'entry', cond: { $eq: ['$$entry.id', id] } } },
})

export const isList = (fields: ReadonlyMap<string, Field>, path: Path): Field | null => {
  const last = path.length === 1 ? fieldsAlong(fields, path)[0] : undefined
  return last?.kind === 'list' ? last : null
}

/** The record names its targets in a list, or inside embedded arrays. */
const overOwnList = (scope: Scope, edge: Edge, as: string, inside: Inside): Document => {
  const pipe = targetsPipe(scope, edge, inside)
  const path = single(edge.fromKey.paths)
  const list = isList(scope.record, path)
  const entries = list === null ? null : `$${keyPath(scope.record, path)}`
  const paired = list !== null && hasPayload(list)
  const ids = list === null || paired ? helper(scope.pipe) : keyPath(scope.record, path)
  if (`$${ids}` !== entries) scope.pipe.stages.push({ $set: { [ids]: heldIds(scope.record, path, '$').ids } })
  const id = `$${target(edge)}`
  const before: Document[] = []
  if (pipe.linked && paired) before.push({ $set: { [own('link')]: entryOf('$$entries', id) } })
  if (pipe.positioned) before.push({ $set: { [own('pos')]: { $indexOfArray: ['$$ids', id] } } })
  return {
    from: edge.to.collection,
    localField: ids,
    foreignField: id.slice(1),
    ...(before.length > 0 && { let: { ids: `$${ids}`, ...(paired && { entries }) } }),
    pipeline: [...before, ...pipe.stages],
    as,
  }
}

/** The targets name the record: in a key, in their lists, or inside embedded structures. Each target counts once. */
const overKey = (scope: Scope, edge: Edge, as: string, inside: Inside): Document => {
  const pipe = targetsPipe(scope, edge, inside)
  const local = keyPath(scope.record, single(edge.fromKey.paths))
  const foreign = heldPath(edge.to.fields, single(edge.toKey.paths))
  const list = edge.toKey.many ? isList(edge.to.fields, single(edge.toKey.paths)) : null
  const linked = pipe.linked && list !== null && hasPayload(list)
  const entries = linked ? `$${keyPath(edge.to.fields, single(edge.toKey.paths))}` : ''
  // A key that is missing on both sides pairs nobody.
  const present = local === '_id' || foreign === '_id' ? [] : [{ $match: { [foreign]: { $ne: null } } }]
  return {
    from: edge.to.collection,
    localField: local,
    foreignField: foreign,
    ...(linked && { let: { me: `$${local}` } }),
    pipeline: [
      ...present,
      ...(linked ? [{ $set: { [own('link')]: entryOf(entries, '$$me') } }] : []),
      ...pipe.stages,
    ],
    as,
  }
}

/** Keys of several parts. */
const overParts = (scope: Scope, edge: Edge, as: string, inside: Inside): Document => {
  const pipe = targetsPipe(scope, edge, inside)
  const local = keyPaths(scope.record, edge.fromKey.paths)
  const foreign = keyPaths(edge.to.fields, edge.toKey.paths)
  const equal = foreign.map((key, at) => ({ $eq: [`$${key}`, `$$k${at}`] }))
  const present = foreign.map((key) => [key, { $ne: null }])
  return {
    from: edge.to.collection,
    let: Object.fromEntries(local.map((key, at) => [`k${at}`, `$${key}`])),
    pipeline: [{ $match: { ...Object.fromEntries(present), $expr: { $and: equal } } }, ...pipe.stages],
    as,
  }
}

/** Adds the lookup that puts an edge's targets into `as`, a list of what `inside` makes of them. */
export const connect = (scope: Scope, edge: Edge, as: string, inside: Inside): void => {
  scope.pipe.stages.push({ $lookup: lookup(scope, edge, as, inside) })
}

const lookup = (scope: Scope, edge: Edge, as: string, inside: Inside): Document => {
  if (edge.through !== null) return overPairs(scope, edge, edge.through, as, inside)
  if (edge.toKey.paths.length > 1) return overParts(scope, edge, as, inside)
  return edge.fromKey.many ? overOwnList(scope, edge, as, inside) : overKey(scope, edge, as, inside)
}

/** Adds the lookup of the pairs of a list that is not stored in its record but shown from a join. */
export const connectPairs = (
  scope: Scope,
  edge: Edge,
  through: Through,
  as: string,
  pipeline: (keys: PairKeys) => readonly Document[],
): void => {
  const keys = pairKeys(through)
  scope.pipe.stages.push({
    $lookup: {
      from: through.model.collection,
      localField: keyPath(scope.record, single(edge.fromKey.paths)),
      foreignField: keys.near,
      pipeline: pipeline(keys),
      as,
    },
  })
}
