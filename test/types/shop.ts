/** The graph of the design's examples, with every kind of field in one model. */
import { type Db, defineGraph, k } from 'kinship'

export const user = k.model(
  {
    name: k.string(),
    email: k.string().unique(),
    password: k.string().hidden(),
    age: k.integer().optional(),
    address: k
      .object({ street: k.string(), country: k.one('country'), note: k.string().optional() })
      .optional(),
  },
  { softDelete: true, timestamps: true },
)

export const profile = k.model(
  {
    bio: k.string().optional(),
    user: k.one('user', { inverse: 'profile', onDelete: 'soft' }).unique(),
  },
  { softDelete: true },
)

export const post = k.model(
  {
    title: k.string(),
    slug: k.string().immutable().default('untitled'),
    author: k.one('user', { inverse: 'posts', onDelete: 'soft' }),
    editor: k.one('user', { inverse: 'edited' }).optional(),
    reviewer: k.one('user', { onDelete: 'dirty' }),
    hashtags: k.many('hashtag'),
  },
  { softDelete: true, version: true },
)

export const hashtag = k.model({ text: k.string().unique() })

export const group = k.model({
  name: k.string(),
  members: k.many('user', {
    inverse: 'groups',
    payload: { joinedAt: k.date().default(() => new Date()), role: k.string().optional() },
  }),
  banned: k.many('user', { inverse: 'bannedFrom', payload: { reason: k.string() } }),
})

export const country = k.model({ id: k.id.string(), name: k.string() })

export const cart = k.model({
  owner: k.one('user', { inverse: 'cart', onDelete: 'strong' }).unique(),
  items: k.array(k.object({ product: k.one('product'), quantity: k.integer() })),
  wishes: k.array(k.one('product')),
})

export const product = k.model(
  {
    id: k.id.integer(),
    title: k.string(),
    vendor: k.string(),
    code: k.string(),
    price: k.decimal(10, 2),
    stock: k.bigint().default(0n),
    weight: k.number().optional(),
    active: k.boolean().default(true),
    since: k.date(),
    state: k.enum(['draft', 'live', 'gone']).default('draft'),
    details: k.json<{ readonly color: string }>().optional(),
    anything: k.json().optional(),
    image: k.binary().optional(),
    description: k.text().optional(),
    tags: k.array(k.string()),
    sizes: k.array(k.integer()).optional(),
  },
  { unique: [['vendor', 'code']], indexes: [['title', 'vendor']] },
)

export const graph = defineGraph({ user, profile, post, hashtag, group, country, cart, product })
export type Shop = typeof graph

export declare const db: Db<Shop>
