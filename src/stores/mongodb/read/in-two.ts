/**
 * Keyed reads over pairs in two commands: the pairs of all parents, then their targets, each once however many parents have it.
 * Measured beside one pipeline, whose `$lookup` is made for every pair: about twice as fast. Some of each parent's targets
 * are left to the pipeline, because the server can stop where this would read them all.
 */
import { compareIds } from '../../../schema/values/compare-ids.js'
import type { Filter } from '../../../store/filter.js'
import type { ReadRequest, ReadResult } from '../../../store/read.js'
import { asksLink, conditions } from '../filter/asks-link.js'
import { match } from '../filter/compile.js'
import { OWN } from '../filter/document.js'
import { restrict } from '../filter/related.js'
import { beginPipe, keyPath, type Known, linkFields, recordScope } from '../filter/scope.js'
import { type Resolve, resolvePlaces } from '../resolve.js'
import type { MongoSession } from '../session.js'
import { decode } from '../values.js'
import { lookAhead, placesOf, planAhead, withAhead } from './ahead.js'
import { type Pipeline, runPipeline, textOf } from './command.js'
import { orderTerms, sortStage } from './order.js'
import { amongAll, type Edge, fieldOf, type List, type Pair, pairingOf } from './pairing.js'
import { carryReader, recordReader, type Row } from './records.js'
import { gather, type Wanted } from './show.js'

interface Targets {
  pipeline(resolve: Resolve, known: Known, ids: List): Pipeline
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
  const ahead = planAhead(request)
  const first = textOf(pairing.pipeline(resolvePlaces, '?keys'))
  const second = textOf(targets.pipeline(resolvePlaces, placesOf(ahead), '?targets'))
  const show = decode(fieldOf(by.to.fields, by.toKey.paths[0] ?? []))
  return {
    statement: `${first}; ${withAhead(ahead, second)}`,
    async run(session, resolve, keys, list, most) {
      const documents = await runPipeline(session, pairing.pipeline(resolve, list), first)
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
