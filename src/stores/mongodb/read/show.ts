/** What a node shows: the stages that gather it, and the code that makes records of the documents. */
import { fail } from '../../../errors/index.js'
import type { Edge, Field } from '../../../schema/graph.js'
import { compareIds } from '../../../schema/values/compare-ids.js'
import type { Convert } from '../../../store/convert.js'
import type { Carry, ChildNode, ReadNode } from '../../../store/read.js'
import { match } from '../filter/compile.js'
import { connect, connectPairs } from '../filter/connect.js'
import { type Document, OWN, own } from '../filter/document.js'
import { countStage, restrict } from '../filter/related.js'
import { keyPath, linkFields, type Scope } from '../filter/scope.js'
import { decode, hasPayload, keyOf } from '../values.js'
import { orderOver, sortStage } from './order.js'
import { pageOf, pageStages } from './page.js'

export type Row = Record<string, unknown>

/** What is asked of a node's documents besides the node itself. */
export interface Wanted {
  /** the edge that leads to the node, and the fields of its payload that are shown */
  readonly over: Edge | null
  readonly link: readonly Field[]
  readonly carry: readonly Carry[]
}

const below = (carry: readonly Carry[], { path }: ChildNode): readonly Carry[] =>
  carry
    .filter(({ at }) => at.length > 0 && path.every((name, index) => at[index] === name))
    .map((carried) => ({ ...carried, at: carried.at.slice(path.length) }))

const wantedOf = (child: ChildNode, carry: readonly Carry[]): Wanted => ({
  over: child.edge,
  link: child.link,
  carry: below(carry, child),
})

/** Every field that is read of a node's document, each once. */
const fieldsOf = (node: ReadNode, { carry }: Wanted): readonly Field[] => [
  ...new Set([...node.fields, ...carry.filter(({ at }) => at.length === 0).flatMap(({ fields }) => fields)]),
]

/** The edge of a list that is shown from a join. */
const shownFrom = ({ kind, stored, edge }: Field) =>
  kind === 'list' && !stored && edge !== null && edge.through !== null
    ? { edge, through: edge.through }
    : null

const inStatement = ({ strategy }: ChildNode): boolean => strategy !== 'batch'

/** Ids that are stored in a join, in the stored order, as they are: deleted targets included (R20). */
const gatherPairs = (scope: Scope, field: Field, as: string): void => {
  const shown = shownFrom(field)
  if (shown === null) return
  connectPairs(scope, shown.edge, shown.through, as, ({ far, position }) => [
    { $sort: position === null ? { [far]: 1 } : { [position]: 1, [far]: 1 } },
    { $project: { _id: 0, id: `$${far}` } },
  ])
}

const gatherChild = (scope: Scope, child: ChildNode, as: string, carry: readonly Carry[]): void => {
  const { edge, node, strategy } = child
  connect(scope, edge, as, (target) => {
    restrict(target, [node.scope, node.where], match)
    if (strategy === 'aggregate') {
      const page = pageOf(node, target.pipe.resolve)
      target.pipe.stages.push(...sortStage(orderOver(target, edge, node.order)), ...pageStages(page))
    }
    target.pipe.stages.push({ $project: gather(target, node, wantedOf(child, carry)) })
  })
}

/** Adds the stages that gather what a node shows; @returns the projection of it */
export const gather = (scope: Scope, node: ReadNode, wanted: Wanted): Document => {
  const shown: Document = {}
  fieldsOf(node, wanted).forEach((field, at) => {
    if (shownFrom(field) === null) shown[keyOf(field)] = 1
    else {
      gatherPairs(scope, field, own(`l${at}`))
      shown[own(`l${at}`)] = 1
    }
  })
  node.children.forEach((child, at) => {
    if (!inStatement(child)) return
    gatherChild(scope, child, own(`c${at}`), wanted.carry)
    shown[own(`c${at}`)] = 1
  })
  node.counts?.forEach((term, at) => {
    connect(scope, term.edge, own(`n${at}`), (target) => {
      restrict(target, [term.scope, term.where], match)
      target.pipe.stages.push(...countStage)
    })
    shown[own(`n${at}`)] = 1
  })
  if (wanted.over !== null && wanted.link.length > 0) {
    scope.pipe.linked = true
    for (const { name } of wanted.link) shown[own(`link.${keyPath(linkFields(wanted.over), [name])}`)] = 1
  }
  if (Object.keys(shown).length === 0) return { _id: 1 }
  return '_id' in shown ? shown : { _id: 0, ...shown }
}

type Read = (document: Row) => unknown

