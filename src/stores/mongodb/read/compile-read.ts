import type { Filter } from '../../../store/filter.js'
import { compareIds } from '../../../schema/values/compare-ids.js'
import { same } from '../../../store/convert.js'
import type { CompiledRead, ReadRequest, ReadResult, Session } from '../../../store/read.js'
import type { Features } from '../deployment.js'
import { match } from '../filter/compile.js'
import { countStage, restrict } from '../filter/related.js'
import { beginPipe, type Known, linkFields, nothingKnown, recordScope } from '../filter/scope.js'
import { lockForDelete, lockForLink } from '../guards.js'
import { type Resolve, resolvePlaces, resolveWith } from '../resolve.js'
import type { MongoSession } from '../session.js'
import { decode, encode } from '../values.js'
import { lookAhead, placesOf, planAhead, withAhead } from './ahead.js'
import { type Pipeline, runPipeline, textOf } from './command.js'
import { compileInTwo } from './in-two.js'
import { keyFields, type Keys, startKeyed } from './keyed.js'
import { orderOver, orderTerms, sortStage } from './order.js'
import { pageOf, pagesByKey, pageStages } from './page.js'
import { carryReader, gather, recordReader, type Row, type Wanted } from './show.js'

/** So many keys go into one command, which must stay below the size of a document. */
const MOST_KEYS = 10_000

const KEYS = '?keys'

/**
 * The targets come by ascending id, all of them: those of a few parents are sorted sooner here than by the server, which would
 * have to hold the whole documents for it.
 */
const sortsHere = ({ by, node, counting }: ReadRequest): boolean =>
  by !== null &&
  by.many &&
  !counting &&
  node.model.id !== null &&
  node.order.length === 0 &&
  node.lock === null &&
  node.limit === null &&
  node.offset === null &&
  !(by.ordered && by.holder)

/** The stages of a request, with the values and keys of one run. */
const pipelineOf = (
  request: ReadRequest,
  features: Features,
  resolve: Resolve,
  known: Known,
  keys: Keys,
): Pipeline => {
  const { node, by, counting } = request
  const pipe = beginPipe(resolve, known)
  const { stages } = pipe
  const start = by === null ? null : startKeyed(by, keys, pipe)
  const scope = recordScope(pipe, node.model.fields, by === null ? null : linkFields(by))
  stages.push(...(start?.stages ?? []))
  restrict(scope, [node.scope, node.where], match, start?.given)

  const page = pageOf(node, resolve)
  const paged = page.limit !== null || page.offset !== null
  const ordered = counting ? paged && by !== null : by === null || by.many || paged || node.order.length > 0
  const here = sortsHere(request)
  const sort =
    !ordered || here ? {} : by === null ? orderTerms(scope, node.order) : orderOver(scope, by, node.order)
  if (start === null || keys.one || !paged) stages.push(...sortStage(sort), ...pageStages(page))
  else {
    const [key, ...others] = start.key
    const partition = others.length === 0 ? `$${key}` : start.key.map((part) => `$${part}`)
    stages.push(...pagesByKey(page, sort, partition, features.windows))
  }

  const collection = start?.collection ?? node.model.collection
  if (counting) return { collection, stages: [...stages, ...countStage] }
  const shown = gather(scope, node, wantedOf(request))
  for (const part of start?.key ?? []) shown[part] = 1
  if (here || node.lock !== null) shown['_id'] = 1
  stages.push({ $project: shown })
  return { collection, stages }
}

const wantedOf = ({ by, link, carry }: ReadRequest): Wanted => ({ over: by, link, carry })

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

/** What is known of a keyed read's keys. */
interface Keyed {
  readonly encode: (keys: readonly unknown[]) => unknown[]
  readonly keyOf: (document: Row) => unknown
}

const at = (document: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((held, name) => (held as Row | undefined)?.[name], document)

const keyedBy = (request: ReadRequest): Keyed | null => {
  const { by } = request
  if (by === null) return null
  const fields = keyFields(by)
  const writing = fields.map(encode)
  const reading = fields.map(decode)
  const { key } = startKeyed(by, { list: KEYS, one: false }, beginPipe(resolvePlaces))
  const [path = ''] = key
  if (fields.length === 1) {
    return {
      encode: (keys) => keys.map((one) => writing[0]?.(one)),
      keyOf: (document) => reading[0]?.(at(document, path)),
    }
  }
  return {
    // A part that is null makes a key that is nobody's.
    encode: (keys) =>
      (keys as readonly (readonly unknown[])[])
        .filter((parts) => !parts.includes(null))
        .map((parts) => parts.map((part, index) => writing[index]?.(part))),
    keyOf: (document) => key.map((part, index) => reading[index]?.(at(document, part))),
  }
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
