/** R17 and R19: references inside embedded structures, and which records a write touches. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase } from './conformance-case.js'

export const embeddedCases: readonly ConformanceCase[] = [
  {
    rule: 'R17',
    title: 'a weak tie takes the nearest enclosing element, or unsets an optional reference',
    async run({ open }) {
      const product = k.model({ name: k.string() }, { softDelete: true })
      const cart = k.model({
        items: k.array(k.object({ product: k.one('product', { onDelete: 'weak' }), quantity: k.integer() })),
        gift: k.object({ product: k.one('product').optional(), note: k.string() }),
      })
      const db = await open(defineGraph({ product, cart }))
      const [x, y] = (await db.product.createMany([{ name: 'x' }, { name: 'y' }])).map(({ id }) => id) as [
        string,
        string,
      ]
      const lines = [x, y, x].map((id, quantity) => ({ product: id, quantity }))
      const { id } = await db.cart.create({ items: lines, gift: { product: x, note: 'n' } })
      await db.product.delete(x)
      const cut = await db.cart.findById(id)
      assert.deepEqual(cut?.items, [{ product: y, quantity: 1 }])
      assert.deepEqual(cut?.gift, { product: null, note: 'n' })
      // The journal knows each element and its place.
      await db.product.restore(x)
      const back = await db.cart.findById(id)
      assert.deepEqual([back?.items, back?.gift], [lines, { product: x, note: 'n' }])
    },
  },
  {
    rule: 'R17',
    title: 'a strong tie inside an array deletes the whole record',
    async run({ open }) {
      const product = k.model({ name: k.string() })
      const line = k.object({ product: k.one('product', { onDelete: 'strong' }) })
      const db = await open(defineGraph({ product, cart: k.model({ items: k.array(line) }) }))
      const { id } = await db.product.create({ name: 'x' })
      await db.cart.createMany([{ items: [{ product: id }] }, { items: [] }])
      assert.deepEqual((await db.product.delete(id)).deleted, { product: 1, cart: 1 })
      assert.equal(await db.cart.count(), 1)
    },
  },
  {
    rule: 'R17',
    title: 'embedded references are populated and filtered in place',
    async run({ open }) {
      const product = k.model({ name: k.string() })
      const line = k.object({ product: k.one('product'), quantity: k.integer() })
      const db = await open(defineGraph({ product, cart: k.model({ items: k.array(line) }) }))
      const { id } = await db.product.create({ name: 'x' })
      const cart = await db.cart.create({ items: [] })
      await db.cart.at(cart.id).items.push([{ product: id, quantity: 1 }])
      assert.deepEqual(await db.cart.at(cart.id).items.update({ product: id }, { quantity: 5 }), { count: 1 })
      const where = { items: { $some: { product: { name: 'x' }, quantity: 5 } } }
      assert.deepEqual(await db.cart.find({ where, populate: { items: { product: true } } }), [
        { id: cart.id, items: [{ product: { id, name: 'x' }, quantity: 5 }] },
      ])
      assert.deepEqual(await db.cart.at(cart.id).items.remove({ quantity: { $gt: 4 } }), { count: 1 })
    },
  },
  {
    rule: 'R19',
    title: 'a write touches whose shown content it changes: one-sided lists their holder, pairs nobody',
    layouts: ['join', 'array', 'mirror'],
    async run({ open, many: layout, oneSided }) {
      const user = k.model({ name: k.string() }, { version: true })
      const group = k.model(
        {
          name: k.string(),
          members: k.many('user', { inverse: 'groups', layout }),
          watchers: k.many('user', { layout: oneSided }),
        },
        { version: true },
      )
      const db = await open(defineGraph({ user, group }))
      const { id: a } = await db.user.create({ name: 'a' })
      const { id: g } = await db.group.create({ name: 'g' })
      const versions = async () => [
        (await db.group.findById(g))?.version,
        (await db.user.findById(a))?.version,
      ]
      await db.group.at(g).members.add(a)
      await db.user.at(a).groups.remove(g)
      assert.deepEqual(await versions(), [1, 1])
      await db.group.at(g).watchers.add(a)
      assert.deepEqual(await versions(), [2, 1])
      await db.group.update(g, { name: 'g' })
      assert.deepEqual(await versions(), [2, 1])
    },
  },
  {
    rule: 'R19',
    title: 'a to-one touches its holder, unset by a tie too',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const user = k.model({ name: k.string() }, { version: true })
      const note = k.model(
        { text: k.string(), by: k.one('user', { inverse: 'notes', layout }).optional() },
        { version: true, timestamps: true },
      )
      const db = await open(defineGraph({ user, note }))
      const { id: a } = await db.user.create({ name: 'a' })
      const { id: n, updatedAt } = await db.note.create({ text: 'n' })
      await sleep(2)
      await db.user.at(a).notes.add(n)
      assert.deepEqual([(await db.note.findById(n))?.version, (await db.user.findById(a))?.version], [2, 1])
      await db.user.delete(a)
      const touched = await db.note.findById(n)
      assert.deepEqual([touched?.version, touched?.by], [3, null])
      assert.ok(touched !== null && touched.updatedAt > updatedAt)
    },
  },
]
