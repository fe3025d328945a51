/**
 * Relations that are looked up before a read. A filter that asks for certain values beyond an edge ("posts whose author has
 * this address") begins best at those few records and goes back by an index; a `$lookup` would be made for every record.
 */
import type { Field } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import { namesOne, pinned } from '../../../store/pinned.js'
import type { ReadNode, ReadRequest } from '../../../store/read.js'
import { asksLink, conditions } from '../filter/asks-link.js'
import { match } from '../filter/compile.js'
import { pairKeys } from '../filter/connect.js'
import { type Document, own } from '../filter/document.js'
import { heldIds } from '../filter/held-ids.js'
import { restrict } from '../filter/related.js'
import { beginPipe, fieldsAlong, type Known, type Leaf, linkFields, recordScope } from '../filter/scope.js'
import { type Resolve, resolvePlaces } from '../resolve.js'
import type { MongoSession } from '../session.js'
import { decode } from '../values.js'
import { type Pipeline, runPipeline, textOf } from './command.js'

/** With more keys than these the records are asked one by one: by then many of them are met. */
const MOST_KEYS = 1_000

/** A relation, and those that its own filter begins with. */
export interface Ahead {
  readonly leaf: Leaf<'related' | 'relatedCount'>
  readonly inner: readonly Ahead[]
  /** it cannot be asked for later, so however many keys there are are read */
  readonly must: boolean
  /** its place in a statement's text */
  readonly name: string
}

type Unnamed = Omit<Ahead, 'name' | 'inner'> & { readonly inner: readonly Unnamed[] }

/** Names for the texts of statements, the innermost first, as they are sent. */
const named = (plan: readonly Unnamed[]): readonly Ahead[] => {
  let count = 0
  const name = (ahead: Unnamed): Ahead => {
    const inner = ahead.inner.map(name)
    count++
    return { ...ahead, inner, name: `?found${count}` }
  }
  return plan.map(name)
}

/** Its keys can be read from its targets. */
const isAhead = ({ edge, at, scope, where }: Leaf<'related'>): boolean => {
  if (at === 'element' || edge.fromKey.paths.length > 1 || !pinned(where, true)) return false
  return edge.through !== null || !(asksLink(scope) || asksLink(where))
}

const inFilter = (filter: Filter): readonly Unnamed[] => {
  if (filter.is === 'all' || filter.is === 'any') return filter.of.flatMap(inFilter)
  if (filter.is !== 'related') return []
  const inner = [...inFilter(filter.scope), ...inFilter(filter.where)]
  return isAhead(filter) ? [{ leaf: filter, inner, must: false }] : inner
}

const inNode = (node: ReadNode): readonly Unnamed[] => {
  const asked = namesOne(node.where) ? [] : [node.scope, node.where].flatMap(inFilter)
  const below = node.children.filter(({ strategy }) => strategy !== 'batch').map((child) => child.node)
  return [...asked, ...below.flatMap(inNode)]
}

/** What a read looks up before. One record is asked at once. */
export const planAhead = ({ node }: ReadRequest): readonly Ahead[] => named(inNode(node))

const inElements = (filter: Filter): readonly Unnamed[] => {
  if (filter.is === 'all' || filter.is === 'any') return filter.of.flatMap(inElements)
  if (filter.is === 'element') return inElements(filter.where)
  if (filter.is !== 'related' && filter.is !== 'relatedCount') return []
  return [{ leaf: filter, inner: [filter.scope, filter.where].flatMap(inFilter), must: true }]
}

/** The relations of array elements in the filters of a write, which cannot look anything up by itself. */
export const planInside = (filters: readonly Filter[]): readonly Ahead[] => named(filters.flatMap(inElements))

