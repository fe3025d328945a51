import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connect } from '../../src/index.js'
import type { Place } from '../helpers/places.js'
import { describeStores, openAt, sharedStores, type SharedStore } from '../helpers/stores.js'
import { startChild } from './child.js'
import { rowsOf } from './databases.js'
import { family } from './family.js'

/** `KINSHIP_KILLS=100` for the long run. */
const KILLS = Number(process.env['KINSHIP_KILLS'] ?? 6)

async function filled(place: Place, posts: number): Promise<string> {
  const db = await connect(family, openAt(place))
  await db.sync()
  const { id: user } = await db.user.create({ name: 'U' })
  const all = await db.post.createMany(Array.from({ length: posts }, () => ({ author: user })))
  await db.comment.createMany(Array.from({ length: posts * 5 }, (_, at) => ({ post: all[at % posts]!.id })))
  await db.note.createMany(Array.from({ length: posts }, () => ({ user })))
  await db.basket.createMany(Array.from({ length: 50 }, (_, at) => ({ of: [{ user, at }] })))
  await db.group.create({ members: [user] })
  await db.close()
  return user
}

/** How much of the user's world is there, and how much is hidden. */
async function look(store: SharedStore, place: Place, user: string) {
  const db = await connect(family, openAt(place))
  const seen = { store, place, one: db }
  const found = {
    user: (await db.user.findById(user)) !== null,
    posts: await db.post.count(),
    comments: await db.comment.count(),
    notes: await db.note.count({ where: { user } }),
    baskets: await db.basket.count({ where: { of: { $some: { user } } } }),
    deletions: (await rowsOf(seen, 'kinship_deletion')).length,
    journal: (await rowsOf(seen, 'kinship_journal')).length,
  }
  await db.close()
  return found
}

const wholeOf = (posts: number) => ({
  user: true,
  posts,
  comments: posts * 5,
  notes: posts,
  baskets: 50,
  deletions: 0,
  journal: 0,
})

const noneOf = (posts: number) => ({
  user: false,
  posts: 0,
  comments: 0,
  notes: 0,
  baskets: 0,
  deletions: 1,
  journal: posts + 50,
})

describeStores(sharedStores, (store) => {
  test(
    `a process that is killed in the middle of large deletes and restores leaves all or nothing, ${KILLS} times`,
    { timeout: 60_000 + KILLS * 10_000 },
    async () => {
      const place = await store.placeToCrash()
      const [whole, none] = [wholeOf(store.many), noneOf(store.many)]
      const user = await filled(place, store.many)
      expect(await look(store, place, user)).toEqual(whole)
      for (let kill = 0; kill < KILLS; kill++) {
        const child = startChild('crash-child.ts', place, user)
        await child.ready
        await sleep(Math.random() * 150)
        child.process.kill('SIGKILL')
        expect(await child.ended).toBeNull()
        await store.afterCrash(place)
        expect([whole, none]).toContainEqual(await look(store, place, user))
      }
      const db = await connect(family, openAt(place))
      if ((await db.user.findById(user)) === null) await db.user.restore(user)
      await db.close()
      expect(await look(store, place, user)).toEqual(whole)
    },
  )
})
