/** What every store makes of changes to stored places. */
import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { always, type Filter } from '../../../src/store/filter.js'
import type { BoundStore } from '../../../src/store/store.js'
import type { Change } from '../../../src/store/write.js'
import type { Graph } from '../../../src/schema/graph.js'
import { change, create, equals, fieldOf, oid, place, readAll, record, remove, whereId } from './raw.js'
import { blank, holder as model, holderGraph } from './holder.js'

export type OpenStore = (graph: Graph) => Promise<BoundStore>

async function openedWith(open: OpenStore, rows: readonly object[]): Promise<BoundStore> {
  const store = await open(holderGraph)
  const records = (rows.length > 0 ? rows : [{}]).map((row, at) => ({ ...blank, ...row, id: oid(10 + at) }))
  await create(store, model, ...records)
  return store
}

async function changed(store: BoundStore, changes: Change[], values: unknown[] = [], where: Filter = always) {
  const met = await change(store, model, where, changes, values)
  return { met, rows: await readAll(store, model) }
}

const spot = (...path: string[]) => place(model, ...path)
const fixed = (value: unknown) => ({ fixed: value })
const element = (...path: string[]) =>
  ({ of: 'element', path, field: fieldOf(model, ['items', ...path]) }) as const
const elementIs = (name: string, value: unknown): Filter => ({
  is: 'compare',
  operand: element(name),
  op: 'eq',
  value: { fixed: value },
  negated: false,
})

