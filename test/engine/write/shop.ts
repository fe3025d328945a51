/** A graph with every kind of association, its lists in the layout under test, and nothing given by default. */
import type { Graph } from '../../../src/schema/graph.js'
import { defineGraph, k } from '../../schema/loose.js'

export type Layout = 'join' | 'array'
export const layouts: readonly Layout[] = ['join', 'array']

export const shop = (layout: Layout): Graph =>
  defineGraph({
    user: k.model(
      {
        name: k.string(),
        email: k.string().optional().unique(),
        age: k.integer().optional(),
        password: k.string().optional().hidden(),
        code: k.string().default('none').immutable(),
        manager: k.one('user', { inverse: 'reports' }).optional(),
      },
      { softDelete: true, timestamps: true, version: true },
    ),
    profile: k.model(
      { bio: k.string().optional(), user: k.one('user', { inverse: 'profile' }).unique() },
      { softDelete: true, version: true },
    ),
    badge: k.model(
      { label: k.string(), user: k.one('user', { inverse: 'badge' }).optional().unique() },
      { version: true },
    ),
    post: k.model(
      {
        title: k.string(),
        author: k.one('user', { inverse: 'posts' }),
        editor: k.one('user', { inverse: 'edited', onDelete: 'dirty' }).optional(),
        hashtags: k.many('hashtag', { layout }),
      },
      { softDelete: true, version: true },
    ),
    hashtag: k.model({ text: k.string() }, { softDelete: true }),
    group: k.model(
      {
        name: k.string(),
        members: k.many('user', {
          inverse: 'groups',
          layout,
          payload: { role: k.string(), since: k.integer().default(7), note: k.string().optional() },
        }),
      },
      { version: true },
    ),
    list: k.model(
      { name: k.string(), entries: k.many('hashtag', { inverse: 'lists', ordered: true, layout }) },
      { version: true },
    ),
    person: k.model({
      name: k.string(),
      friends: k.many('person', { symmetric: true, payload: { since: k.integer().optional() } }),
      follows: k.many('person', { inverse: 'followers', layout }),
    }),
    cart: k.model(
      {
        owner: k.one('user', { inverse: 'cart' }).optional().unique(),
        address: k.object({ city: k.string(), country: k.one('country').optional() }).optional(),
        items: k.array(
          k.object({
            product: k.one('product', { onDelete: 'dirty' }),
            quantity: k.integer(),
            note: k.string().optional(),
          }),
        ),
        wishes: k.array(k.one('product', { onDelete: 'dirty' })),
      },
      { version: true },
    ),
    product: k.model({ title: k.string(), price: k.decimal(6, 2) }, { softDelete: true }),
    country: k.model({ id: k.id.string(), name: k.string() }),
    counter: k.model({
      id: k.id.integer(),
      name: k.string(),
      parent: k.one('counter', { inverse: 'children' }).optional(),
    }),
  })
