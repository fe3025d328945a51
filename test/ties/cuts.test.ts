import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../src/schema/define-graph.js'
import { k } from '../../src/schema/k.js'
import { type Cut, cutsIn, putBack, unset, withoutCuts } from '../../src/ties/cuts.js'

const { models } = defineGraph({
  product: k.model({}, { softDelete: true }),
  cart: k.model({
    items: k.array(
      k.object({
        product: k.one('product', { onDelete: 'weak' }),
        gift: k.one('product', { onDelete: 'weak' }).optional(),
        parts: k.array(k.object({ product: k.one('product', { onDelete: 'weak' }), count: k.integer() })),
      }),
    ),
    seen: k.array(k.one('product', { onDelete: 'weak' })),
    favourite: k
      .object({ product: k.one('product', { onDelete: 'weak' }).optional(), why: k.string() })
      .optional(),
  }),
})
const cart = models.get('cart')!
const fields = ['items', 'seen', 'favourite'].map((name) => cart.fields.get(name)!)

const row = () => ({
  items: [
    { product: 'a', gift: null, parts: [] },
    {
      product: 'b',
      gift: 'a',
      parts: [
        { product: 'c', count: 1 },
        { product: 'a', count: 2 },
      ],
    },
    { product: 'a', gift: 'a', parts: [{ product: 'a', count: 3 }] },
  ],
  seen: ['a', 'b', 'a'],
  favourite: { product: 'a', why: 'red' },
})

const cut = (...gone: string[]): Cut[] =>
  cutsIn(fields, row(), (_edge, target) => gone.includes(target as string))
const shown = (cuts: readonly Cut[]) => cuts.map(({ place, what }) => `${what} ${place.join('.')}`)

describe('R17: what a weak tie takes out of embedded structures', () => {
  test('an optional reference is unset, a required one takes the nearest element, and what is inside of that goes with it', () => {
    expect(shown(cut('a'))).toEqual([
      'element items.0',
      'reference items.1.gift',
      'element items.1.parts.1',
      'element items.2',
      'element seen.0',
      'element seen.2',
      'reference favourite.product',
    ])
    expect(withoutCuts(row(), cut('a'))).toEqual({
      items: [{ product: 'b', gift: null, parts: [{ product: 'c', count: 1 }] }],
      seen: ['b'],
      favourite: { product: null, why: 'red' },
    })
  })

  test('a cut keeps what stood there and every deleted record it named', () => {
    const [, , , last] = cut('a')
    expect(last).toMatchObject({ value: { product: 'a', gift: 'a', parts: [{ product: 'a', count: 3 }] } })
    expect(last?.targets.map(({ id }) => id)).toEqual(['a', 'a', 'a'])
    expect(cut('c')).toMatchObject([{ place: ['items', 1, 'parts', 0], value: { product: 'c', count: 1 } }])
  })

  test('nothing is cut where nothing is named', () => {
    expect(cut('z')).toEqual([])
    expect(cutsIn(fields, { items: [], seen: null, favourite: null }, () => true)).toEqual([])
  })

  test('the record that was given stays as it is', () => {
    const given = row()
    withoutCuts(
      given,
      cutsIn(fields, given, () => true),
    )
    expect(given).toEqual(row())
  })
})

describe('R26: putting back', () => {
  test('everything, in the order in which it stood, gives the record as it was', () => {
    for (const gone of [['a'], ['b'], ['a', 'b'], ['a', 'b', 'c']]) {
      const cuts = cut(...gone)
      const changed = withoutCuts(row(), cuts)
      expect(cuts.map((one) => putBack(changed, one))).not.toContain(false)
      expect(changed).toEqual(row())
    }
  })

  test('a reference returns only to where it is null, and only where there still is such a place', () => {
    const reference: Cut = { place: ['favourite', 'product'], what: 'reference', value: 'a', targets: [] }
    const taken = { favourite: { product: 'b', why: 'blue' } }
    expect(putBack(taken, reference)).toBe(false)
    expect(taken).toEqual({ favourite: { product: 'b', why: 'blue' } })
    expect(putBack({ favourite: null }, reference)).toBe(false)
  })

  test('an element returns as near to its old place as the array is long', () => {
    const element: Cut = { place: ['seen', 5], what: 'element', value: 'a', targets: [] }
    const short = { seen: ['b'] }
    expect(putBack(short, element)).toBe(true)
    expect(short).toEqual({ seen: ['b', 'a'] })
    expect(putBack({ seen: null }, element)).toBe(false)
  })

  test('a reference that was put back can be unset again', () => {
    const record = { favourite: { product: 'a' } }
    unset(record, ['favourite', 'product'])
    expect(record).toEqual({ favourite: { product: null } })
  })
})
