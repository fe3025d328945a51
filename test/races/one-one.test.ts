/** What only one can have, and who gets it. */
import { describe, expect, test } from 'vitest'
import { describeStores, sharedStores } from '../helpers/stores.js'
import { startChild } from './child.js'
import { claims, claimsIn } from './claims.js'
import { outcome, twoConnections } from './databases.js'

const ROUNDS = 16

describeStores(sharedStores, (store) => {
  describe('R8, R14: a one-one has one holder, whoever races for it', () => {
    test('two connections: one is taken, from the holder end', async () => {
      const { one, two, close } = await twoConnections(store, claims)
      for (let round = 0; round < ROUNDS; round++) {
        const user = await one.user.create({ name: 'u' })
        const results = await Promise.all([
          outcome(one.profile.create({ user })),
          outcome(two.profile.create({ user })),
          outcome(two.user.at(user.id).profile.create({ bio: 'x' })),
        ])
        expect(results.filter((result) => result === 'done')).toHaveLength(1)
        for (const result of results)
          expect(['done', 'KIN_ONE_TAKEN', 'KIN_REQUIRED_REFERENCE']).toContain(result)
      }
      expect(await one.profile.count()).toBe(ROUNDS)
      await close()
    })

    test('two connections: from the inverse end each displaces the one before', async () => {
      const { one, two, close } = await twoConnections(store, claims)
      const user = await one.user.create({ name: 'u' })
      await Promise.all(
        Array.from({ length: ROUNDS }, (_, at) =>
          (at % 2 ? one : two).user.at(user.id).badge.create({ label: String(at) }),
        ),
      )
      const badges = await one.badge.find()
      expect(badges).toHaveLength(ROUNDS)
      expect(badges.filter((badge) => badge.user !== null)).toHaveLength(1)
      await close()
    })

    test('two processes', async () => {
      const { place, one: db, close } = await twoConnections(store, claims)
      const list = await db.user.createMany(Array.from({ length: 20 }, (_, at) => ({ name: String(at) })))
      const users = list.map(({ id }) => id)
      const child = startChild('one-one-child.ts', place, ...users)
      await child.ready
      for (const user of users) {
        await outcome(db.profile.create({ bio: 'parent', user }))
        await db.user.at(user).badge.create({ label: 'parent' })
        await db.user.upsert({
          where: { email: user },
          create: { name: 'x', age: 1 },
          update: { age: { $inc: 1 } },
        })
      }
      expect(await child.ended).toBe(0)
      expect(await db.profile.count()).toBe(users.length)
      const holders = (await db.badge.find()).filter((badge) => badge.user !== null)
      expect(new Set(holders.map(({ user }) => user))).toEqual(new Set(users))
      expect(holders).toHaveLength(users.length)
      const counted = await db.user.find({ where: { name: 'x' } })
      expect(counted.map(({ age }) => age)).toEqual(users.map(() => 2))
      await close()
    })
  })

  describe('concurrent handles', () => {
    test.each(store.layouts)('R13: a pair added from both ends at once is one pair (%s)', async (layout) => {
      const { one, two, close } = await twoConnections(store, claimsIn(layout))
      for (let round = 0; round < 5; round++) {
        const user = await one.user.create({ name: 'u' })
        const group = await one.group.create({ name: 'g' })
        const reports = await Promise.all([
          one.group.at(group.id).members.add(user, { role: 'a' }),
          two.user.at(user.id).groups.add(group, { role: 'b' }),
          one.group.at(group.id).members.add(user, { role: 'c' }),
        ])
        expect(reports.filter(({ added }) => added.length === 1)).toHaveLength(1)
        expect(await one.group.at(group.id).members.list()).toHaveLength(1)
        expect(await two.user.at(user.id).groups.list()).toHaveLength(1)
      }
      await close()
    })

    test.each(store.layouts)(
      'R10: what is added to one ordered list at the same time is on it (%s)',
      async (layout) => {
        const { one, two, close } = await twoConnections(store, claimsIn(layout))
        const users = await one.user.createMany(Array.from({ length: 10 }, (_, at) => ({ name: String(at) })))
        const { id: group } = await one.group.create({ name: 'g' })
        await Promise.all(
          users.map(({ id }, at) =>
            at % 3 === 0
              ? one.user.at(id).queues.add(group)
              : (at % 2 ? one : two).group.at(group).queue.add(id),
          ),
        )
        const queued = await two.group.at(group).queue.list()
        expect(queued.map(({ name }) => name).toSorted()).toEqual(users.map(({ name }) => name))
        const reversed = queued.map(({ id }) => id).toReversed()
        await Promise.all([
          one.group.at(group).queue.set(reversed),
          two.group.at(group).queue.add(reversed[0]!),
        ])
        expect((await one.group.at(group).queue.list()).map(({ id }) => id)).toEqual(reversed)
        await close()
      },
    )

    test('$inc and ifVersion lose nothing', async () => {
      const { one, two, close } = await twoConnections(store, claims)
      const user = await one.user.create({ name: 'u', age: 0 })
      await Promise.all(
        Array.from({ length: 40 }, (_, at) =>
          (at % 2 ? one : two).user.update(user.id, { age: { $inc: 1 } }),
        ),
      )
      expect(await one.user.findById(user.id)).toMatchObject({ age: 40, version: 41 })
      const results = await Promise.all(
        [one, two, one, two].map((db, at) =>
          outcome(db.user.update(user.id, { name: `n${at}` }, { ifVersion: 41 })),
        ),
      )
      expect(results.toSorted()).toEqual([
        'KIN_VERSION_CONFLICT',
        'KIN_VERSION_CONFLICT',
        'KIN_VERSION_CONFLICT',
        'done',
      ])
      await close()
    })
  })
})
