/**
 * Keyed reads over pairs in two commands: the pairs of all parents, then their targets, each once however many parents have it.
 * Measured beside one pipeline, whose `$lookup` is made for every pair: about twice as fast. Some of each parent's targets
 * are left to the pipeline, because the server can stop where this would read them all.
 */
import { compareIds } from '../../../schema/values/compare-ids.js'
import type { Field } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import type { OrderTerm, ReadRequest, ReadResult } from '../../../store/read.js'
import { asksLink, asksLinkOnly, conditions } from '../filter/asks-link.js'
import { every } from '../filter/combine.js'
import { match } from '../filter/compile.js'
import { pairKeys } from '../filter/connect.js'
import { type Document, OWN } from '../filter/document.js'
import { restrict } from '../filter/related.js'
import {
  beginPipe,
  fieldsAlong,
  keyPath,
  type Known,
  linkFields,
  pairScope,
  recordScope,
} from '../filter/scope.js'
import { type Resolve, resolvePlaces } from '../resolve.js'
import type { MongoSession } from '../session.js'
import { decode, hasPayload, keyOf } from '../values.js'
import { type Ahead, lookAhead, placesOf, planAhead, withAhead } from './ahead.js'
import { type Pipeline, runPipeline, textOf } from './command.js'
import { among } from './keyed.js'
import { orderTerms, sortStage } from './order.js'
import { carryReader, gather, recordReader, type Row, type Wanted } from './show.js'

/** A pair as it was read: the parent's key as kinship shows it, the target's as it is stored. */
interface Pair {
  readonly key: unknown
  readonly far: unknown
  readonly link: Row
  readonly place: number
}

type Keys = readonly unknown[] | string

const amongAll = (list: Keys): Document => among({ list, one: list.length === 1 })

interface Pairing {
  pipeline(resolve: Resolve, keys: Keys): Pipeline
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

type Edge = NonNullable<ReadRequest['by']>

const fieldOf = (fields: ReadonlyMap<string, Field>, path: readonly string[]): Field =>
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
const pairingOf = (request: ReadRequest & { by: Edge }, parts: readonly Filter[]): Pairing | null => {
  const { by, node, counting } = request
  if (counting || node.lock !== null || node.limit !== null || node.offset !== null) return null
  if (node.order.some(asksLinkOrder)) return null
  const ofPairs = parts.filter(asksLink)
  if (!ofPairs.every(asksLinkOnly)) return null
  if (by.through !== null) return overPairs(request, by.through, ofPairs)
  return by.fromKey.many && !by.embedded && ofPairs.length === 0 ? overLists(by) : null
}

interface Targets {
  pipeline(resolve: Resolve, known: Known, ids: Keys): Pipeline
  /** the rows of the pairs, in order within each parent */
  result(pairs: readonly Pair[], documents: readonly Row[]): ReadResult
}

const targetsOf = (request: ReadRequest & { by: Edge }, parts: readonly Filter[]): Targets => {
  const { by: edge, node, link, carry } = request
  const wanted: Wanted = { over: edge, link, carry }
  const target = keyPath(edge.to.fields, edge.toKey.paths[0] ?? [])
  const show = decode(fieldOf(edge.to.fields, edge.toKey.paths[0] ?? []))
  const record = recordReader(node, wanted)
  const carried = carry.map((one) => carryReader(node, wanted, one))
  const stored = node.order.length === 0 && edge.ordered && edge.holder

  /** The pairs with their targets' documents, whatever became of the others. */
  const matched = (pairs: readonly Pair[], documents: readonly Row[]): (readonly [Pair, Row])[] => {
    const byTarget = new Map<unknown, (readonly [Pair, Row])[]>()
    for (const document of documents) byTarget.set(show(document[target]), [])
    const found = new Map(documents.map((document) => [show(document[target]), document]))
    for (const pair of pairs) {
      const id = show(pair.far)
      const document = found.get(id)
      if (document !== undefined) byTarget.get(id)?.push([pair, document])
    }
    const all = [...byTarget.values()].flat()
    if (node.order.length > 0) return all
    const byId = (a: Row, b: Row) => compareIds(show(a[target]), show(b[target]))
    return all.sort(([a, one], [b, other]) => (stored ? a.place - b.place : 0) || byId(one, other))
  }

  return {
    pipeline(resolve, known, ids) {
      const pipe = beginPipe(resolve, known)
      const scope = recordScope(pipe, edge.to.fields, linkFields(edge))
      restrict(
        scope,
        parts.filter((part) => !asksLink(part)),
        match,
        [{ [target]: amongAll(ids) }],
      )
      pipe.stages.push(...sortStage(orderTerms(scope, node.order)))
      const $project = gather(scope, node, { over: null, link: [], carry })
      $project[target] = 1
      return { collection: edge.to.collection, stages: [...pipe.stages, { $project }] }
    },
    result(pairs, documents) {
      const rows = matched(pairs, documents)
      const whole = rows.map(([pair, document]): Row => {
        return { ...document, [OWN]: { ...(document[OWN] as Row | undefined), link: pair.link } }
      })
      return {
        rows: whole.map(record),
        keys: rows.map(([{ key }]) => key),
        carried: carried.map((read) => whole.map(read)),
      }
    },
  }
}

/** A keyed read in two commands. */
export interface InTwo {
  readonly statement: string
  /**
   * @param keys as kinship shows them
   * @param list the same, encoded
   * @param most so many targets at most
   * @returns null where there are more
   */
  run(
    session: MongoSession,
    resolve: Resolve,
    keys: readonly unknown[],
    list: readonly unknown[],
    most: number,
  ): Promise<ReadResult | null>
}

/** Compiles a keyed read in two commands; null where one pipeline does better. */
export const compileInTwo = (request: ReadRequest): InTwo | null => {
  const { by, node } = request
  if (by === null) return null
  const keyed = { ...request, by }
  const parts = [node.scope, node.where].flatMap(conditions)
  const pairing = pairingOf(keyed, parts)
  if (pairing === null) return null
  const targets = targetsOf(keyed, parts)
  const ahead: readonly Ahead[] = planAhead(request)
  const first = textOf(pairing.pipeline(resolvePlaces, '?keys'))
  const second = textOf(targets.pipeline(resolvePlaces, placesOf(ahead), '?targets'))
  const show = decode(fieldOf(by.to.fields, by.toKey.paths[0] ?? []))
  return {
    statement: `${first}; ${withAhead(ahead, second)}`,
    async run(session, resolve, keys, list, most) {
      const documents: Document[] = await runPipeline(session, pairing.pipeline(resolve, list), first)
      const pairs = pairing.read(documents, new Set(keys))
      const ids = new Map(pairs.map(({ far }) => [show(far), far]))
      if (ids.size > most) return null
      if (ids.size === 0) return targets.result([], [])
      const known = await lookAhead(session, ahead, resolve)
      const pipeline = targets.pipeline(resolve, known, [...ids.values()])
      return targets.result(pairs, await runPipeline(session, pipeline, second))
    },
  }
}
