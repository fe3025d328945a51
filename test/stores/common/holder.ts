/** A model with everything that can be changed in place, and a record of it. */
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { modelOf, oid } from './raw.js'

export const holderGraph = defineGraph({
  target: k.model({ name: k.string() }),
  holder: k.model(
    {
      name: k.string(),
      count: k.integer().optional(),
      big: k.bigint().optional(),
      real: k.number().optional(),
      price: k.decimal(6, 2).optional(),
      address: k
        .object({
          city: k.string().optional(),
          meta: k.json().optional(),
          since: k.date().optional(),
          tags: k.array(k.string()).optional(),
        })
        .optional(),
      items: k.array(
        k.object({
          title: k.string(),
          price: k.decimal(6, 2).optional(),
          weight: k.number().optional(),
          at: k.date().optional(),
          sold: k.boolean().optional(),
        }),
      ),
      numbers: k.array(k.number()),
      flags: k.array(k.boolean()),
      maybe: k.array(k.string()).optional(),
      list: k.many('target'),
      links: k.many('target', {
        inverse: 'holders',
        layout: 'array',
        payload: {
          at: k.date().optional(),
          extra: k.json().optional(),
          role: k.string().column('r').optional(),
        },
      }),
    },
    { version: true },
  ),
})
export const holder = modelOf(holderGraph, 'holder')

export const blank = {
  name: 'a',
  address: { city: 'Rome', meta: { b: 1, a: [1] }, since: null, tags: null },
  items: [
    { title: 'x', price: '1.50', weight: 0.1, at: new Date(0), sold: true },
    { title: 'y', price: null, weight: 1e300, at: null, sold: null },
  ],
  numbers: [0.1, 1, 1e21],
  flags: [true, false],
  list: [oid(1), oid(2)],
  links: [
    { id: oid(1), at: new Date(5), extra: { k: 1 }, role: 'x' },
    { id: oid(2), at: null, extra: null, role: null },
  ],
  version: 1,
}
