/** Keyed reads: how the documents of many parents are reached, and where each has its parent's key. */
import { fail } from '../../../errors/index.js'
import type { Edge, Field, Path, Through } from '../../../schema/graph.js'
import { arrive, isList, pairKeys } from '../filter/connect.js'
import { type Document, type Expression, literal, own } from '../filter/document.js'
import { heldIds, heldPath } from '../filter/held-ids.js'
import { keyPath, type Pipe } from '../filter/scope.js'
import { hasPayload } from '../values.js'

/** The keys of one run. */
export interface Keys {
  /** encoded, or their place in a statement's text */
  readonly list: readonly unknown[] | string
  /** there is one parent, whose documents are all there are */
  readonly one: boolean
}

/** Where a keyed read begins. */
export interface Start {
  readonly collection: string
  /** conditions on the first documents, which are the targets; otherwise the stages lead there */
  readonly given: readonly Document[]
  readonly stages: readonly Document[]
  /** where the target's document has its parent's key, part by part */
  readonly key: readonly string[]
}

const single = (paths: readonly Path[]): Path => paths[0] ?? []

/** Ids stand inside embedded structures of the parent, and are the keys. */
const isInside = (edge: Edge): boolean => edge.embedded && edge.holder

/** The fields whose values the keys are. */
export const keyFields = (edge: Edge): readonly Field[] => {
  const { from, to, fromKey, toKey } = edge
  const [model, paths] = isInside(edge)
    ? [to, toKey.paths]
    : [from, fromKey.many ? from.primaryKey.map((name) => [name]) : fromKey.paths]
  return paths.map((path) => {
    const field = model.fields.get(path[0] ?? '')
    return field ?? fail('KIN_INTERNAL', { message: `"${edge.association}" has no key "${path.join('.')}".` })
  })
}

/** A field is one of the keys. */
export const among = ({ list, one }: Keys): Document =>
  one && typeof list !== 'string' ? { $eq: list[0] } : { $in: list }

/** The targets name the key in fields of their own. */
const fromKey = ({ to, toKey }: Edge, keys: Keys): Start => {
  const { list } = keys
  const paths = toKey.paths.map((path) => keyPath(to.fields, path))
  // A projection takes no path next to the structure it leads into.
  const parts = paths.map((path, at) => (path.includes('.') ? own(`k${at}`) : path))
  const copies = paths.flatMap((path, at) => (parts[at] === path ? [] : [[parts[at] ?? '', `$${path}`]]))
  const [path = ''] = paths
  const given =
    paths.length === 1
      ? { [path]: among(keys) }
      : {
          $or: typeof list === 'string' ? list : list.map((key) => equalTo(paths, key as readonly unknown[])),
        }
  return {
    collection: to.collection,
    given: copies.length === 0 ? [given] : [],
    stages: copies.length === 0 ? [] : [{ $match: given }, { $set: Object.fromEntries(copies) }],
    key: parts,
  }
}

const equalTo = (paths: readonly string[], key: readonly unknown[]): Document =>
  Object.fromEntries(paths.map((path, at) => [path, { $eq: key[at] }]))

/** The targets name the parent in their lists or inside embedded structures: each is there once for each parent. */
const fromTargetsList = (edge: Edge, keys: Keys, pipe: Pipe): Start => {
  const { list } = keys
  const { to, toKey } = edge
  const path = single(toKey.paths)
  const field = isList(to.fields, path)
  const met: Document = { $match: { [heldPath(to.fields, path)]: among(keys) } }
  const key = own('key')
  if (field === null || !hasPayload(field)) {
    const held = { $setIntersection: [heldIds(to.fields, path, '$').ids, literal(list)] }
    const stages = [met, { $set: { [key]: held } }, { $unwind: `$${key}` }]
    return { collection: to.collection, given: [], stages, key: [key] }
  }
  pipe.linked = true
  const link = own('link')
  const cond: Expression = { $in: ['$$entry.id', literal(list)] }
  const entries = { $filter: { input: `$${keyPath(to.fields, path)}`, as: 'entry', cond } }
  const stages = [
    met,
    { $set: { [link]: entries } },
    { $unwind: `$${link}` },
    { $set: { [key]: `$${link}.id` } },
  ]
  return { collection: to.collection, given: [], stages, key: [key] }
}

/** The parents name the targets in their lists. */
const fromOwnList = (edge: Edge, keys: Keys): Start => {
  const {
    from,
    fromKey: { paths },
  } = edge
  const path = single(paths)
  const field = isList(from.fields, path)
  const entries = keyPath(from.fields, path)
  const stages = [
    { $match: { _id: among(keys) } },
    { $project: { link: `$${entries}` } },
    { $unwind: { path: '$link', includeArrayIndex: 'pos' } },
    ...arrive(
      edge,
      field !== null && hasPayload(field) ? 'link.id' : 'link',
      { key: '$_id', link: '$link', pos: '$pos' },
      [],
    ),
  ]
  return { collection: from.collection, given: [], stages, key: [own('key')] }
}

/** Records in between pair parents and targets. */
const fromPairs = (edge: Edge, through: Through, keys: Keys): Start => {
  const met = among(keys)
  const { near, far, position } = pairKeys(through)
  const pos = position !== null && { pos: `$link.${position}` }
  const { collection } = through.model
  if (!edge.symmetric) {
    const stages = [
      { $match: { [near]: met } },
      { $replaceRoot: { newRoot: { link: '$$ROOT' } } },
      ...arrive(edge, `link.${far}`, { key: `$link.${near}`, link: '$link', ...pos }, []),
    ]
    return { collection, given: [], stages, key: [own('key')] }
  }
  const sides = [
    { key: `$${near}`, other: `$${far}` },
    { key: `$${far}`, other: `$${near}` },
  ]
  const stages = [
    { $match: { $or: [{ [near]: met }, { [far]: met }] } },
    { $replaceRoot: { newRoot: { link: '$$ROOT', side: sides } } },
    { $unwind: '$side' },
    { $match: { 'side.key': met } },
    ...arrive(edge, 'side.other', { key: '$side.key', link: '$link', ...pos }, []),
  ]
  return { collection, given: [], stages, key: [own('key')] }
}

/**
 * The inverse of a mirror as an edge that only the targets know of: they name the parents by an index, so that one read
 * answers, and it is their side that holds (R18). Of a symmetric one either side does.
 */
export const fromTargets = (edge: Edge): Edge => {
  const { from, to, reverse, through, embedded } = edge
  if (!edge.fromKey.many || embedded || through !== null || (edge.holder && !edge.symmetric)) return edge
  const paths = from.primaryKey.map((part) => [part])
  const [name = ''] = single(reverse.fromKey.paths)
  if (to.fields.get(name) === to.id) return edge
  return { ...edge, fromKey: { paths, many: false }, toKey: reverse.fromKey }
}

export const startKeyed = (held: Edge, keys: Keys, pipe: Pipe): Start => {
  const edge = fromTargets(held)
  if (isInside(edge)) return fromKey(edge, keys)
  if (edge.through !== null) return fromPairs(edge, edge.through, keys)
  if (edge.fromKey.many) return fromOwnList(edge, keys)
  return edge.toKey.many ? fromTargetsList(edge, keys, pipe) : fromKey(edge, keys)
}
