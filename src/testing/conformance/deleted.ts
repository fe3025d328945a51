/** R20 to R24: what deleted records still show, and what a delete does to others. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { Tie } from '../../schema/graph.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { refused } from './refused.js'

const club = ({ many: layout, oneSided }: Pick<Harness, 'many' | 'oneSided'>) =>
  defineGraph({
    user: k.model({ name: k.string() }, { softDelete: true }),
    group: k.model(
      {
        name: k.string(),
        members: k.many('user', { inverse: 'groups', layout }),
        watchers: k.many('user', { layout: oneSided }),
      },
      { softDelete: true },
    ),
  })

async function openClub(harness: Harness) {
  const db = await harness.open(club(harness))
  const users = await db.user.createMany(['a', 'b'].map((name) => ({ name })))
  const [a, b] = users.map(({ id }) => id) as [string, string]
  const { id: group } = await db.group.create({ name: 'g', members: [a, b], watchers: [b, a] })
  return { db, a, b, group }
}

/** A user, and notes that refer to it by a tie. */
function tied<const T extends Tie>({ one: layout }: Pick<Harness, 'one'>, onDelete: T) {
  return defineGraph({
    user: k.model({ name: k.string() }, { softDelete: true }),
    note: k.model(
      { text: k.string(), by: k.one('user', { inverse: 'notes', onDelete, layout }).optional() },
      { softDelete: true },
    ),
  })
}

async function openTied<const T extends Tie>(harness: Harness, onDelete: T) {
  const db = await harness.open(tied(harness, onDelete))
  const { id: user } = await db.user.create({ name: 'a' })
  const { id: note } = await db.note.create({ text: 'n', by: user })
  return { db, user, note, stored: () => db.note.findById(note, { deleted: 'include' }) }
}

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id)
const listLayouts = ['join', 'array', 'mirror'] as const

