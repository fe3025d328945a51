/** R34, R35 and R37: who sees what, and what is not there. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { refused } from './refused.js'

const accounts = defineGraph({
  account: k.model({ name: k.string(), password: k.string().hidden() }),
})

const team = ({ many: layout, oneSided }: Pick<Harness, 'many' | 'oneSided'>) =>
  defineGraph({
    user: k.model({ name: k.string(), org: k.string() }),
    doc: k.model({
      title: k.string(),
      org: k.string(),
      author: k.one('user', { inverse: 'docs', onDelete: 'strong' }),
      readers: k.many('user', { inverse: 'reads', layout }),
      seen: k.many('user', { layout: oneSided }),
    }),
  })

/** Two organisations, whose documents name users of both. */
async function openTeam(harness: Harness) {
  const db = await harness.open(team(harness))
  const mine = await db.user.create({ name: 'Mine', org: 'a' })
  const other = await db.user.create({ name: 'Other', org: 'b' })
  const both = [mine.id, other.id]
  const doc = await db.doc.create({ title: 'd', org: 'a', author: other, readers: both, seen: both })
  const foreign = await db.doc.create({ title: 'f', org: 'b', author: mine })
  const scoped = db.scoped({ user: { org: 'a' }, doc: { org: 'a' } })
  return { db, scoped, mine, other, doc, foreign }
}

const absent = 'f'.repeat(24)

export const visibilityCases: readonly ConformanceCase[] = [
  {
    rule: 'R34',
    title: 'a hidden field comes only when revealed; code may filter and order by it',
    async run({ open }) {
      const db = await open(accounts)
      const { id, ...rest } = await db.account.create({ name: 'Ann', password: 'secret' })
      assert.deepEqual(rest, { name: 'Ann' })
      assert.deepEqual(await db.account.findById(id), { id, name: 'Ann' })
      assert.equal((await db.account.findById(id, { reveal: ['password'] }))?.password, 'secret')
      assert.equal(await db.account.count({ where: { password: { $like: 's%' } } }), 1)
      assert.deepEqual(await db.account.find({ orderBy: { password: 'desc' } }), [{ id, name: 'Ann' }])
    },
  },
  {
    rule: 'R35',
    title: 'a scoped caller receives no id and no content from outside',
    layouts: ['join', 'array', 'mirror'],
    async run(harness) {
      const { db, scoped, mine, doc, foreign } = await openTeam(harness)
      assert.deepEqual(
        (await scoped.doc.find({ select: ['title'] })).map(({ title }) => title),
        ['d'],
      )
      assert.equal(await scoped.doc.findById(foreign.id), null)
      const raw = await scoped.doc.findById(doc.id)
      assert.deepEqual([raw?.author, raw?.seen], [null, [mine.id]])
      const shown = await scoped.doc.findById(doc.id, {
        populate: { author: true, readers: true, seen: true },
        count: { readers: true },
      })
      assert.equal(shown?.author, null)
      assert.deepEqual(
        [shown?.readers, shown?.seen].map((list) => list?.map(({ id }) => id)),
        [[mine.id], [mine.id]],
      )
      assert.equal(shown?.$count.readers, 1)
      assert.equal(await scoped.doc.count({ where: { readers: { $some: { name: 'Other' } } } }), 0)
      assert.equal(await db.doc.count({ where: { readers: { $some: { name: 'Other' } } } }), 1)
    },
  },
  {
    rule: 'R35',
    title: 'what a scoped caller writes stays inside',
    layouts: ['join', 'array', 'mirror'],
    async run(harness) {
      const { db, scoped, mine, other, doc, foreign } = await openTeam(harness)
      await refused('KIN_FORBIDDEN', scoped.doc.create({ title: 'x', org: 'b', author: mine.id }))
      await refused('KIN_FORBIDDEN', scoped.doc.update(doc.id, { org: 'b' }))
      await refused('KIN_NOT_FOUND', scoped.doc.update(foreign.id, { title: 'x' }))
      await refused('KIN_TARGET_NOT_FOUND', scoped.doc.create({ title: 'x', org: 'a', author: other.id }))
      // Its documents go with a user, and one of them is outside.
      await refused('KIN_FORBIDDEN', scoped.user.delete(mine.id))
      assert.deepEqual([await db.doc.count(), await db.user.count()], [2, 2])
      assert.equal((await scoped.doc.create({ title: 'x', org: 'a', author: mine.id })).author, mine.id)
    },
  },
  {
    rule: 'R37',
    title: 'reads give null for what is absent, writes and handles refuse it',
    layouts: ['join', 'array', 'mirror'],
    async run(harness) {
      const { db, doc } = await openTeam(harness)
      assert.equal(await db.doc.findById(absent), null)
      assert.equal(await db.doc.findOne({ where: { title: 'none' } }), null)
      await refused('KIN_NOT_FOUND', db.doc.update(absent, { title: 'x' }))
      await refused('KIN_NOT_FOUND', db.doc.delete(absent))
      await refused('KIN_NOT_FOUND', db.doc.restore(absent))
      const handles = db.doc.at(absent)
      for (const call of [
        () => handles.readers.list(),
        () => handles.readers.count(),
        () => handles.readers.has(doc.author),
        () => handles.readers.add(doc.author),
        () => handles.seen.remove(doc.author),
        () => handles.seen.clear(),
        () => handles.author.get(),
      ])
        await refused('KIN_NOT_FOUND', call())
    },
  },
  {
    rule: 'R37',
    title: 'in bulk one absent id refuses all of it',
    async run(harness) {
      const { db, doc } = await openTeam(harness)
      await refused('KIN_NOT_FOUND', db.doc.deleteMany({ ids: [doc.id, absent] }))
      assert.equal(await db.doc.count(), 2)
    },
  },
  {
    rule: 'R37',
    title: 'what is soft-deleted is hidden from writes',
    async run({ open }) {
      const user = k.model({ name: k.string(), friend: k.one('user').optional() }, { softDelete: true })
      const db = await open(defineGraph({ user }))
      const { id } = await db.user.create({ name: 'Ann' })
      await db.user.delete(id)
      assert.equal(await db.user.findById(id), null)
      assert.equal((await db.user.findById(id, { deleted: 'include' }))?.name, 'Ann')
      await refused('KIN_NOT_FOUND', db.user.update(id, { name: 'x' }))
      await refused('KIN_NOT_FOUND', db.user.delete(id))
      await refused('KIN_NOT_FOUND', db.user.at(id).friend.get())
    },
  },
]
