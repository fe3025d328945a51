/** R18: both ends of a mirror say the same, whoever writes at either end at the same time, and whenever a writer dies. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/index.js'
import { mirrorsOf } from '../../src/testing/property/mirrors.js'
import type { Place } from '../helpers/places.js'
import { describeStores, openAt, sharedStores } from '../helpers/stores.js'
import { startChild } from './child.js'
import { twoConnections } from './databases.js'
import { attempt, castOf, mirrored, randomChange } from './mirrored.js'

const CHANGES = 60
const TURNS = 6
/** `KINSHIP_KILLS=100` for the long run. */
const KILLS = Number(process.env['KINSHIP_KILLS'] ?? 6)

const mirroring = sharedStores.filter(({ layouts }) => layouts.includes('mirror'))

/** What is not in step, in words. */
async function outOfStep(place: Place): Promise<string[]> {
  const compare = await mirrorsOf(openAt(place), mirrored)
  if (compare === null) throw new Error('There are no mirrors')
  return compare()
}

describeStores(mirroring, (store) => {
  describe('R18: mirrors stay in step', { timeout: 60_000 + KILLS * 10_000 }, () => {
    test('two connections that change the same pairs from both ends', async () => {
      const { place, one, two, close } = await twoConnections(store, mirrored)
      const cast = await castOf(one, 3)
      const results: string[] = []
      for (let left = CHANGES; left > 0; left -= 4) {
        const calls = [one, two, one, two].map((db) => attempt(randomChange(db, cast)))
        results.push(...(await Promise.all(calls)))
      }
      expect(results.filter((result) => result === 'done').length).toBeGreaterThan(CHANGES / 2)
      expect(await outOfStep(place)).toEqual([])
      await close()
    })

    test('a pair that is made at one end while it is broken at the other', async () => {
      const { place, one, two, close } = await twoConnections(store, mirrored)
      const { users, groups } = await castOf(one, 1)
      const [user = '', group = ''] = [...users, ...groups]
      for (let round = 0; round < 8; round++) {
        await one.group.at(group).members.set([user])
        await Promise.all([
          one.group
            .at(group)
            .members.update(user, { role: String(round) })
            .catch(() => null),
          two.user.at(user).groups.remove(group),
          one.group.at(group).members.add(user, { role: 'again' }),
        ])
        expect(await outOfStep(place)).toEqual([])
      }
      await close()
    })

    test('records that are created at the same time for one take turns', async () => {
      const { place, one, close } = await twoConnections(store, mirrored)
      const { id: author } = await one.user.create({ name: 'popular' })
      await Promise.all(Array.from({ length: TURNS }, () => one.post.create({ author })))
      expect(await one.user.at(author).posts.count()).toBe(TURNS)
      expect(await outOfStep(place)).toEqual([])
      await close()
    })

    test('two processes', async () => {
      const { place, one, close } = await twoConnections(store, mirrored)
      const cast = await castOf(one, 4)
      const child = startChild('mirror-child.ts', place, JSON.stringify(cast), String(CHANGES))
      await child.ready
      for (let left = CHANGES; left > 0; left--) await attempt(randomChange(one, cast))
      expect(await child.ended).toBe(0)
      expect(await outOfStep(place)).toEqual([])
      await close()
    })

    test(`a process that is killed while it writes, ${KILLS} times`, async () => {
      const place = await store.placeToCrash()
      const db = await connect(mirrored, openAt(place))
      await db.sync()
      const cast = await castOf(db, 3)
      for (let kill = 0; kill < KILLS; kill++) {
        const child = startChild('mirror-child.ts', place, JSON.stringify(cast))
        await child.ready
        await sleep(50 + Math.random() * 150)
        child.process.kill('SIGKILL')
        expect(await child.ended).toBeNull()
        await store.afterCrash(place)
        expect(await outOfStep(place)).toEqual([])
      }
      // It got somewhere before it was killed.
      const linked = await db.user.count({
        deleted: 'include',
        where: { $or: [{ posts: { $some: {} } }, { groups: { $some: {} } }, { teams: { $some: {} } }] },
      })
      expect(linked).toBeGreaterThan(0)
      await db.close()
    })
  })
})
