/** Random queries: filters over fields and associations, orders, pages, populate trees. */
import type { FieldDescription } from '../oracle/index.js'
import type { End, RandomData } from './random-data.js'

type Query = Record<string, unknown>
const COMPARED = new Set(['string', 'integer', 'bigint', 'number', 'decimal', 'date'])

export function randomWhere(data: RandomData, model: string, depth = 0): Query {
  const { random } = data
  if (depth < 2 && random.chance(0.25)) {
    const part = () => randomWhere(data, model, depth + 1)
    return random.pick<() => Query>([
      () => ({ $and: [part(), part()] }),
      () => ({ $or: [part(), part()] }),
      () => ({ $not: part() }),
    ])()
  }
  const where: Query = {}
  for (const [name, field] of random.some(Object.entries(data.described(model).fields), 2)) {
    const test = fieldTest(data, field)
    if (test !== undefined) where[name] = test
  }
  if (random.chance(0.1)) where['id'] = random.pick([data.id(model), { $in: [data.id(model), data.id(model)] }, { $ne: data.id(model) }])
  for (const end of random.some(data.ends(model), 1)) where[end.name] = endTest(data, end, depth)
  return where
}

function fieldTest(data: RandomData, field: FieldDescription): unknown {
  const { random } = data
  if (field.kind === 'many' || field.kind === 'one') return undefined
  if (field.kind === 'array') {
    if (field.item.kind === 'object') {
      const inside = { n: { $gte: random.below(3) } }
      return random.pick<unknown>([{ $some: inside }, { $every: inside }, { $none: inside }, { $size: random.below(3) }, { $size: { $gt: 0 } }])
    }
    return random.pick<unknown>([{ $contains: data.value(field.item) }, { $size: { $lte: 1 } }])
  }
  if (field.kind === 'object') return random.pick<unknown>([{ x: { $gt: 0 } }, { note: null }, null, { $exists: true }])
  const value = () => data.value({ ...field, optional: false })
  const tests: (() => unknown)[] = [value, () => ({ $ne: value() })]
  if (field.kind === 'json') return random.pick([...tests, () => null, () => ({ $exists: false })])()
  if (field.kind === 'binary') return random.pick([...tests])()
  tests.push(() => ({ $in: [value(), value(), null] }), () => ({ $nin: [value()] }), () => null, () => ({ $exists: true }), () => ({ $in: [] }))
  if (COMPARED.has(field.kind)) tests.push(() => ({ $gt: value() }), () => ({ $lte: value() }), () => ({ $not: { $gte: value() } }))
  if (field.kind === 'string') {
    tests.push(() => ({ $like: random.pick(['a%', '%B', '_', '%\\%', 'z\\_\\\\', '%']) }), () => ({ $ilike: random.pick(['A%', '%b%', 'É']) }))
  }
  return random.pick(tests)()
}

function endTest(data: RandomData, end: End, depth: number): unknown {
  const { random } = data
  const inside = (): Query => {
    const where = depth < 2 ? randomWhere(data, end.target, depth + 1) : {}
    return end.payload.includes('since') && random.chance(0.4) ? { ...where, $link: { since: { $gte: random.below(4) } } } : where
  }
  if (end.many) {
    return random.pick<() => Query>([
      () => ({ $some: inside() }),
      () => ({ $every: inside() }),
      () => ({ $none: inside() }),
      () => ({ $size: random.below(3) }),
      () => ({ $size: { $gte: 1 } }),
    ])()
  }
  const tests: (() => unknown)[] = [inside, () => null, () => ({ $exists: true })]
  if (end.holder) tests.push(() => data.id(end.target), () => ({ $ne: data.id(end.target) }), () => ({ $in: [data.id(end.target), data.id(end.target)] }))
  return random.pick(tests)()
}

export function randomQuery(data: RandomData, model: string, depth = 0, end?: End): Query {
  const { random } = data
  const many = !end || end.many
  const query: Query = {}
  if (random.chance(0.4)) query['where'] = randomWhere(data, model, depth + 1)
  if (many && random.chance(0.4)) query['orderBy'] = randomOrder(data, model)
  if (many && random.chance(0.25)) query['limit'] = random.below(4)
  if (many && random.chance(0.2)) query['offset'] = random.below(3)
  if (random.chance(0.2)) query['select'] = ['title']
  if (random.chance(0.2)) query['deleted'] = random.pick(depth === 0 ? ['include', 'only'] : ['include', 'only', 'inherit'])
  if (depth < 2 && random.chance(0.7)) query['populate'] = randomPopulate(data, model, depth)
  const lists = data.ends(model).filter((candidate) => candidate.many)
  if (lists.length > 0 && random.chance(0.25)) {
    query['count'] = { [random.pick(lists).name]: random.pick<unknown>([true, { deleted: 'include' }]) }
  }
  return query
}

function randomPopulate(data: RandomData, model: string, depth: number): Query {
  const tree: Query = {}
  for (const end of data.random.some(data.ends(model), 3)) {
    tree[end.name] = data.random.chance(0.4) ? true : randomQuery(data, end.target, depth + 1, end)
  }
  for (const [name, field] of Object.entries(data.described(model).fields)) {
    if (field.kind === 'array' && field.item.kind === 'object' && data.random.chance(0.4)) {
      tree[name] = { ref: data.random.pick<unknown>([true, { select: ['title'] }, { where: { title: { $like: 'a%' } } }]) }
    }
  }
  return tree
}

function randomOrder(data: RandomData, model: string): unknown {
  const { random } = data
  const direction = () => random.pick(['asc', 'desc'])
  const fields = Object.entries(data.described(model).fields).filter(([, field]) => COMPARED.has(field.kind) || field.kind === 'boolean')
  const order: Query = Object.fromEntries(random.some(fields, 2).map(([name]) => [name, direction()]))
  for (const end of random.some(data.ends(model), 1)) {
    order[end.name] = end.many ? { $size: direction() } : { title: direction() }
  }
  return random.chance(0.3) ? Object.entries(order).map(([name, term]) => ({ [name]: term })) : order
}
