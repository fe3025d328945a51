import { expect, test } from 'vitest'
import { defineGraph, k } from '../../schema/loose.js'
import { type Loose, openGraph, refusal } from '../write/database.js'
import { shop } from '../write/shop.js'

async function prepare() {
  const opened = await openGraph(shop('join'))
  const { db } = opened
  const [a, b] = await db.product.createMany([
    { title: 'a', price: '1' },
    { title: 'b', price: '2' },
  ])
  const cart = await db.cart.create({
    items: [
      { product: a, quantity: 1 },
      { product: b, quantity: 2, note: 'n' },
      { product: a, quantity: 1 },
    ],
  })
  const items = async (): Promise<Loose[]> => (await db.cart.findById(cart.id)).items
  return { ...opened, a, b, cart, items, at: db.cart.at(cart.id) }
}

test('push appends elements, with what they create, and touches the record', async () => {
  const { db, cart, at, b, items } = await prepare()
  expect(await at.items.push({ product: b, quantity: 3 })).toEqual({ count: 1 })
  const made = [
    { product: { title: 'c', price: '3' }, quantity: 4 },
    { product: b.id, quantity: 5, note: 'x' },
  ]
  expect(await at.items.push(made)).toEqual({ count: 2 })
  expect((await items()).slice(3)).toEqual([
    { product: b.id, quantity: 3, note: null },
    { product: expect.any(String), quantity: 4, note: null },
    { product: b.id, quantity: 5, note: 'x' },
  ])
  expect(await db.product.count()).toBe(3)
  expect((await db.cart.findById(cart.id)).version).toBe(3)
  expect(await at.items.push([])).toEqual({ count: 0 })
  expect((await db.cart.findById(cart.id)).version).toBe(3)
})

test('update changes members of the elements that match, equal ones together', async () => {
  const { db, cart, at, a, items } = await prepare()
  expect(await at.items.update({ product: a.id }, { quantity: 9 })).toEqual({ count: 2 })
  expect((await items()).map(({ quantity, note }) => [quantity, note])).toEqual([
    [9, null],
    [2, 'n'],
    [9, null],
  ])
  expect(await at.items.update({ product: { title: 'b' } }, { note: null, quantity: 3 })).toEqual({
    count: 1,
  })
  expect((await items())[1]).toMatchObject({ quantity: 3, note: null })
  // What was so already is met, and touches nothing (R19).
  expect(await at.items.update({ quantity: { $gt: 2 } }, { note: null })).toEqual({ count: 3 })
  expect(await at.items.update({ quantity: 100 }, { product: 'f'.repeat(24) })).toEqual({ count: 0 })
  expect((await db.cart.findById(cart.id)).version).toBe(3)
})

test('remove takes the elements that match', async () => {
  const { db, cart, at, items } = await prepare()
  expect(await at.items.remove({ note: null })).toEqual({ count: 2 })
  expect((await items()).map(({ quantity }) => quantity)).toEqual([2])
  expect(await at.items.remove({ quantity: { $in: [7] } })).toEqual({ count: 0 })
  expect(await at.items.remove({})).toEqual({ count: 1 })
  expect(await items()).toEqual([])
  expect((await db.cart.findById(cart.id)).version).toBe(3)
})

test('what is wrong is refused with its place, and nothing is written', async () => {
  const { at, a, db, dump } = await prepare()
  const before = await dump()
  expect((await refusal(at.items.push([{ product: a, quantity: 1 }, { quantity: 'x' }]))).path).toBe(
    'items[1].product',
  )
  expect((await refusal(at.items.push(null))).code).toBe('KIN_VALIDATION')
  expect((await refusal(at.items.update({ qantity: 1 }, {}))).code).toBe('KIN_UNKNOWN_FIELD')
  expect((await refusal(at.items.update({}, { qantity: 1 }))).path).toBe('data.qantity')
  expect((await refusal(at.items.update({}, { product: 'f'.repeat(24) }))).path).toBe('data.product')
  expect((await refusal(at.items.update({}, 5))).code).toBe('KIN_VALIDATION')
  expect((await refusal(db.cart.at('f'.repeat(24)).items.remove({}))).code).toBe('KIN_NOT_FOUND')
  expect(await dump()).toEqual(before)
})

test('an array that is null is taken for empty; an immutable one is refused', async () => {
  const { db } = await openGraph(
    defineGraph({
      note: k.model({
        lines: k.array(k.object({ text: k.string() })).optional(),
        fixed: k.array(k.object({ text: k.string() })).immutable(),
      }),
    }),
  )
  const note = await db.note.create({ lines: null })
  expect(await db.note.at(note.id).lines.remove({})).toEqual({ count: 0 })
  expect(await db.note.at(note.id).lines.update({}, { text: 'x' })).toEqual({ count: 0 })
  expect(await db.note.at(note.id).lines.push({ text: 'a' })).toEqual({ count: 1 })
  expect(await db.note.findById(note.id)).toMatchObject({ lines: [{ text: 'a' }], fixed: [] })
  expect((await refusal(db.note.at(note.id).fixed.push({ text: 'a' }))).code).toBe('KIN_IMMUTABLE')
})

test('k.array(k.one()) has no handle (R12)', async () => {
  const { at } = await prepare()
  expect(() => at.wishes).toThrow('There is no association or embedded array "wishes"')
})
