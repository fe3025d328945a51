import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connect } from '../../../src/index.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { startChild } from './child.js'
import { rowsOf } from './database.js'
import { family } from './family.js'

/** `KINSHIP_KILLS=100` for the long run. */
const KILLS = Number(process.env['KINSHIP_KILLS'] ?? 10)
const POSTS = 400

async function filled(file: string): Promise<string> {
  const db = await connect(family, testStore({ file }))
  await db.sync()
  const { id: user } = await db.user.create({ name: 'U' })
  const posts = await db.post.createMany(Array.from({ length: POSTS }, () => ({ author: user })))
  await db.comment.createMany(Array.from({ length: POSTS * 5 }, (_, at) => ({ post: posts[at % POSTS]!.id })))
  await db.note.createMany(Array.from({ length: POSTS }, () => ({ user })))
  await db.basket.createMany(Array.from({ length: 50 }, (_, at) => ({ of: [{ user, at }] })))
  await db.group.create({ members: [user] })
  await db.close()
  return user
}

/** How much of the user's world is there, and how much is hidden. */
async function look(file: string, user: string) {
  const db = await connect(family, testStore({ file }))
  const found = {
    user: (await db.user.findById(user)) !== null,
    posts: await db.post.count(),
    comments: await db.comment.count(),
    notes: await db.note.count({ where: { user } }),
    baskets: await db.basket.count({ where: { of: { $some: { user } } } }),
    deletions: (await rowsOf(db, 'kinship_deletion')).length,
    journal: (await rowsOf(db, 'kinship_journal')).length,
  }
  await db.close()
  return found
}

const whole = {
  user: true,
  posts: POSTS,
  comments: POSTS * 5,
  notes: POSTS,
  baskets: 50,
  deletions: 0,
  journal: 0,
}
const none = { user: false, posts: 0, comments: 0, notes: 0, baskets: 0, deletions: 1, journal: POSTS + 50 }

describe('a process that is killed', () => {
  test(
    `in the middle of large deletes and restores leaves all or nothing, ${KILLS} times`,
    { timeout: 30_000 + KILLS * 8_000 },
    async () => {
      const file = temporaryFile()
      const user = await filled(file)
      expect(await look(file, user)).toEqual(whole)
      const seen = new Set<boolean>()
      for (let kill = 0; kill < KILLS; kill++) {
        const child = startChild('crash-child.ts', file, user)
        await child.ready
        await sleep(Math.random() * 150)
        child.process.kill('SIGKILL')
        expect(await child.ended).toBeNull()
        const found = await look(file, user)
        seen.add(found.user)
        expect([whole, none]).toContainEqual(found)
      }
      expect(seen.size).toBeGreaterThan(0)
      const db = await connect(family, testStore({ file }))
      if ((await db.user.findById(user)) === null) await db.user.restore(user)
      await db.close()
      expect(await look(file, user)).toEqual(whole)
    },
  )
})