const owned = (document: Row, name: string): unknown => (document[OWN] as Row | undefined)?.[name]

/** A list that is not ordered shows its ids by value (R9, R10). */
const listOf = (field: Field): Convert => {
  const convert = decode(field)
  const sorted = field.edge?.ordered !== true && !hasPayload(field)
  return (raw) => {
    const ids = raw === undefined || raw === null ? [] : (convert(raw) as unknown[])
    return sorted ? ids.sort(compareIds) : ids
  }
}

const fieldReader = (field: Field, at: number): Read => {
  const shown = shownFrom(field)
  if (shown !== null) {
    const id = decode(shown.through.model.fields.get(shown.through.far[0] ?? '') ?? field)
    return (document) => (owned(document, `l${at}`) as Row[]).map((pair) => id(pair['id']))
  }
  const key = keyOf(field)
  const convert = field.kind === 'list' ? listOf(field) : decode(field)
  return (document) => convert(document[key] ?? null)
}

const childReader = (child: ChildNode, at: number, carry: readonly Carry[]): Read | null => {
  const { edge, strategy, node } = child
  // Inside embedded structures ids are replaced where they stand, so there is no place to keep.
  if (strategy === 'batch') return edge.embedded && edge.holder ? null : () => (edge.many ? [] : null)
  const read = recordReader(node, wantedOf(child, carry))
  if (strategy === 'aggregate') return (document) => (owned(document, `c${at}`) as Row[]).map(read)
  return (document) => {
    const [target] = owned(document, `c${at}`) as Row[]
    return target === undefined ? null : read(target)
  }
}

const linkReader = ({ over, link }: Wanted): Read | null => {
  if (over === null || link.length === 0) return null
  const members = link.map(({ name }) => {
    const field = linkFields(over).get(name)
    if (field === undefined)
      return fail('KIN_INTERNAL', { message: `"${over.association}" has no payload "${name}".` })
    return { name, key: keyOf(field), convert: decode(field) }
  })
  return (document) => {
    const pairing = (owned(document, 'link') ?? {}) as Row
    const shown: Row = {}
    for (const { name, key, convert } of members) shown[name] = convert(pairing[key] ?? null)
    return shown
  }
}

/** Makes records of documents: members in the order of fields, ends, `$count`, `$link`. */
export const recordReader = (node: ReadNode, wanted: Wanted): ((document: Row) => Row) => {
  const members: (readonly [name: string, read: Read])[] = []
  const fields = fieldsOf(node, wanted)
  for (const field of node.fields) members.push([field.name, fieldReader(field, fields.indexOf(field))])
  node.children.forEach((child, at) => {
    const read = childReader(child, at, wanted.carry)
    if (read !== null) members.push([child.path.join('.'), read])
  })
  if (node.counts !== null) members.push(['$count', countsReader(node.counts)])
  const link = linkReader(wanted)
  if (link !== null) members.push(['$link', link])
  return (document) => {
    const record: Row = {}
    for (const [name, read] of members) {
      // Assigning to `__proto__` would set a prototype.
      if (name === '__proto__') Object.defineProperty(record, name, { value: read(document), ...plain })
      else record[name] = read(document)
    }
    return record
  }
}

const plain = { configurable: true, enumerable: true, writable: true }

const countsReader =
  (counts: NonNullable<ReadNode['counts']>): Read =>
  (document) =>
    Object.fromEntries(
      counts.map(({ name }, at) => {
        const [counted] = owned(document, `n${at}`) as { n: number | bigint }[]
        return [name, Number(counted?.n ?? 0)]
      }),
    )

/** Reads what is carried for the batches that follow: of the document, or of records joined to it. */
export const carryReader = (node: ReadNode, wanted: Wanted, carried: Carry): Read => {
  const { at, fields } = carried
  if (at.length === 0) {
    const all = fieldsOf(node, wanted)
    const [only, ...others] = fields.map((field) => fieldReader(field, all.indexOf(field)))
    if (only !== undefined && others.length === 0) return only
    return (document) => [only, ...others].map((read) => read?.(document))
  }
  const index = node.children.findIndex(({ path }) => path.every((name, place) => at[place] === name))
  const child = node.children[index]
  if (child === undefined)
    return fail('KIN_INTERNAL', { message: `No record is joined at "${at.join('.')}" to carry a key of.` })
  const inner = carryReader(child.node, wantedOf(child, wanted.carry), {
    at: at.slice(child.path.length),
    fields,
  })
  return (document) => {
    const [target] = owned(document, `c${index}`) as Row[]
    return target === undefined ? (fields.length === 1 ? null : fields.map(() => null)) : inner(target)
  }
}
