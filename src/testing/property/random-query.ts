/** Random queries: filters, orders, pages, shapes, populate trees. */
import type { FieldDescription } from '../oracle/index.js'
import type { RandomData } from './random-data.js'
import type { End } from './random-ends.js'
import { COMPARED, type Query, randomWhere, withLink } from './random-where.js'

/** Where a query stands: each place takes different options. */
export interface QueryPlace {
  /** steps from the root */
  readonly depth: number
  /** the end that leads here; null at a root */
  readonly end: End | null
  /** of a handle, which has no parent to inherit from */
  readonly ofHandle?: boolean
}

const ROOT: QueryPlace = { depth: 0, end: null }

export function randomQuery(data: RandomData, model: string, place: QueryPlace = ROOT): Query {
  const { random } = data
  const { depth, end } = place
  const many = end?.many ?? true
  const query: Query = {}
  if (random.chance(0.4)) {
    const where = randomWhere(data, model, depth + 1)
    query['where'] = end?.many ? withLink(data, end, where) : where
  }
  if (many && random.chance(0.4)) query['orderBy'] = randomOrder(data, model, end)
  if (many && random.chance(0.25)) query['limit'] = random.below(4)
  if (many && random.chance(0.2)) query['offset'] = random.below(3)
  return { ...query, ...randomShape(data, model, place) }
}

/** What a result looks like: fields, ends and counts. */
export function randomShape(data: RandomData, model: string, place: QueryPlace = ROOT): Query {
  const { random } = data
  const { depth, end, ofHandle = false } = place
  const query: Query = {}
  if (random.chance(0.2)) {
    const modes = ['include', 'only', ...(end && !ofHandle ? ['inherit', 'inherit'] : [])]
    query['deleted'] = random.pick(modes)
  }
  if (depth < 2 && random.chance(0.7)) query['populate'] = randomPopulate(data, model, depth)
  if (random.chance(0.2)) Object.assign(query, randomFields(data, model))
  const lists = data.ends(model).filter((candidate) => candidate.many)
  if (random.chance(0.25)) query['count'] = lists.length > 0 ? randomCount(data, random.pick(lists)) : {}
  return query
}

function randomCount(data: RandomData, end: End): Query {
  const { random } = data
  const options = random.pick<() => unknown>([
    () => true,
    () => ({ deleted: random.pick(['include', 'only', 'inherit']) }),
    () => ({ where: withLink(data, end, randomWhere(data, end.target, 2)) }),
  ])()
  return { [end.name]: options }
}

function randomFields(data: RandomData, model: string): Query {
  const { random } = data
  const fields = Object.entries(data.described(model).fields)
  const shown = fields.filter(
    ([, field]) => field.hidden !== true && (field.kind !== 'many' || isOneSided(field)),
  )
  const hidden = fields.filter(([, field]) => field.hidden === true).map(([name]) => name)
  const names = random.some(
    shown.map(([name]) => name),
    3,
  )
  const reveal = hidden.length > 0 && random.chance(0.5) ? { reveal: hidden } : {}
  return { ...(random.chance(0.5) ? { select: names } : { omit: names }), ...reveal }
}

const isOneSided = (field: FieldDescription): boolean =>
  field.kind === 'many' && field.inverse === undefined && field.symmetric !== true

/** Some ends, and references inside embedded structures. */
export function randomPopulate(data: RandomData, model: string, depth: number): Query {
  const { random } = data
  const tree: Query = {}
  for (const end of random.some(data.ends(model), 3)) {
    tree[end.name] = random.chance(0.4) ? true : randomQuery(data, end.target, { depth: depth + 1, end })
  }
  for (const [name, field] of Object.entries(data.described(model).fields)) {
    if (!random.chance(0.4)) continue
    const inside = embeddedTree(data, field, depth)
    if (inside !== undefined) tree[name] = inside
  }
  return tree
}

/** Undefined where nothing inside leads anywhere. */
function embeddedTree(data: RandomData, field: FieldDescription, depth: number): unknown {
  if (field.kind === 'array') {
    const { item } = field
    return item.kind === 'one' ? oneQuery(data, item.target, depth) : embeddedTree(data, item, depth)
  }
  if (field.kind !== 'object') return undefined
  const tree: Query = {}
  for (const [name, member] of Object.entries(field.fields)) {
    const inside =
      member.kind === 'one' ? oneQuery(data, member.target, depth) : embeddedTree(data, member, depth)
    if (inside !== undefined) tree[name] = inside
  }
  return Object.keys(tree).length === 0 ? undefined : tree
}

function oneQuery(data: RandomData, target: string, depth: number): unknown {
  const end = { name: '', target, many: false, holder: true, payload: {}, oneSided: false, fills: null }
  return data.random.chance(0.4) ? true : randomQuery(data, target, { depth: depth + 1, end })
}

function randomOrder(data: RandomData, model: string, end: End | null): unknown {
  const { random } = data
  const direction = () => random.pick(['asc', 'desc'])
  const fields = Object.entries(data.described(model).fields).filter(([, field]) => isOrdered(field))
  const order: Query = {}
  for (const [name, field] of random.some(fields, 2)) {
    order[name] = field.kind === 'object' ? { x: direction() } : direction()
  }
  for (const other of random.some(data.ends(model), 1)) {
    if (other.many) order[other.name] = { $size: direction() }
    else if (other.holder && random.chance(0.2)) order[other.name] = direction()
    else order[other.name] = random.pick<Query>([{ title: direction() }, { id: direction() }])
  }
  const payload = Object.entries(end?.many ? end.payload : {}).filter(([, field]) => isOrdered(field))
  if (payload.length > 0 && random.chance(0.4)) order['$link'] = { [random.pick(payload)[0]]: direction() }
  if (random.chance(0.1)) order['id'] = direction()
  return random.chance(0.3) ? Object.entries(order).map(([name, term]) => ({ [name]: term })) : order
}

const isOrdered = (field: FieldDescription): boolean =>
  COMPARED.has(field.kind) || field.kind === 'boolean' || (field.kind === 'object' && 'x' in field.fields)