/** The keys that lead back from the targets to the records, a document for each target. */
const keysPipeline = ({ leaf, must }: Ahead, resolve: Resolve, known: Known): Pipeline => {
  const { edge, scope: seen, where } = leaf
  const { to, toKey, through, symmetric } = edge
  const pipe = beginPipe(resolve, known)
  const scope = recordScope(pipe, to.fields, linkFields(edge))
  const { stages } = pipe
  const [path = []] = toKey.paths
  const last = (key: unknown): Pipeline => {
    if (!must) stages.push({ $limit: MOST_KEYS + 1 })
    stages.push({ $project: { _id: 0, key } })
    return { collection: to.collection, stages }
  }
  if (through === null) {
    restrict(scope, [seen, where], match)
    return last(heldIds(to.fields, path, '$').ids)
  }
  const parts = [seen, where].flatMap(conditions)
  restrict(
    scope,
    parts.filter((part) => !asksLink(part)),
    match,
  )
  const { near, far } = pairKeys(through)
  const me = heldIds(to.fields, path, '$').ids
  const link = own('link')
  const isMe = (key: string): Document => ({ $eq: [`$${key}`, '$$me'] })
  const pairs: Document = symmetric
    ? { let: { me }, pipeline: [{ $match: { $expr: { $or: [isMe(near), isMe(far)] } } }] }
    : { localField: String(me).slice(1), foreignField: far }
  stages.push({ $lookup: { from: through.model.collection, ...pairs, as: link } }, { $unwind: `$${link}` })
  restrict(scope, parts.filter(asksLink), match)
  const one = `$${link}.${near}`
  return last(symmetric ? { $cond: [{ $eq: [one, me] }, `$${link}.${far}`, one] } : one)
}

/** The raw keys of the documents, each once; null where there are too many. */
const keysOf = ({ leaf, must }: Ahead, documents: readonly Document[]): readonly unknown[] | null => {
  const { from, fromKey } = leaf.edge
  const field = keyField(from.fields, fromKey.paths[0] ?? [])
  const show = decode({ ...field, kind: field.kind === 'list' ? 'reference' : field.kind })
  const keys = new Map<unknown, unknown>()
  for (const { key } of documents) {
    for (const each of Array.isArray(key) ? (key as unknown[]) : [key]) {
      if (each !== null && each !== undefined) keys.set(show(each), each)
    }
  }
  const many = documents.length > MOST_KEYS || keys.size > MOST_KEYS
  return many && !must ? null : [...keys.values()]
}

/** The field at the end of a path that may cross arrays. */
const keyField = (fields: ReadonlyMap<string, Field>, path: readonly string[]): Field => {
  const [name = '', ...rest] = path
  let [field] = fieldsAlong(fields, [name]) as [Field]
  while (field.item !== null) field = field.item
  return rest.length === 0 ? field : keyField(field.fields ?? new Map(), rest)
}

/** Looks up what is planned, the innermost first. What is found too often stays unknown. */
export const lookAhead = async (
  session: MongoSession,
  plan: readonly Ahead[],
  resolve: Resolve,
): Promise<Known> => {
  const known = new Map<Filter, readonly unknown[]>()
  for (const ahead of plan) {
    const inner = await lookAhead(session, ahead.inner, resolve)
    const documents = await runPipeline(session, keysPipeline(ahead, resolve, inner), textOfKeys(ahead))
    const keys = keysOf(ahead, documents)
    if (keys !== null) known.set(ahead.leaf, keys)
    else for (const [leaf, found] of inner) known.set(leaf, found as readonly unknown[])
  }
  return known
}

/** The places of what is looked up, in a statement's text. */
export const placesOf = (plan: readonly Ahead[]): Known => new Map(plan.map(({ leaf, name }) => [leaf, name]))

const textOfKeys = (ahead: Ahead): string => textOf(keysPipeline(ahead, resolvePlaces, placesOf(ahead.inner)))

/** A statement's text, with those in front that are sent before it. */
export const withAhead = (plan: readonly Ahead[], text: string): string => {
  const texts = (ahead: Ahead): readonly string[] => [
    ...ahead.inner.flatMap(texts),
    `${ahead.name} = ${textOfKeys(ahead)}`,
  ]
  return [...plan.flatMap(texts), text].join('; ')
}