/** @param open a new, empty database for each call */
export const testChanges = (open: OpenStore): void => {
  describe('changes to stored places', () => {
    const opened = (...rows: object[]) => openedWith(open, rows)

    test('set: columns, members and whole structures, of all the records met and no others', async () => {
      const store = await opened({}, {}, { name: 'other' })
      const { met, rows } = await changed(
        store,
        [
          { at: spot('count'), op: 'set', value: { slot: 0 } },
          { at: spot('address', 'city'), op: 'set', value: { slot: 1 } },
          { at: spot('address', 'since'), op: 'set', value: fixed(new Date(7)) },
          { at: spot('address', 'meta'), op: 'set', value: fixed({ z: 1, a: { y: 2, b: 3 } }) },
          { at: spot('items'), op: 'set', value: fixed([]) },
        ],
        [7, 'Oslo'],
        equals(record(model, 'name'), 'a'),
      )
      expect(met).toBe(2)
      const expected = {
        count: 7,
        address: { city: 'Oslo', since: new Date(7), meta: { z: 1, a: { y: 2, b: 3 } }, tags: null },
        items: [],
      }
      expect(rows).toMatchObject([expected, expected, { name: 'other', count: null, items: blank.items }])
      const byMeta = equals(record(model, 'address', 'meta'), { a: { b: 3, y: 2 }, z: 1 })
      expect(await readAll(store, model, byMeta)).toHaveLength(2)
    })

    test('set: a member of an object that is null stays null, a member can become null', async () => {
      const store = await opened({ address: null }, {})
      const { rows } = await changed(store, [{ at: spot('address', 'city'), op: 'set', value: fixed(null) }])
      expect(rows).toMatchObject([{ address: null }, { address: { city: null, meta: blank.address.meta } }])
    })

    test('increment: every kind of number, and null stays null', async () => {
      const store = await opened({ count: 1, big: 2n ** 62n, real: 0.5, price: '0.10' }, {})
      const { rows } = await changed(store, [
        { at: spot('count'), op: 'increment', value: fixed(-3) },
        { at: spot('big'), op: 'increment', value: fixed(2n ** 61n) },
        { at: spot('real'), op: 'increment', value: fixed(0.25) },
        { at: spot('price'), op: 'increment', value: fixed('-1.25') },
        { at: spot('version'), op: 'increment', value: fixed(1) },
      ])
      expect(rows).toMatchObject([
        { count: -2, big: 2n ** 62n + 2n ** 61n, real: 0.75, price: '-1.15', version: 2 },
        { count: null, big: null, real: null, price: null, version: 2 },
      ])
    })

    test.each([
      ['count', Number.MAX_SAFE_INTEGER, 1],
      ['big', 2n ** 63n - 1n, 1n],
      ['real', Number.MAX_VALUE, Number.MAX_VALUE],
      ['price', '9999.99', '0.01'],
    ])(
      'R4: %s is not incremented beyond what it can hold, and nothing is written',
      async (name, value, by) => {
        const store = await opened({ [name]: value })
        const write = changed(store, [{ at: spot(name), op: 'increment', value: fixed(by) }])
        await expect(write).rejects.toSatisfy((error) => isKinshipError(error, 'KIN_INVALID_VALUE'))
        expect(await readAll(store, model)).toMatchObject([{ [name]: value, version: 1 }])
      },
    )

    test('append: behind what is there, to empty and to missing arrays, embedded ones too', async () => {
      const store = await opened({}, { items: [], numbers: [], maybe: null, list: [], links: [] })
      const item = { title: 'z', price: '9.00', weight: 0.3, at: new Date(9), sold: false }
      const link = { id: oid(3), at: new Date(1), extra: [1], role: null }
      const { rows } = await changed(store, [
        { at: spot('items'), op: 'append', value: fixed([item]) },
        { at: spot('numbers'), op: 'append', value: fixed([0.2, -1]) },
        { at: spot('maybe'), op: 'append', value: fixed(['"', ',']) },
        { at: spot('list'), op: 'append', value: fixed([oid(3), oid(4)]) },
        { at: spot('links'), op: 'append', value: fixed([link]) },
        { at: spot('address', 'tags'), op: 'append', value: fixed(['t']) },
        { at: spot('flags'), op: 'append', value: fixed([]) },
      ])
      expect(rows).toMatchObject([
        {
          items: [...blank.items, item],
          numbers: [0.1, 1, 1e21, 0.2, -1],
          maybe: ['"', ','],
          list: [oid(1), oid(2), oid(3), oid(4)],
          links: [...blank.links, link],
          address: { city: 'Rome', tags: ['t'] },
          flags: [true, false],
        },
        { items: [item], numbers: [0.2, -1], maybe: ['"', ','], list: [oid(3), oid(4)], links: [link] },
      ])
    })

    test('removeEntries: by id, whatever their payload; the others keep their order', async () => {
      const store = await opened({}, { list: [], links: [] })
      const { met, rows } = await changed(
        store,
        [
          { at: spot('list'), op: 'removeEntries', value: { slot: 0 } },
          { at: spot('links'), op: 'removeEntries', value: { slot: 1 } },
        ],
        [[oid(1), oid(9)], [oid(2)]],
      )
      expect(met).toBe(2)
      expect(rows).toMatchObject([
        { list: [oid(2)], links: [blank.links[0]] },
        { list: [], links: [] },
      ])
    })

    test('mergeEntries: the members given replace, the others stay; entries not named are left alone', async () => {
      const store = await opened()
      const { rows } = await changed(
        store,
        [{ at: spot('links'), op: 'mergeEntries', value: { slot: 0 } }],
        [
          [
            { id: oid(2), extra: { new: true }, role: 'y' },
            { id: oid(1), at: null },
            { id: oid(7), at: new Date(0) },
          ],
        ],
      )
      expect(rows).toMatchObject([
        {
          links: [
            { id: oid(1), at: null, extra: { k: 1 }, role: 'x' },
            { id: oid(2), at: null, extra: { new: true }, role: 'y' },
          ],
        },
      ])
    })

    test('updateElements: the elements that match, in place', async () => {
      const store = await opened()
      const set = [
        { field: fieldOf(model, ['items', 'price']), value: { slot: 0 } },
        { field: fieldOf(model, ['items', 'at']), value: { slot: 1 } },
      ]
      const { rows } = await changed(
        store,
        [{ at: spot('items'), op: 'updateElements', where: elementIs('weight', 1e300), set }],
        ['2.25', new Date(3)],
      )
      expect(rows).toMatchObject([
        {
          items: [blank.items[0], { title: 'y', price: '2.25', weight: 1e300, at: new Date(3), sold: null }],
        },
      ])
      const all = await changed(
        store,
        [{ at: spot('items'), op: 'updateElements', where: always, set }],
        [null, null],
      )
      expect(all.rows[0]?.['items']).toMatchObject([
        { price: null, at: null },
        { price: null, at: null },
      ])
    })

    test('removeElements: those that match; one whose member is null does not', async () => {
      const store = await opened()
      const { rows } = await changed(store, [
        { at: spot('items'), op: 'removeElements', where: elementIs('sold', true) },
      ])
      expect(rows).toMatchObject([{ items: [blank.items[1]] }])
      const none = await changed(store, [
        { at: spot('items'), op: 'removeElements', where: elementIs('sold', true) },
      ])
      expect(none.rows).toMatchObject([{ items: [blank.items[1]] }])
    })

    test('removeElements: scalars stay what they are', async () => {
      const store = await opened()
      const number = { of: 'element', path: [], field: fieldOf(model, ['numbers']).item } as never
      const { rows } = await changed(store, [
        {
          at: spot('numbers'),
          op: 'removeElements',
          where: { is: 'compare', operand: number, op: 'eq', value: fixed(1), negated: false },
        },
        { at: spot('flags'), op: 'removeElements', where: { is: 'any', of: [] } },
      ])
      expect(rows).toMatchObject([{ numbers: [0.1, 1e21], flags: [true, false] }])
    })

    test('several changes of one column follow one another', async () => {
      const store = await opened()
      const { rows } = await changed(
        store,
        [
          { at: spot('list'), op: 'removeEntries', value: { slot: 0 } },
          { at: spot('list'), op: 'append', value: { slot: 1 } },
          { at: spot('address', 'city'), op: 'set', value: { slot: 2 } },
          { at: spot('address', 'tags'), op: 'append', value: { slot: 3 } },
          { at: spot('address', 'tags'), op: 'append', value: { slot: 3 } },
          { at: spot('address', 'meta'), op: 'set', value: fixed(null) },
        ],
        [[oid(1)], [oid(1)], 'Bonn', ['t']],
      )
      expect(rows).toMatchObject([
        { list: [oid(2), oid(1)], address: { city: 'Bonn', tags: ['t', 't'], meta: null, since: null } },
      ])
    })

    test('a delete meets what its filter finds', async () => {
      const store = await opened({}, {}, {})
      expect(await remove(store, model, whereId(model, oid(11)))).toBe(1)
      expect((await readAll(store, model)).map(({ id }) => id)).toEqual([oid(10), oid(12)])
      expect(await remove(store, model, always)).toBe(2)
    })
  })
}
