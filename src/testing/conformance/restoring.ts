/** R25 to R27: what cannot come back, what does, and what reports tell. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { refused } from './refused.js'

const house = ({ one: layout }: Pick<Harness, 'one'>) =>
  defineGraph({
    user: k.model({ name: k.string() }, { softDelete: true }),
    post: k.model(
      {
        slug: k.string().unique(),
        author: k.one('user', { inverse: 'posts', onDelete: 'soft', layout }),
      },
      { softDelete: true },
    ),
    token: k.model({ user: k.one('user', { inverse: 'tokens', onDelete: 'strong', layout }) }),
    note: k.model({ by: k.one('user', { inverse: 'notes', onDelete: 'weak', layout }).optional() }),
  })

async function openHouse({ open, one }: Harness) {
  const db = await open(house({ one }))
  const { id: user } = await db.user.create({ name: 'a', posts: [{ slug: 'p' }], notes: [{}] })
  const [post, note] = [(await db.post.findOne())!.id, (await db.note.findOne())!.id]
  return { db, user, post, note }
}

export const restoringCases: readonly ConformanceCase[] = [
  {
    rule: 'R25',
    title: 'a strong tie deletes for good under a soft delete, and the plan says so',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user } = await openHouse(harness)
      assert.equal((await db.user.planDelete(user)).irreversible, false)
      await db.token.create({ user })
      const plan = await db.user.planDelete(user)
      assert.equal(plan.irreversible, true)
      assert.deepEqual([plan.deleted, plan.softDeleted], [{ token: 1 }, { user: 1, post: 1 }])
      await db.user.delete(user)
      await db.user.restore(user)
      assert.deepEqual([await db.token.count(), await db.post.count()], [0, 1])
    },
  },
  {
    rule: 'R25',
    title: 'the largest closure of one transaction is stated',
    async run({ open }) {
      const db = await open(defineGraph({ item: k.model({ name: k.string() }) }))
      assert.ok(db.store.maxClosure > 0)
    },
  },
  {
    rule: 'R26',
    title: 'restore brings back what went along, and references whose place is free',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user, post, note } = await openHouse(harness)
      const taken = await db.note.create({ by: user })
      await db.user.delete(user)
      await refused('KIN_RESTORE_REFUSED', db.post.restore(post))
      const other = await db.user.create({ name: 'other' })
      await db.note.update(taken.id, { by: other.id })
      const report = await db.user.restore(user)
      assert.deepEqual([report.restored, report.skipped], [{ user: 1, post: 1 }, {}])
      assert.deepEqual([report.relinked, report.notRelinked], [1, 1])
      assert.equal((await db.note.findById(note))?.by, user)
      assert.equal((await db.note.findById(taken.id))?.by, other.id)
    },
  },
  {
    rule: 'R26',
    title: 'a dependant that cannot return is skipped; a root that cannot refuses it all',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user, post } = await openHouse(harness)
      const other = await db.user.create({ name: 'other' })
      await db.user.delete(user)
      const { id } = await db.post.create({ slug: 'p', author: other.id })
      const report = await db.user.restore(user)
      assert.deepEqual([report.restored, report.ids.skipped], [{ user: 1 }, { post: [post] }])
      await refused('KIN_RESTORE_REFUSED', db.post.restore(post))
      assert.equal((await db.post.findById(post, { deleted: 'include' }))?.deletedAt === null, false)
      await db.post.delete(id)
      await db.user.delete(other.id)
      await refused('KIN_RESTORE_REFUSED', db.post.restore(id))
    },
  },
  {
    rule: 'R27',
    title: 'a report counts everything, shows 1,000 ids and iterates over all',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user } = await openHouse(harness)
      const slugs = Array.from({ length: 1_200 }, (_, at) => ({ slug: String(at), author: user }))
      await db.post.createMany(slugs)
      const report = await db.user.delete(user)
      assert.deepEqual(report.softDeleted, { user: 1, post: 1_201 })
      assert.equal(report.ids.softDeleted['post']?.length, 1_000)
      let records = 0
      for await (const _ of report.records()) records++
      assert.equal(records, 1_202)
    },
  },
  {
    rule: 'R27',
    title: 'a plan is a condition: the delete is refused when it would do anything else',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user } = await openHouse(harness)
      const plan = await db.user.planDelete(user)
      assert.equal((await db.user.planDelete(user)).hash, plan.hash)
      const { id } = await db.post.create({ slug: 'late', author: user })
      await refused('KIN_PLAN_STALE', db.user.delete(user, { plan }))
      assert.equal(await db.user.count(), 1)
      await db.post.delete(id, { hard: true })
      assert.deepEqual((await db.user.delete(user, { plan })).softDeleted, { user: 1, post: 1 })
    },
  },
  {
    rule: 'R27',
    title: 'hooks run once per record, all before ones first, afterCommit once',
    async run({ open }) {
      const calls: string[] = []
      const node = k.model(
        { name: k.string(), grade: k.integer().optional() },
        {
          hooks: {
            beforeUpdate: ({ before }) => void calls.push(`change ${before.name}`),
            beforeDelete: ({ record }) => void calls.push(`before ${record.name}`),
            afterDelete: ({ record }) => void calls.push(`after ${record.name}`),
            afterCommit: () => void calls.push('commit'),
          },
        },
      )
      const db = await open(defineGraph({ node }))
      await db.node.createMany([{ name: 'a' }, { name: 'b' }])
      calls.length = 0
      await db.node.updateMany({ data: { grade: 1 } })
      assert.deepEqual(calls, ['change a', 'change b', 'commit'])
      calls.length = 0
      await db.node.deleteMany({})
      assert.deepEqual(calls, ['before a', 'before b', 'after a', 'after b', 'commit'])
    },
  },
]