export const deletedCases: readonly ConformanceCase[] = [
  {
    rule: 'R20',
    title: 'lists, quantifiers, counts and has see live targets, raw ids what is stored',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b, group } = await openClub(harness)
      await db.user.delete(b)
      const shown = await db.group.findById(group, {
        populate: { members: true },
        count: { members: true, watchers: true },
      })
      assert.deepEqual([idsOf(shown?.members ?? []), shown?.watchers], [[a], [b, a]])
      assert.deepEqual(shown?.$count, { members: 1, watchers: 1 })
      assert.equal(await db.group.at(group).members.has(b), false)
      assert.equal(await db.group.count({ where: { members: { $some: { name: 'b' } } } }), 0)
      assert.equal(await db.group.count({ where: { members: { $size: 1 } } }), 1)
      assert.equal(await db.group.count({ where: { watchers: { $every: { name: 'a' } } } }), 1)
      assert.equal(await db.group.count({ where: { watchers: { $contains: b } } }), 1)
    },
  },
  {
    rule: 'R20',
    title: 'deleted is asked for each node, or inherited from the parent',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b, group } = await openClub(harness)
      await db.user.delete(b)
      await db.group.delete(group)
      const members = async (deleted: 'exclude' | 'include' | 'only' | 'inherit') => {
        const populate = { members: { deleted } }
        return idsOf((await db.group.findById(group, { deleted: 'include', populate }))?.members ?? [])
      }
      assert.deepEqual(await members('exclude'), [a])
      assert.deepEqual(await members('inherit'), [a, b])
      assert.deepEqual(await members('only'), [b])
      assert.deepEqual(idsOf(await db.user.find({ deleted: 'only' })), [b])
    },
  },
  {
    rule: 'R20',
    title: 'every strategy of the store sees the same',
    layouts: listLayouts,
    async run(harness) {
      const { db, b, group } = await openClub(harness)
      await db.user.delete(b)
      const tree = { members: { populate: { groups: true } }, watchers: { deleted: 'include' } } as const
      const shown = await db.group.find({ populate: tree })
      assert.deepEqual([shown[0]?.id, shown[0]?.members.length, shown[0]?.watchers.length], [group, 1, 2])
      for (const strategy of db.store.strategies)
        assert.deepEqual(await db.group.find({ populate: tree, strategy }), shown)
    },
  },
  {
    rule: 'R21',
    title: 'a populated to-one is null where its target is hidden or does not match',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user, note } = await openTied(harness, 'dirty')
      assert.equal((await db.note.findById(note, { populate: { by: true } }))?.by?.name, 'a')
      const unmatched = { by: { where: { name: 'x' } } }
      assert.equal((await db.note.findById(note, { populate: unmatched }))?.by, null)
      await db.user.delete(user)
      assert.equal((await db.note.findById(note, { populate: { by: true } }))?.by, null)
      assert.equal((await db.note.findById(note))?.by, user)
      const included = { by: { deleted: 'include' } } as const
      assert.equal((await db.note.findById(note, { populate: included }))?.by?.name, 'a')
    },
  },
  {
    rule: 'R22',
    title: 'restrict: a live holder blocks a soft delete, every stored one a hard delete',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const { db, user, note } = await openTied(harness, 'restrict')
      const plan = await db.user.planDelete(user)
      assert.deepEqual(plan.blockers, [{ association: 'note.by', model: 'note', count: 1, ids: [note] }])
      await refused('KIN_RESTRICTED', db.user.delete(user))
      await db.note.delete(note)
      await refused('KIN_RESTRICTED', db.user.delete(user, { hard: true }))
      assert.deepEqual((await db.user.delete(user)).softDeleted, { user: 1 })
    },
  },
  {
    rule: 'R22',
    title: 'restrict: a holder deleted in the same closure does not block',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const user = k.model({ name: k.string() })
      const post = k.model({ by: k.one('user', { inverse: 'posts', onDelete: 'strong', layout }) })
      const pin = k.model({
        post: k.one('post', { onDelete: 'restrict' }),
        by: k.one('user', { inverse: 'pins', onDelete: 'strong', layout }),
      })
      const db = await open(defineGraph({ user, post, pin }))
      const [a, b] = await db.user.createMany([{ name: 'a' }, { name: 'b' }])
      const own = await db.post.create({ by: a!.id })
      const pinned = await db.pin.create({ post: own.id, by: b!.id })
      await refused('KIN_RESTRICTED', db.user.delete(a!.id))
      assert.equal(await db.post.count(), 1)
      await db.pin.update(pinned.id, { by: a!.id })
      assert.deepEqual((await db.user.delete(a!.id)).deleted, { user: 1, post: 1, pin: 1 })
    },
  },
  {
    rule: 'R22',
    title: 'restrict on a list: its holder blocks, whoever put the target there',
    layouts: listLayouts,
    async run({ open, many: layout }) {
      const user = k.model({ name: k.string() })
      const group = k.model({
        name: k.string(),
        members: k.many('user', { inverse: 'groups', onDelete: 'restrict', layout }),
      })
      const db = await open(defineGraph({ user, group }))
      const { id: member } = await db.user.create({ name: 'a', groups: [{ name: 'g' }] })
      const plan = await db.user.planDelete(member)
      assert.deepEqual(
        plan.blockers.map(({ association, model, count }) => [association, model, count]),
        [['group.members', 'group', 1]],
      )
      await refused('KIN_RESTRICTED', db.user.delete(member))
      await db.user.at(member).groups.clear()
      assert.deepEqual((await db.user.delete(member)).deleted, { user: 1 })
    },
  },
  {
    rule: 'R22',
    title: 'cycles end, and where paths meet the strongest outcome stands',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const node = k.model(
        {
          name: k.string(),
          soft: k.one('node', { inverse: 'softly', onDelete: 'soft', layout }).optional(),
          strong: k.one('node', { inverse: 'strongly', onDelete: 'strong', layout }).optional(),
        },
        { softDelete: true },
      )
      const db = await open(defineGraph({ node }))
      const root = await db.node.create({ name: 'root' })
      const mid = await db.node.create({ name: 'mid', soft: root.id })
      const leaf = await db.node.create({ name: 'leaf', soft: root.id, strong: mid.id })
      await db.node.create({ name: 'below', soft: leaf.id })
      await db.node.update(root.id, { soft: leaf.id })
      const report = await db.node.delete(root.id)
      assert.deepEqual([report.softDeleted, report.deleted], [{ node: 3 }, { node: 1 }])
      assert.deepEqual(report.ids.deleted, { node: [leaf.id] })
    },
  },
  {
    rule: 'R23',
    title: 'weak: a soft delete unsets references and hides entries, a hard one removes them',
    layouts: listLayouts,
    async run(harness) {
      const { db, user, note, stored } = await openTied(harness, 'weak')
      assert.equal((await db.user.delete(user)).unlinked, 1)
      assert.equal((await stored())?.by, null)
      await db.user.restore(user)
      assert.equal((await db.note.findById(note))?.by, user)
      const lists = await openClub(harness)
      await lists.db.user.delete(lists.b)
      assert.deepEqual((await lists.db.group.findById(lists.group))?.watchers, [lists.b, lists.a])
      await lists.db.user.restore(lists.b)
      assert.equal(await lists.db.group.at(lists.group).members.count(), 2)
      assert.equal((await lists.db.user.delete(lists.b, { hard: true })).unlinked, 2)
      assert.deepEqual((await lists.db.group.findById(lists.group))?.watchers, [lists.a])
      assert.equal(await lists.db.group.at(lists.group).members.count(), 1)
    },
  },
  {
    rule: 'R23',
    title: 'a hard delete of the holder removes its entries, not their targets',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b, group } = await openClub(harness)
      await db.group.delete(group, { hard: true })
      assert.deepEqual(idsOf(await db.user.find()), [a, b])
      assert.equal(await db.user.at(a).groups.count({ deleted: 'include' }), 0)
    },
  },
  {
    rule: 'R23',
    title: 'dirty: a hard delete leaves the entry, and says so',
    layouts: ['join', 'array'],
    async run({ open, many: layout }) {
      const user = k.model({ name: k.string() })
      const group = k.model({ watchers: k.many('user', { onDelete: 'dirty', layout }) })
      const db = await open(defineGraph({ user, group }))
      const { id } = await db.user.create({ name: 'a' })
      const { id: holder } = await db.group.create({ watchers: [id] })
      assert.equal((await db.user.delete(id)).dangling, 1)
      const left = await db.group.findById(holder)
      assert.deepEqual(left?.watchers, [id])
      assert.deepEqual(await db.group.at(holder).watchers.list(), [])
      await db.group.update(holder, { watchers: left?.watchers })
    },
  },
  {
    rule: 'R24',
    title: 'a soft-deleted holder whose target is hard-deleted: strong goes, weak is unset for good',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      const strong = await openTied(harness, 'strong')
      await strong.db.note.delete(strong.note)
      await strong.db.user.delete(strong.user, { hard: true })
      assert.equal(await strong.stored(), null)
      const weak = await openTied(harness, 'weak')
      await weak.db.note.delete(weak.note)
      await weak.db.user.delete(weak.user, { hard: true })
      await weak.db.note.restore(weak.note)
      assert.equal((await weak.db.note.findById(weak.note))?.by, null)
    },
  },
  {
    rule: 'R24',
    title: 'a soft-deleted holder whose target is hard-deleted: soft and dirty dangle and say so',
    layouts: ['reference', 'mirror'],
    async run(harness) {
      for (const tie of ['soft', 'dirty'] as const) {
        const { db, user, note, stored } = await openTied(harness, tie)
        await db.note.delete(note)
        assert.equal((await db.user.delete(user, { hard: true })).dangling, 1)
        assert.equal((await stored())?.by, user)
      }
    },
  },
]
