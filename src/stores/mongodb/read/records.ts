/** The code that makes records of documents. */
import { fail } from '../../../errors/index.js'
import type { Field } from '../../../schema/graph.js'
import { compareIds } from '../../../schema/values/compare-ids.js'
import type { Convert } from '../../../store/convert.js'
import type { Carry, ChildNode, ReadNode } from '../../../store/read.js'
import { OWN } from '../filter/document.js'
import { linkFields } from '../filter/scope.js'
import { decode, hasPayload, keyOf } from '../values.js'
import { fieldsOf, shownFrom, type Wanted, wantedOf } from './show.js'

export type Row = Record<string, unknown>

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
