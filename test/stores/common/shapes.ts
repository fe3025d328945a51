/** One graph with every shape of edge and every kind of field that a SQL statement can meet. */
import { defineGraph } from '../../../src/schema/define-graph.js'
import type { Edge, Field, Model } from '../../../src/schema/graph.js'
import { k } from '../../../src/schema/k.js'

const id = k.id.string()

const user = k.model(
  {
    id,
    name: k.string().optional(),
    age: k.integer().optional(),
    score: k.number().optional(),
    balance: k.decimal(18, 2).optional(),
    price: k.decimal(6, 2).optional(),
    views: k.bigint().optional(),
    active: k.boolean().optional(),
    born: k.date().optional(),
    settings: k.json().optional(),
    avatar: k.binary().optional(),
    role: k.enum(['admin', 'guest']).optional(),
    notes: k.text().optional().column('the "notes"'),
    tags: k.array(k.string()).optional(),
    marks: k.array(k.number()).optional(),
    address: k
      .object({
        city: k.string().optional().column('town'),
        floor: k.integer().optional(),
        rent: k.decimal(8, 2).optional(),
        ratio: k.number().optional(),
        since: k.date().optional(),
        owned: k.boolean().optional(),
        country: k.one('country').optional(),
      })
      .optional(),
    mentor: k.one('user', { inverse: 'mentees' }).optional(),
    friends: k.many('user', { symmetric: true, payload: { since: k.integer().optional() } }),
    follows: k.many('user', { inverse: 'followers' }),
  },
  { softDelete: true },
)

const country = k.model({ id, name: k.string() })

const profile = k.model({
  id,
  bio: k.string().optional(),
  user: k.one('user', { inverse: 'profile' }).unique().optional(),
})

const post = k.model(
  {
    id: k.id.integer(),
    title: k.string().optional(),
    stars: k.integer().optional(),
    author: k.one('user', { inverse: 'posts' }).optional(),
    hashtags: k.many('hashtag'),
    reviewers: k.many('user', { layout: 'join' }),
  },
  { softDelete: true },
)

const hashtag = k.model({ id, text: k.string() })

const group = k.model({
  id,
  name: k.string(),
  members: k.many('user', {
    inverse: 'groups',
    payload: { joinedAt: k.date().optional(), role: k.string().optional() },
  }),
})

const team = k.model({
  id,
  name: k.string(),
  players: k.many('user', {
    inverse: 'teams',
    layout: 'array',
    payload: { shirt: k.integer().optional(), fee: k.decimal(8, 2).optional(), from: k.date().optional() },
  }),
})

const club = k.model({
  id,
  name: k.string(),
  fans: k.many('user', { inverse: 'clubs', layout: 'array' }),
})

const course = k.model({
  id,
  name: k.string(),
  students: k.many('user', { inverse: 'courses', through: 'enrolment' }),
})

const enrolment = k.model({
  id,
  course: k.one('course'),
  student: k.one('user'),
  grade: k.integer().optional(),
})

const product = k.model({ id, title: k.string().optional(), stock: k.integer().optional() })

const cart = k.model({
  id,
  items: k
    .array(
      k.object({
        product: k.one('product').optional(),
        quantity: k.integer().optional(),
        gift: k.boolean().optional(),
        labels: k.array(k.string()).optional(),
      }),
    )
    .optional(),
  wishes: k.array(k.one('product')).optional(),
})

/** The compiled graph; untyped, because filters and nodes are built by hand here. */
export const shapes = defineGraph({
  user,
  country,
  profile,
  post,
  hashtag,
  group,
  team,
  club,
  course,
  enrolment,
  product,
  cart,
})

export const model = (name: string): Model => {
  const found = shapes.models.get(name)
  if (found === undefined) throw new Error(`no model ${name}`)
  return found
}

export const field = (of: string, ...path: string[]): Field => {
  let fields: ReadonlyMap<string, Field> | null = model(of).fields
  let found: Field | undefined
  for (const name of path) {
    found = fields?.get(name)
    fields = found?.fields ?? found?.item?.fields ?? null
  }
  if (found === undefined) throw new Error(`no field ${of}.${path.join('.')}`)
  return found
}

/** An end of a model: by its name, or by its dotted path inside embedded structures. */
export const end = (of: string, name: string): Edge => {
  const edges = [...model(of).ends.values(), ...model(of).embedded]
  const found = edges.find((edge) => edge.path.join('.') === name)
  if (found === undefined) throw new Error(`no end ${of}.${name}`)
  return found
}
