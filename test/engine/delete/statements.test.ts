/** Set queries only: the number of statements grows with levels and chunks, never with records. */
import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../../src/index.js'
import type { LogEntry } from '../../../src/store/store.js'
import { open } from './database.js'

const soft = { softDelete: true } as const

const graph = defineGraph({
  user: k.model({ name: k.string() }, soft),
  post: k.model({ author: k.one('user', { onDelete: 'soft' }) }, { ...soft, version: true }),
  comment: k.model({ post: k.one('post', { onDelete: 'soft' }) }, soft),
  like: k.model({ comment: k.one('comment', { onDelete: 'strong' }) }),
  bookmark: k.model({ user: k.one('user').optional() }, { timestamps: true }),
  basket: k.model({
    users: k.array(k.object({ user: k.one('user', { onDelete: 'weak' }), count: k.integer() })),
  }),
  team: k.model({ boss: k.one('user', { onDelete: 'soft' }), name: k.string() }, soft),
  member: k.model({
    team: k.one('team', { onDelete: 'weak' }).optional(),
    list: k.array(k.object({ team: k.one('team', { onDelete: 'weak' }), at: k.integer() })),
  }),
  group: k.model({ members: k.many('user', { inverse: 'groups' }), posts: k.many('post') }),
})

/** Three levels below one user: posts, ten times as many comments, as many likes; and as many records that only refer to it. */
async function filled(posts: number) {
  const { db, log, forget } = await open(graph)
  const { id: user } = await db.user.create({ name: 'U' })
  const times = <T>(count: number, make: (at: number) => T): T[] =>
    Array.from({ length: count }, (_, at) => make(at))
  const made = await db.post.createMany(times(posts, () => ({ author: user })))
  const comments = await db.comment.createMany(times(posts * 10, (at) => ({ post: made[at % posts]!.id })))
  await db.like.createMany(times(posts * 10, (at) => ({ comment: comments[at]!.id })))
  await db.bookmark.createMany(times(posts, () => ({ user })))
  await db.basket.createMany(times(posts, (at) => ({ users: [{ user, count: at }] })))
  await db.group.createMany(times(posts, (at) => ({ members: [user], posts: [made[at]!.id] })))
  forget()
  return { db, log, forget, user }
}

/** Rows of the journal go in batches of the store's own size. */
const sent = (log: readonly LogEntry[]): number =>
  log.filter(({ statement }) => !statement.startsWith('insert into "kinship_journal"')).length
const kinds = (log: readonly LogEntry[], kind: LogEntry['kind']): number =>
  log.filter((entry) => entry.kind === kind).length

describe('statements', () => {
  test('a soft delete and its restore: as many for 22 dependants as for 2,100', async () => {
    const counts = []
    for (const posts of [1, 100]) {
      const { db, log, forget, user } = await filled(posts)
      const report = await db.user.delete(user)
      expect(report).toMatchObject({
        softDeleted: { user: 1, post: posts, comment: posts * 10 },
        deleted: { like: posts * 10 },
        unlinked: posts * 2,
      })
      const deleting = sent(log)
      forget()
      const restored = await db.user.restore(user)
      expect(restored).toMatchObject({ restored: { comment: posts * 10 }, relinked: posts * 2 })
      counts.push({ deleting, reading: kinds(log, 'read') })
    }
    expect(counts[1]).toEqual(counts[0])
    expect(counts[0]!.deleting).toBeLessThan(45)
  })

  test('a restore: what differs from record to record is put back in batches of the store', async () => {
    const { db, log, forget } = await open(graph)
    const boss = await db.user.create({ name: 'boss' })
    const teams = await db.team.createMany(
      Array.from({ length: 1_000 }, (_, at) => ({ boss, name: `T${at}` })),
    )
    const members = await db.member.createMany(teams.map((team, at) => ({ team, list: [{ team, at }] })))
    await db.user.delete(boss.id)
    expect(await db.member.count({ where: { team: { $exists: true } } })).toBe(0)
    forget()
    expect((await db.user.restore(boss.id)).relinked).toBe(2_000)
    // Two pages of the journal, of references and elements each, and 500 rows to a statement.
    expect(kinds(log, 'write')).toBeLessThan(30)
    expect(await db.member.find({ orderBy: { id: 'asc' } })).toEqual(members)
  })

  test('a hard delete, and its plan: as many for 22 dependants as for 2,100', async () => {
    const counts = []
    for (const posts of [1, 100]) {
      const { db, log, forget, user } = await filled(posts)
      const plan = await db.user.planDelete(user, { hard: true })
      expect(plan.removed).toMatchObject([{ association: 'group.members', count: posts }])
      const planning = sent(log)
      forget()
      await db.user.delete(user, { hard: true })
      counts.push({ planning, deleting: sent(log) })
    }
    expect(counts[1]).toEqual(counts[0])
    expect(counts[0]!.deleting).toBeLessThan(45)
  })

  test('20,000 dependants over three levels: one more for every chunk, and lists travel as one parameter', async () => {
    const { db, log, forget, user } = await filled(1_000)
    const report = await db.user.delete(user)
    expect(report.softDeleted).toEqual({ user: 1, post: 1_000, comment: 10_000 })
    expect(report.deleted).toEqual({ like: 10_000 })
    expect(sent(log)).toBeLessThan(60)
    expect(Math.max(...log.map(({ parameters }) => parameters.length))).toBeLessThan(10_000)
    forget()
    expect(await db.user.restore(user)).toMatchObject({ restored: { user: 1, post: 1_000, comment: 10_000 } })
    expect(kinds(log, 'read')).toBeLessThan(60)
  })
})
