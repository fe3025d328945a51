/** R30: whoever adds a reference and whoever deletes its target, at the same time. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { describeStores, sharedStores } from '../helpers/stores.js'
import { startChild } from './child.js'
import { type Family, leftovers, outcome, twoConnections } from './databases.js'
import { family, familyIn } from './family.js'

const ROUNDS = 16

const links: readonly [string, (db: Family, user: string, note: string) => Promise<unknown>][] = [
  ['create under it, soft tie', (db, user) => db.post.create({ author: user })],
  ['create under it, weak tie', (db, user) => db.note.create({ user })],
  ['create under it, strong tie', (db, user) => db.token.create({ user })],
  ['create under it, embedded', (db, user) => db.basket.create({ of: [{ user, at: 0 }] })],
  ['a new reference', (db, user, note) => db.note.update(note, { user })],
  ['from the other end', (db, user, note) => db.user.at(user).notes.add(note)],
]

/** One before the other by so much that both of the two come first now and then. */
async function together(round: number, calls: readonly [() => Promise<unknown>, () => Promise<unknown>]) {
  const delays = round % 2 === 0 ? [0, Math.random() * 6] : [Math.random() * 6, 0]
  return Promise.all(
    calls.map(async (call, at) => {
      await sleep(delays[at])
      return outcome(call())
    }),
  )
}

describeStores(sharedStores, (store) => {
  const seen = new Set<string>()

  describe('R30: a link against a delete, on two connections', () => {
    test.each(links.flatMap(([what, link]) => [false, true].map((hard) => ({ what, link, hard }))))(
      '$what (hard: $hard): comes before and is covered by its ties, or is refused',
      async ({ link, hard }) => {
        const shared = await twoConnections(store, family)
        const { one, two, close } = shared
        const { id: note } = await one.note.create({})
        for (let round = 0; round < ROUNDS; round++) {
          const { id } = await one.user.create({ name: String(round) })
          const [deleted, linked = ''] = await together(round, [
            () => one.user.delete(id, { hard }),
            () => link(two, id, note),
          ])
          expect(deleted).toBe('done')
          expect(['done', 'KIN_TARGET_NOT_FOUND', 'KIN_NOT_FOUND']).toContain(linked)
          seen.add(linked)
        }
        expect(await leftovers(shared)).toEqual([])
        await close()
      },
    )

    test.each(store.layouts.flatMap((layout) => [false, true].map((hard) => ({ layout, hard }))))(
      'a pair, layout $layout (hard: $hard), from both ends: comes before, or is refused',
      async ({ layout, hard }) => {
        const shared = await twoConnections(store, familyIn(layout))
        const { one, two, close } = shared
        const { id: group } = await one.group.create({})
        for (let round = 0; round < ROUNDS; round++) {
          const { id } = await one.user.create({ name: String(round) })
          const [deleted, linked = ''] = await together(round, [
            () => one.user.delete(id, { hard }),
            () => (round % 4 < 2 ? two.group.at(group).members.add(id) : two.user.at(id).groups.add(group)),
          ])
          expect(deleted).toBe('done')
          expect(['done', 'KIN_TARGET_NOT_FOUND', 'KIN_NOT_FOUND']).toContain(linked)
        }
        expect(await leftovers(shared, layout)).toEqual([])
        await close()
      },
    )

    test.each([false, true])('restrict (hard: %s): one of the two is refused', async (hard) => {
      const shared = await twoConnections(store, family)
      const { one, two, close } = shared
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await one.user.create({ name: String(round) })
        const results = await together(round, [
          () => one.user.delete(id, { hard }),
          () => two.order.create({ user: id }),
        ])
        expect(results.filter((result) => result === 'done')).toHaveLength(1)
      }
      expect(await leftovers(shared)).toEqual([])
      await close()
    })

    test('two deletes of one record: the second finds nothing', async () => {
      const shared = await twoConnections(store, family)
      const { one, two, close } = shared
      const { id } = await one.user.create({ name: 'U', posts: [{}, {}] })
      const results = await Promise.all([outcome(one.user.delete(id)), outcome(two.user.delete(id))])
      expect(results.sort()).toEqual(['KIN_NOT_FOUND', 'done'])
      await close()
    })

    test('two restores of one record: the second is refused', async () => {
      const shared = await twoConnections(store, family)
      const { one, two, close } = shared
      const { id } = await one.user.create({ name: 'U', posts: [{}, {}] })
      await one.user.delete(id)
      const results = await Promise.all([outcome(one.user.restore(id)), outcome(two.user.restore(id))])
      expect(results.sort()).toEqual(['KIN_RESTORE_REFUSED', 'done'])
      expect(await one.post.count()).toBe(2)
      await close()
    })

    test('both orders have been seen', () => {
      expect(seen).toContain('done')
      expect(seen.size).toBeGreaterThan(1)
    })
  })

  describe('R30: a link against a delete, in two processes', () => {
    test.each([false, true])('hard: %s: nothing is left dangling', async (hard) => {
      const shared = await twoConnections(store, family)
      const { place, one, close } = shared
      const users = (
        await one.user.createMany(Array.from({ length: 12 }, (_, at) => ({ name: String(at) })))
      ).map(({ id }) => id)
      const child = startChild('link-child.ts', place, ...users)
      await child.ready
      for (const user of users) {
        await one.user.delete(user, { hard })
        await sleep(Math.random() * 150)
      }
      expect(await child.ended).toBe(0)
      expect(await one.user.count()).toBe(0)
      expect(await one.post.count({ deleted: 'include' })).toBeGreaterThan(0)
      expect(await leftovers(shared)).toEqual([])
      await close()
    })
  })
})
