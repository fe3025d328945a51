// Requests that make little sense: whatever is sent, the answer is one that the document has, and never a failure.
import { expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { type Any, serve } from './support.js'

const graph = defineGraph({
  user: k.model(
    {
      name: k.string(),
      email: k.string().unique(),
      password: k.string().hidden().optional(),
      age: k.integer().optional(),
      role: k.one('role', { inverse: 'users' }).optional(),
      friends: k.many('user', { symmetric: true, payload: { since: k.date().optional() } }),
    },
    { softDelete: true, timestamps: true },
  ),
  role: k.model({
    id: k.id.integer(),
    name: k.enum(['a', 'b']),
    big: k.bigint().optional(),
    price: k.decimal(6, 2).optional(),
  }),
  post: k.model(
    {
      title: k.string(),
      author: k.one('user', { inverse: 'posts', onDelete: 'soft' }),
      tags: k.many('tag'),
    },
    { softDelete: true, version: true },
  ),
  tag: k.model({ id: k.id.string(), text: k.string() }),
  group: k.model({
    id: k.id.uuid(),
    name: k.string(),
    extra: k.json().optional(),
    blob: k.binary().optional(),
    members: k.many('user', { inverse: 'groups', payload: { role: k.string().optional() } }),
    address: k.object({ city: k.string(), boss: k.one('user').optional() }).optional(),
    lines: k.array(k.object({ n: k.number(), who: k.one('user').optional() })),
  }),
})

const REQUESTS = 2500

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return (state >> 8) % below
  }
}

const scalars = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  'x',
  '\u0000',
  '\ud800',
  '2020-01-01',
  '2020-13-01',
  '1.50',
  'a',
  'aGk=',
  '9'.repeat(20),
  {},
  [],
  { id: 1 },
  { id: 'x' },
  { $create: {} },
  { $inc: 1 },
  { $inc: 'x' },
  [null],
  [[1]],
]
const texts = [
  '',
  '1',
  '-1',
  'x',
  'true',
  'null',
  'a,b',
  '%',
  '\\',
  '2020-01-01',
  'posts',
  'groups.members',
  '-name',
  'posts.$size',
  'address.boss',
  'lines.who',
  'include',
  '[1]',
  '1.5',
  '\u0000',
]
const operators = [
  '$eq',
  '$ne',
  '$gt',
  '$in',
  '$nin',
  '$like',
  '$exists',
  '$not',
  '$some',
  '$every',
  '$none',
  '$size',
  '$contains',
  '$and',
  '$or',
  '$link',
  '0',
  'zz',
]
const words = [
  '$embed',
  '$select',
  '$sort',
  '$limit',
  '$skip',
  '$page',
  '$after',
  '$count',
  '$total',
  '$term',
  '$searchFields',
  '$deleted',
  'hard',
  'plan',
]
const members = [...graph.models.values()].flatMap(({ fields, ends }) => [...fields.keys(), ...ends.keys()])
const names = [
  ...new Set(members),
  '$link',
  '$create',
  'nope',
  'city',
  'boss',
  'n',
  'who',
  'childId',
  'hardDelete',
]

test('random requests get answers that are documented', async () => {
  const api = await serve(graph, { docs: {} })
  const { user, role, post, group, tag } = api.db
  const roles = await role.createMany([{ name: 'a' }, { name: 'b' }])
  const users = await user.createMany(
    [0, 1, 2, 3].map((at) => ({ name: `u${at}`, email: `e${at}`, role: roles[0]! })),
  )
  const tags = await tag.createMany([{ id: 'x', text: 'x' }])
  const posts = await post.createMany(users.map((author) => ({ title: 't', author, tags })))
  const groups = await group.createMany([{ name: 'g', members: users, lines: [{ n: 1 }] }])
  const ids = [
    '1',
    'x',
    '0'.repeat(24),
    ...[...users, ...posts, ...groups, ...tags].map((record) => record.id),
  ]
  const { paths } = (await api.send('GET /openapi.json')).body
  const routes = Object.entries<Any>(paths).flatMap(([path, operations]) =>
    Object.entries<Any>(operations).map(([method, { responses }]) => ({ path, method, responses })),
  )

  const below = numbers(42)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const several = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most) }, make)
  const value = (depth: number): unknown => {
    if (depth === 0 || below(4) > 0) return pick([...scalars, ...ids])
    return below(2) === 0 ? data(depth - 1) : several(3, () => value(depth - 1))
  }
  const data = (depth: number): unknown => Object.fromEntries(several(5, () => [pick(names), value(depth)]))
  const parameter = (): string => {
    const inside = several(4, () => `[${pick([...operators, ...names, ...words])}]`).join('')
    return `${encodeURIComponent(pick([...words, ...names]) + inside)}=${encodeURIComponent(pick([...texts, ...ids]))}`
  }
  const body = (): unknown => pick([() => data(3), () => [data(2), value(2), pick(ids)], () => value(2)])()

  const wrong: string[] = []
  const met = new Set<number>()
  for (let request = 0; request < REQUESTS; request++) {
    const { path, method, responses } = pick(routes)
    const query = method === 'get' || below(4) === 0 ? several(4, parameter).join('&') : ''
    const url = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(pick(ids))) + (query && `?${query}`)
    const sent = method === 'get' ? undefined : body()
    const headers = below(9) === 0 ? { 'if-match': pick(['*', '"x"', '"1-x"', 'junk']) } : {}
    const { status, text } = await api.send(`${method.toUpperCase()} ${url}`, sent, headers)
    met.add(status)
    if (status < 500 && responses[status]) continue
    wrong.push(`${status} ${method} ${url} ${JSON.stringify(sent)} ${text}`)
  }
  expect(wrong).toEqual([])
  expect([...met]).toEqual(expect.arrayContaining([200, 201, 400, 404, 409, 422]))
}, 120_000)
