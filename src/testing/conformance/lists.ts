/** R12 to R19: what belongs to what, and how that changes. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase, Harness } from './conformance-case.js'
import { refused } from './refused.js'

const club = ({ many: layout, oneSided }: Pick<Harness, 'many' | 'oneSided'>) =>
  defineGraph({
    user: k.model({ name: k.string() }, { softDelete: true }),
    group: k.model(
      {
        name: k.string(),
        members: k.many('user', {
          inverse: 'groups',
          layout,
          payload: { role: k.string().default('guest'), since: k.integer().optional() },
        }),
        watchers: k.many('user', { layout: oneSided }),
      },
      { version: true },
    ),
  })

async function openClub(harness: Harness) {
  const db = await harness.open(club(harness))
  const users = await db.user.createMany(['a', 'b', 'c'].map((name) => ({ name })))
  const [a, b, c] = users.map(({ id }) => id) as [string, string, string]
  return { db, a, b, c }
}

const nothing = { added: [], updated: [], removed: [], unchanged: [] }
const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id)
const absent = 'f'.repeat(24)
const listLayouts = ['join', 'array', 'mirror'] as const

export const listCases: readonly ConformanceCase[] = [
  {
    rule: 'R12',
    title: 'a list is a set: repeated ids collapse to the first',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b } = await openClub(harness)
      const group = await db.group.create({ name: 'g', watchers: [b, a, b], members: [a, a] })
      assert.deepEqual(group.watchers, [b, a])
      assert.deepEqual(idsOf(await db.group.at(group.id).members.list()), [a])
      assert.deepEqual((await db.group.at(group.id).members.add([b, b])).added, [b])
    },
  },
  {
    rule: 'R12',
    title: 'an embedded array of references keeps repetitions',
    async run({ open }) {
      const db = await open(
        defineGraph({ item: k.model({ name: k.string() }), run: k.model({ of: k.array(k.one('item')) }) }),
      )
      const { id } = await db.item.create({ name: 'x' })
      const run = await db.run.create({ of: [id, id] })
      assert.deepEqual(run.of, [id, id])
      const shown = await db.run.findById(run.id, { populate: { of: true } })
      assert.deepEqual(idsOf(shown?.of ?? []), [id, id])
    },
  },
  {
    rule: 'R13',
    title: 'adding a pair that exists merges its payload',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b } = await openClub(harness)
      const { id } = await db.group.create({ name: 'g', members: [{ id: a, $link: { role: 'chair' } }] })
      const members = db.group.at(id).members
      const report = await members.add([a, b], { since: 7 })
      assert.deepEqual(report, { ...nothing, added: [b], updated: [a] })
      assert.deepEqual(
        (await members.list()).map(({ $link }) => $link),
        [
          { role: 'chair', since: 7 },
          { role: 'guest', since: 7 },
        ],
      )
      assert.deepEqual(await members.add(a, { since: 7 }), { ...nothing, unchanged: [a] })
      assert.deepEqual(await members.add(b), { ...nothing, unchanged: [b] })
    },
  },
  {
    rule: 'R13',
    title: 'both ends show one pair with one payload',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b } = await openClub(harness)
      const { id } = await db.group.create({ name: 'g' })
      await db.user.at(a).groups.add(id, { role: 'scribe' })
      assert.deepEqual(
        (await db.group.at(id).members.list()).map((user) => [user.id, user.$link.role]),
        [[a, 'scribe']],
      )
      assert.equal(await db.group.at(id).members.has(b), false)
      assert.deepEqual(await db.group.at(id).members.update(a, { role: 'chair' }), {
        ...nothing,
        updated: [a],
      })
      const shown = await db.user.findById(a, { populate: { groups: true } })
      assert.deepEqual(shown?.groups[0]?.$link, { role: 'chair', since: null })
      assert.equal(await db.user.count({ where: { groups: { $some: { $link: { role: 'chair' } } } } }), 1)
      await refused('KIN_NOT_FOUND', db.user.at(b).groups.update(id, { role: 'x' }))
    },
  },
  {
    rule: 'R14',
    title: 'a one-one set from its inverse end displaces its holder; from the holder end it conflicts',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const user = k.model({ name: k.string() })
      const card = k.model({
        no: k.integer(),
        user: k.one('user', { inverse: 'card', layout }).optional().unique(),
      })
      const db = await open(defineGraph({ user, card }))
      const ann = await db.user.create({ name: 'Ann', card: { no: 1 } })
      const second = await db.card.create({ no: 2 })
      await refused('KIN_ONE_TAKEN', db.card.update(second.id, { user: ann.id }))
      await db.user.at(ann.id).card.set(second.id)
      assert.equal((await db.user.at(ann.id).card.get())?.no, 2)
      assert.equal((await db.card.findOne({ where: { no: 1 } }))?.user, null)
      await db.user.at(ann.id).card.set(null)
      assert.equal(await db.user.at(ann.id).card.get(), null)
    },
  },
  {
    rule: 'R14',
    title: 'a one-one whose reference is required cannot be displaced',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const user = k.model({ name: k.string() })
      const card = k.model({ no: k.integer(), user: k.one('user', { inverse: 'card', layout }).unique() })
      const db = await open(defineGraph({ user, card }))
      const [ann, bob] = await db.user.createMany([
        { name: 'Ann', card: { no: 1 } },
        { name: 'Bob', card: { no: 2 } },
      ])
      const cards = await db.card.find()
      await refused('KIN_REQUIRED_REFERENCE', db.user.at(ann!.id).card.set(cards[1]!.id))
      assert.deepEqual(
        (await db.card.find()).map((each) => each.user),
        [ann!.id, bob!.id],
      )
    },
  },
  {
    rule: 'R14',
    title: 'adding to a one-many moves, and what another has is not removed',
    layouts: ['reference', 'mirror'],
    async run({ open, one: layout }) {
      const user = k.model({ name: k.string() })
      const post = k.model({ title: k.string(), author: k.one('user', { inverse: 'posts', layout }) })
      const memo = k.model({ text: k.string(), by: k.one('user', { inverse: 'memos', layout }).optional() })
      const db = await open(defineGraph({ user, post, memo }))
      const ann = await db.user.create({ name: 'Ann', posts: [{ title: 'p' }], memos: [{ text: 'm' }] })
      const bob = await db.user.create({ name: 'Bob' })
      const [post1, memo1] = [(await db.post.findOne())!.id, (await db.memo.findOne())!.id]
      assert.deepEqual((await db.user.at(bob.id).posts.add(post1)).added, [post1])
      assert.equal((await db.post.findById(post1))?.author, bob.id)
      await refused('KIN_REQUIRED_REFERENCE', db.user.at(bob.id).posts.remove(post1))
      await refused('KIN_REQUIRED_REFERENCE', db.user.at(bob.id).posts.clear())
      assert.deepEqual((await db.user.at(bob.id).memos.remove(memo1)).unchanged, [memo1])
      assert.equal((await db.memo.findById(memo1))?.by, ann.id)
      assert.deepEqual((await db.user.at(ann.id).memos.clear()).removed, [memo1])
      assert.equal((await db.memo.findById(memo1))?.by, null)
    },
  },
  {
    rule: 'R15',
    title: 'only new targets are checked: what was read can be written back',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b, c } = await openClub(harness)
      const group = await db.group.create({ name: 'g', watchers: [a, b] })
      await db.user.delete(b)
      const read = await db.group.findById(group.id)
      assert.deepEqual(read?.watchers, [a, b])
      await db.group.update(group.id, { watchers: read?.watchers })
      await refused('KIN_TARGET_NOT_FOUND', db.group.at(group.id).members.add(b))
      await refused('KIN_TARGET_NOT_FOUND', db.group.at(group.id).watchers.add([c, absent]))
      assert.deepEqual((await db.group.findById(group.id))?.watchers, [a, b])
    },
  },
  {
    rule: 'R15',
    title: 'set and clear leave hidden entries, update replaces them',
    layouts: listLayouts,
    async run(harness) {
      const { db, a, b, c } = await openClub(harness)
      const { id } = await db.group.create({ name: 'g', watchers: [a, b], members: [a, b] })
      await db.user.delete(b)
      const { members, watchers } = db.group.at(id)
      assert.deepEqual(await members.set([c]), { ...nothing, added: [c], removed: [a] })
      assert.deepEqual((await watchers.clear()).removed, [a])
      assert.deepEqual(await watchers.list(), [])
      await db.user.restore(b)
      assert.deepEqual(idsOf(await members.list()), [b, c])
      assert.deepEqual(idsOf(await watchers.list()), [b])
      await db.user.delete(b)
      assert.deepEqual((await db.group.update(id, { watchers: [c] })).watchers, [c])
    },
  },
  {
    rule: 'R15',
    title: 'a new pair needs the payload fields that have no default',
    layouts: listLayouts,
    async run({ open, many: layout }) {
      const user = k.model({ name: k.string() })
      const group = k.model({
        name: k.string(),
        members: k.many('user', { inverse: 'groups', layout, payload: { role: k.string() } }),
      })
      const db = await open(defineGraph({ user, group }))
      const { id } = await db.user.create({ name: 'a' })
      const { members } = db.group.at((await db.group.create({ name: 'g' })).id)
      await refused('KIN_VALIDATION', members.add(id))
      assert.deepEqual((await members.add(id, { role: 'x' })).added, [id])
      assert.deepEqual((await members.add(id)).unchanged, [id])
    },
  },
  {
    rule: 'R15',
    title: 'in update an embedded object is replaced whole',
    async run({ open }) {
      const place = k.object({ street: k.string(), floor: k.integer().optional() })
      const db = await open(defineGraph({ shop: k.model({ place }) }))
      const { id } = await db.shop.create({ place: { street: 'a', floor: 2 } })
      assert.deepEqual((await db.shop.update(id, { place: { street: 'b' } })).place, {
        street: 'b',
        floor: null,
      })
    },
  },
  {
    rule: 'R16',
    title: 'a symmetric pair is one, seen from both, and never with itself',
    layouts: ['join', 'mirror'],
    async run({ open, many: layout }) {
      const friends = k.many('user', { symmetric: true, layout, payload: { since: k.integer() } })
      const db = await open(defineGraph({ user: k.model({ name: k.string(), friends }) }))
      const [a, b] = idsOf(await db.user.createMany([{ name: 'a' }, { name: 'b' }])) as [string, string]
      assert.deepEqual((await db.user.at(b).friends.add(a, { since: 1 })).added, [a])
      assert.deepEqual((await db.user.at(a).friends.add(b, { since: 2 })).updated, [b])
      assert.deepEqual(
        (await db.user.at(b).friends.list()).map((user) => [user.id, user.$link.since]),
        [[a, 2]],
      )
      await refused('KIN_VALIDATION', db.user.at(a).friends.add(a, { since: 3 }))
      assert.deepEqual((await db.user.at(a).friends.remove(b)).removed, [b])
      assert.equal(await db.user.at(b).friends.count(), 0)
    },
  },
  {
    rule: 'R16',
    title: 'a self-association with two ends tells them apart and allows a pair with itself',
    layouts: listLayouts,
    async run({ open, many: layout }) {
      const follows = k.many('user', { inverse: 'followers', layout })
      const db = await open(defineGraph({ user: k.model({ name: k.string(), follows }) }))
      const [a, b] = idsOf(await db.user.createMany([{ name: 'a' }, { name: 'b' }])) as [string, string]
      await db.user.at(a).follows.add([a, b])
      assert.deepEqual(idsOf(await db.user.at(b).followers.list()), [a])
      assert.deepEqual(idsOf(await db.user.at(b).follows.list()), [])
      assert.deepEqual(idsOf(await db.user.at(a).followers.list()), [a])
    },
  },
]
