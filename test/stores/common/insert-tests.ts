import { describe, expect, test } from 'vitest'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { always } from '../../../src/store/filter.js'
import type { OpenStore } from './change-tests.js'
import { create, modelOf, readAll, remove } from './raw.js'

/** @param openTestStore a new, empty database for each call */
export const testInserts = (openTestStore: OpenStore): void => {
  describe('inserts', () => {
    const numbered = defineGraph({ row: k.model({ id: k.id.integer(), name: k.string().optional() }) })
    const row = modelOf(numbered, 'row')

    test.each([1, 9, 10, 11, 35, 500, 1_014])(
      'R7: %i rows get ids from the database, in order',
      async (count) => {
        const store = await openTestStore(numbered)
        const rows = Array.from({ length: count }, (_, at) => ({ name: `row ${at}` }))
        const ids = await create(store, row, ...rows)
        expect(ids).toEqual(rows.map((_, at) => at + 1))
        const found = await readAll(store, row)
        expect(found).toEqual(rows.map((given, at) => ({ id: at + 1, ...given })))
      },
    )

    test('R7: the id of a deleted record never comes back', async () => {
      const store = await openTestStore(numbered)
      await create(store, row, { name: 'a' }, { name: 'b' })
      await remove(store, row, always)
      expect(await create(store, row, { name: 'c' })).toEqual([3])
    })

    test('R7: ids can be given', async () => {
      const store = await openTestStore(numbered)
      expect(await create(store, row, { id: 40, name: 'a' })).toEqual([])
      expect(await create(store, row, { name: 'b' })).toEqual([41])
    })

    test('a row may have nothing but the id that it gets', async () => {
      const store = await openTestStore(numbered)
      const ids = await store.transaction({}, async (session) =>
        store.compileInsert({ model: row, fields: [] }).run(session, [[], []]),
      )
      expect(ids).toEqual([1, 2])
    })
  })
}
