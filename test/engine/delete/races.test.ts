import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connect, type Db, isKinshipError } from '../../../src/index.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { startChild } from './child.js'
import { type Loose, rowsOf } from './database.js'
import { family } from './family.js'

type Family = Db<typeof family>

async function twoConnections() {
  const file = temporaryFile()
  const [one, two] = [await connect(family, testStore({ file })), await connect(family, testStore({ file }))]
  await one.sync()
  return { file, one, two, close: () => Promise.all([one.close(), two.close()]) }
}

/** References and pairs that name nothing, or something deleted, although their tie does not leave them behind. */
async function leftovers(db: Family): Promise<Loose[]> {
  const users = new Map(
    (await db.user.find({ deleted: 'include' })).map(({ id, deletedAt }) => [id, deletedAt]),
  )
  const isLive = (id: unknown): boolean => users.get(id as string) === null
  const found: Loose[] = []
  // A live post of a deleted user; a soft-deleted one may dangle.
  for (const row of await rowsOf(db, 'post'))
    if (row['deletedAt'] === null && !isLive(row['author'])) found.push(row)
  for (const row of await rowsOf(db, 'note'))
    if (row['user'] !== null && !isLive(row['user'])) found.push(row)
  for (const row of await rowsOf(db, 'token')) if (!isLive(row['user'])) found.push(row)
  for (const row of await rowsOf(db, 'order')) if (!isLive(row['user'])) found.push(row)
  for (const row of await rowsOf(db, 'group_members')) if (!users.has(row['user'] as string)) found.push(row)
  for (const { of } of await db.basket.find()) found.push(...of.filter(({ user }) => !isLive(user)))
  return found
}

async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (isKinshipError(error)) return error.code
    throw error
  }
}

describe('R30: a link against a delete, on two connections', () => {
  const links: readonly [string, (db: Family, user: string, note: string) => Promise<unknown>][] = [
    ['create under it, soft tie', (db, user) => db.post.create({ author: user })],
    ['create under it, weak tie', (db, user) => db.note.create({ user })],
    ['create under it, strong tie', (db, user) => db.token.create({ user })],
    ['create under it, embedded', (db, user) => db.basket.create({ of: [{ user, at: 0 }] })],
    ['a pair', (db, user) => db.group.create({ members: [user] })],
    ['a new reference', (db, user, note) => db.note.update(note, { user })],
    ['from the other end', (db, user, note) => db.user.at(user).notes.add(note)],
  ]

  test.each(links.flatMap(([what, link]) => [false, true].map((hard) => ({ what, link, hard }))))(
    '$what (hard: $hard): comes before and is covered by its ties, or is refused',
    async ({ link, hard }) => {
      const { one, two, close } = await twoConnections()
      const outcomes = new Set<string>()
      const { id: note } = await one.note.create({})
      for (let round = 0; round < 20; round++) {
        const { id } = await one.user.create({ name: String(round) })
        const calls = [() => one.user.delete(id, { hard }), () => link(two, id, note)]
        const order = round % 2 === 0 ? calls : calls.toReversed()
        const [first, second] = await Promise.all(order.map((call) => outcome(call())))
        const [deleted, linked] = round % 2 === 0 ? [first, second] : [second, first]
        expect(deleted).toBe('done')
        expect(['done', 'KIN_TARGET_NOT_FOUND', 'KIN_NOT_FOUND']).toContain(linked)
        outcomes.add(linked!)
      }
      expect(await leftovers(one)).toEqual([])
      expect(outcomes.size).toBe(2)
      await close()
    },
  )

  test.each([false, true])('restrict (hard: %s): one of the two is refused', async (hard) => {
    const { one, two, close } = await twoConnections()
    for (let round = 0; round < 20; round++) {
      const { id } = await one.user.create({ name: String(round) })
      const calls = [() => one.user.delete(id, { hard }), () => two.order.create({ user: id })]
      const results = await Promise.all(
        (round % 2 === 0 ? calls : calls.toReversed()).map((call) => outcome(call())),
      )
      expect(results.filter((result) => result === 'done')).toHaveLength(1)
    }
    expect(await leftovers(one)).toEqual([])
    await close()
  })

  test('two deletes of one record: the second finds nothing', async () => {
    const { one, two, close } = await twoConnections()
    const { id } = await one.user.create({ name: 'U', posts: [{}, {}] })
    const results = await Promise.all([outcome(one.user.delete(id)), outcome(two.user.delete(id))])
    expect(results.sort()).toEqual(['KIN_NOT_FOUND', 'done'])
    await close()
  })

  test('two restores of one record: the second is refused', async () => {
    const { one, two, close } = await twoConnections()
    const { id } = await one.user.create({ name: 'U', posts: [{}, {}] })
    await one.user.delete(id)
    const results = await Promise.all([outcome(one.user.restore(id)), outcome(two.user.restore(id))])
    expect(results.sort()).toEqual(['KIN_RESTORE_REFUSED', 'done'])
    expect(await one.post.count()).toBe(2)
    await close()
  })
})

describe('R30: a link against a delete, in two processes', () => {
  test.each([false, true])('hard: %s: nothing is left dangling', async (hard) => {
    const { file, one, close } = await twoConnections()
    const users = (
      await one.user.createMany(Array.from({ length: 12 }, (_, at) => ({ name: String(at) })))
    ).map(({ id }) => id)
    const child = startChild('race-child.ts', file, ...users)
    await child.ready
    for (const user of users) {
      await one.user.delete(user, { hard })
      await sleep(Math.random() * 20)
    }
    expect(await child.ended).toBe(0)
    expect(await one.user.count()).toBe(0)
    expect(await one.post.count({ deleted: 'include' })).toBeGreaterThan(0)
    expect(await leftovers(one)).toEqual([])
    await close()
  })
})
