import { compareIds } from '../../../schema/values/compare-ids.js'
import { same } from '../../../store/convert.js'
import type { Filter } from '../../../store/filter.js'
import type { CompiledRead, ReadRequest, ReadResult, Session } from '../../../store/read.js'
import type { Features } from '../deployment.js'
import { nothingKnown } from '../filter/scope.js'
import { lockForDelete, lockForLink } from '../guards.js'
import { type Resolve, resolvePlaces, resolveWith } from '../resolve.js'
import type { MongoSession } from '../session.js'
import { decode } from '../values.js'
import { lookAhead, placesOf, planAhead, withAhead } from './ahead.js'
import { runPipeline, textOf } from './command.js'
import { compileInTwo } from './in-two.js'
import { pageOf } from './page.js'
import { keyedBy, type Keyed } from './parent-keys.js'
import { KEYS, pipelineOf, sortsHere, wantedOf } from './pipeline.js'
import { carryReader, recordReader, type Row } from './records.js'

/** So many keys go into one command, which must stay below the size of a document. */
const MOST_KEYS = 10_000

/** Makes the result of the documents. */
const resultReader = (
  request: ReadRequest,
): ((documents: readonly Row[], keyed: Keyed | null) => ReadResult) => {
  const { node, carry } = request
  const wanted = wantedOf(request)
  const record = recordReader(node, wanted)
  const carried = carry.map((one) => carryReader(node, wanted, one))
  return (documents, keyed) => ({
    rows: documents.map(record),
    keys: keyed === null ? null : documents.map(keyed.keyOf),
    carried: carried.map((read) => documents.map(read)),
  })
}

const counted = (documents: readonly Row[]): number => Number(documents[0]?.['n'] ?? 0)

const joined = (results: readonly ReadResult[]): ReadResult => {
  const [first, ...others] = results
  if (first === undefined || others.length === 0) return first ?? { rows: [], keys: [], carried: [] }
  return {
    rows: results.flatMap(({ rows }) => rows),
    keys: results.flatMap(({ keys }) => keys ?? []),
    carried: first.carried.map((_, index) => results.flatMap(({ carried }) => carried[index] ?? [])),
  }
}

/** The ids that a filter names, so that they can be guarded before anything is read; null where it names none. */
const idsNamed = (where: Filter): Extract<Filter, { readonly is: 'compare' }> | null => {
  if (where.is === 'all') return where.of.map(idsNamed).find((found) => found !== null) ?? null
  const named = where.is === 'compare' && where.operand.field.kind === 'id' && where.operand.of === 'record'
  return named && !where.negated && (where.op === 'eq' || where.op === 'in') ? where : null
}

/** Compiles a read. Its stages are made anew for each run, with the values in them. */
export const compileRead = (request: ReadRequest, features: Features): CompiledRead => {
  const { node, counting } = request
  const keyed = keyedBy(request)
  const read = resultReader(request)
  const empty: ReadResult = counting
    ? { rows: [{ count: 0 }], keys: null, carried: [] }
    : { rows: [], keys: keyed === null ? null : [], carried: request.carry.map(() => []) }
  const ahead = planAhead(request)
  const inTwo = compileInTwo(request)
  const whole = textOf(
    pipelineOf(request, features, resolvePlaces, placesOf(ahead), { list: KEYS, one: false }),
  )

  const documents = async (session: Session, resolve: Resolve, list: readonly unknown[]): Promise<Row[]> => {
    const known = ahead.length === 0 ? nothingKnown : await lookAhead(session as MongoSession, ahead, resolve)
    const pipeline = pipelineOf(request, features, resolve, known, { list, one: list.length === 1 })
    return runPipeline(session as MongoSession, pipeline, whole)
  }

  const named = node.lock === null ? null : idsNamed(node.where)

  const here = sortsHere(request)
  const { id } = node.model
  const show = id === null ? same : decode(id)
  const sorted = (found: readonly Row[]): readonly Row[] =>
    found
      .map((document) => ({ document, of: show(document['_id']) }))
      .sort((a, b) => compareIds(a.of, b.of))
      .map(({ document }) => document)

  const once = async (session: Session, resolve: Resolve, list: readonly unknown[]): Promise<ReadResult> => {
    if (named !== null)
      await lock(
        session,
        resolve(named.value, (ids) => (named.op === 'in' ? ids : [ids])),
      )
    const found = await documents(session, resolve, list)
    if (counting) return { rows: [{ count: counted(found) }], keys: null, carried: [] }
    if (here) return read(sorted(found), keyed)
    if (node.lock === null || named !== null) return read(found, keyed)
    return read(await locked(session, resolve, list, found), keyed)
  }

  const lock = (session: Session, ids: unknown): Promise<void> =>
    (node.lock === 'link' ? lockForLink : lockForDelete)(
      session as MongoSession,
      node.model,
      ids as readonly unknown[],
    )

  /** Guards what was found (R30) and looks again, at what was found: on some servers it may have changed in between. */
  const locked = async (
    session: Session,
    resolve: Resolve,
    list: readonly unknown[],
    found: readonly Row[],
  ): Promise<readonly Row[]> => {
    if (id === null || found.length === 0) return found
    const ids = new Set(found.map((document) => show(document['_id'])))
    await lock(session, [...ids])
    const again = await documents(session, resolve, list)
    return again.filter((document) => ids.has(show(document['_id'])))
  }

  const some = async (
    session: Session,
    resolve: Resolve,
    keys: readonly unknown[],
    list: readonly unknown[],
  ) =>
    (await inTwo?.run(session as MongoSession, resolve, keys, list, MOST_KEYS)) ??
    once(session, resolve, list)

  return {
    statement: inTwo?.statement ?? withAhead(ahead, whole),
    async run(session, values, keys) {
      const resolve = resolveWith(values)
      if (pageOf(node, resolve).limit === 0) return empty
      if (keyed === null) return once(session, resolve, [])
      const list = keyed.encode(keys)
      if (list.length === 0) return empty
      const results: ReadResult[] = []
      for (let from = 0; from < list.length; from += MOST_KEYS) {
        const to = from + MOST_KEYS
        results.push(await some(session, resolve, keys.slice(from, to), list.slice(from, to)))
      }
      if (!counting) return joined(results)
      const count = results.reduce((total, { rows }) => total + Number(rows[0]?.['count']), 0)
      return { rows: [{ count }], keys: null, carried: [] }
    },
  }
}
