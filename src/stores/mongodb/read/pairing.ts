/** The pairs of many parents: records of their own, or entries of the parents' lists. */
import type { Field } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import type { OrderTerm, ReadRequest } from '../../../store/read.js'
import { asksLink, asksLinkOnly } from '../filter/asks-link.js'
import { every } from '../filter/combine.js'
import { match } from '../filter/compile.js'
import { pairKeys } from '../filter/connect.js'
import type { Document } from '../filter/document.js'
import { beginPipe, fieldsAlong, keyPath, pairScope } from '../filter/scope.js'
import type { Resolve } from '../resolve.js'
import { decode, hasPayload, keyOf } from '../values.js'
import type { Pipeline } from './command.js'
import { among, fromTargets } from './keyed.js'
import type { Row } from './records.js'

/** A pair as it was read: the parent's key as kinship shows it, the target's as it is stored. */
export interface Pair {
  readonly key: unknown
  readonly far: unknown
  readonly link: Row
  readonly place: number
}

export type List = readonly unknown[] | string

export const amongAll = (list: List): Document => among({ list, one: list.length === 1 })

export interface Pairing {
  pipeline(resolve: Resolve, keys: List): Pipeline
  /** @param asked keys as kinship shows them */
  read(documents: readonly Row[], asked: ReadonlySet<unknown>): readonly Pair[]
}

const asksLinkOrder = ({ via, by }: OrderTerm): boolean => via.length === 0 && 'of' in by && by.of === 'link'

/** Pairs that are records of their own. */
const overPairs = (
  { by: edge, link }: ReadRequest & { by: Edge },
  through: NonNullable<Edge['through']>,
  filters: readonly Filter[],
): Pairing => {
  const { near, far, position } = pairKeys(through)
  const { model } = through
  const [key, other] = [fieldOf(model.fields, through.near), fieldOf(model.fields, through.far)].map(decode)
  const shown = Object.fromEntries(link.map(({ name }) => [keyPath(model.fields, [name]), 1]))
  const place = edge.ordered && edge.holder ? position : null
  const pairOf = (document: Row, from: string, to: string, show = key): Pair => ({
    key: show?.(document[from]),
    far: document[to],
    link: document,
    place: place === null ? 0 : Number(document[place]),
  })
  return {
    pipeline(resolve, keys) {
      const scope = pairScope(beginPipe(resolve), model.fields)
      const met = amongAll(keys)
      const held = edge.symmetric ? { $or: [{ [near]: met }, { [far]: met }] } : { [near]: met }
      const $match = every([held, ...filters.map((filter) => match(filter, scope))])
      const $project = { _id: 0, ...shown, [near]: 1, [far]: 1, ...(place !== null && { [place]: 1 }) }
      return { collection: model.collection, stages: [{ $match }, { $project }] }
    },
    read(documents, asked) {
      const pairs = documents.map((document) => pairOf(document, near, far))
      if (!edge.symmetric) return pairs
      const turned = documents.map((document) => pairOf(document, far, near, other))
      return [...pairs, ...turned].filter((pair) => asked.has(pair.key))
    },
  }
}

export type Edge = NonNullable<ReadRequest['by']>

export const fieldOf = (fields: ReadonlyMap<string, Field>, path: readonly string[]): Field =>
  fieldsAlong(fields, path)[0] as Field

/** Pairs in lists of the parents. */
const overLists = ({ from, fromKey }: Edge): Pairing => {
  const list = fieldOf(from.fields, fromKey.paths[0] ?? [])
  const column = keyOf(list)
  const paired = hasPayload(list)
  const id = decode(fieldOf(from.fields, from.primaryKey))
  return {
    pipeline: (_, keys) => ({
      collection: from.collection,
      stages: [{ $match: { _id: amongAll(keys) } }, { $project: { _id: 1, [column]: 1 } }],
    }),
    read: (documents) =>
      documents.flatMap((document) => {
        const key = id(document['_id'])
        const entries = (document[column] ?? []) as readonly Row[]
        return entries.map((entry, place) => ({ key, far: paired ? entry['id'] : entry, link: entry, place }))
      }),
  }
}

/** How the request's pairs are read; null where one pipeline does better. */
export const pairingOf = (request: ReadRequest & { by: Edge }, parts: readonly Filter[]): Pairing | null => {
  const { by, node, counting } = request
  if (counting || node.lock !== null || node.limit !== null || node.offset !== null) return null
  if (node.order.some(asksLinkOrder)) return null
  const ofPairs = parts.filter(asksLink)
  if (!ofPairs.every(asksLinkOnly)) return null
  if (by.through !== null) return overPairs(request, by.through, ofPairs)
  const listed = by.fromKey.many && !by.embedded && fromTargets(by) === by
  return listed && ofPairs.length === 0 ? overLists(by) : null
}
