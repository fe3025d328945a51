import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../schema/loose.js'
import { type Loose, openGraph, refusal } from '../write/database.js'
import { layouts, shop } from '../write/shop.js'

const none = { added: [], updated: [], removed: [], unchanged: [] }
const texts = (list: readonly Loose[]): string[] => list.map(({ text }) => text)

describe.each(layouts)('R10: ordered lists, %s layout', (layout) => {
  async function prepare() {
    const opened = await openGraph(shop(layout))
    const { db } = opened
    const tags: Loose[] = await db.hashtag.createMany(['a', 'b', 'c', 'd'].map((text) => ({ text })))
    const [a, b, c, d] = tags
    const list = await db.list.create({ name: 'l', entries: [c, a] })
    const shown = async (): Promise<string[]> =>
      texts(await db.list.at(list.id).entries.list({ deleted: 'include' }))
    return { ...opened, a, b, c, d, list, at: db.list.at(list.id), shown }
  }

  test('add appends, in the order given; what is there keeps its place', async () => {
    const { at, a, b, d, shown } = await prepare()
    expect(await at.entries.add([d, a, b])).toEqual({ ...none, added: [d.id, b.id], unchanged: [a.id] })
    expect(await shown()).toEqual(['c', 'a', 'd', 'b'])
  })

  test('set gives the new order; hidden entries stand behind it, in their own', async () => {
    const { db, at, a, b, c, d, shown } = await prepare()
    await at.entries.add([b, d])
    await db.hashtag.delete(c.id)
    await db.hashtag.delete(b.id)
    expect(await at.entries.set([d, a])).toEqual({ ...none, unchanged: [d.id, a.id] })
    expect(await shown()).toEqual(['d', 'a', 'c', 'b'])
    expect(await at.entries.set([b, d])).toEqual({ ...none, removed: [a.id], unchanged: [b.id, d.id] })
    expect(await shown()).toEqual(['b', 'd', 'c'])
  })

  test('from the other end an entry goes to the end; removing keeps the order of the rest', async () => {
    const { db, at, a, b, d, list, shown } = await prepare()
    await db.hashtag.at(d.id).lists.add(list)
    await db.hashtag.at(b.id).lists.set([list])
    expect(await shown()).toEqual(['c', 'a', 'd', 'b'])
    await db.hashtag.at(a.id).lists.clear()
    await at.entries.remove(d)
    expect(await shown()).toEqual(['c', 'b'])
    // Neither end shows the pair as its own content (R19).
    expect((await db.list.findById(list.id)).version).toBe(1)
  })

  test('one-sided lists are ordered by themselves and touch their record (R19)', async () => {
    const { db, a, b, c } = await prepare()
    const post = await db.post.create({ title: 't', author: { name: 'u' }, hashtags: [c, a] })
    const { hashtags } = db.post.at(post.id)
    expect(await hashtags.add([b, c])).toEqual({ ...none, added: [b.id], unchanged: [c.id] })
    expect(await db.post.findById(post.id)).toEqual({ ...post, hashtags: [c.id, a.id, b.id], version: 2 })
    expect(await hashtags.set([a, b, c])).toEqual({ ...none, unchanged: [a.id, b.id, c.id] })
    expect(await db.post.findById(post.id)).toMatchObject({ hashtags: [a.id, b.id, c.id], version: 3 })
    await hashtags.set([a, b, c])
    await hashtags.remove(['f'.repeat(24)])
    expect((await db.post.findById(post.id)).version).toBe(3)
    await hashtags.remove(b)
    expect(await db.post.findById(post.id)).toMatchObject({ hashtags: [a.id, c.id], version: 4 })
    expect(await hashtags.create({ text: 'new' })).toMatchObject({ text: 'new' })
    expect(texts(await hashtags.list())).toEqual(['a', 'c', 'new'])
  })
})

describe.each(layouts)('self-associations, %s layout', (layout) => {
  async function prepare() {
    const opened = await openGraph(shop(layout))
    const people: Loose[] = await opened.db.person.createMany(['a', 'b', 'c'].map((name) => ({ name })))
    const [a, b, c] = people
    return { ...opened, a, b, c, at: ({ id }: Loose) => opened.db.person.at(id) }
  }
  const names = (list: readonly Loose[]): string[] => list.map(({ name }) => name)

  test('R16: a symmetric pair is one pair with one payload, whichever end it is seen from', async () => {
    const { db, a, b, c, at } = await prepare()
    expect(await at(b).friends.add([a, c], { since: 1 })).toEqual({ ...none, added: [a.id, c.id] })
    expect(await at(a).friends.add(b, { since: 2 })).toEqual({ ...none, updated: [b.id] })
    const [friend] = await at(b).friends.list({ where: { name: 'a' } })
    expect(friend.$link).toEqual({ since: 2 })
    expect(names(await at(c).friends.list())).toEqual(['b'])
    expect(await at(c).friends.update(b, { since: 9 })).toEqual({ ...none, updated: [b.id] })
    expect((await at(b).friends.list({ where: { $link: { since: 9 } } })).length).toBe(1)
    expect(await at(b).friends.set([c])).toEqual({ ...none, removed: [a.id], unchanged: [c.id] })
    expect(await at(c).friends.clear()).toEqual({ ...none, removed: [b.id] })
    expect(await db.person.count({ where: { friends: { $some: {} } } })).toBe(0)
  })

  test('R16: and pairs no record with itself', async () => {
    const { db, a, b, at, dump } = await prepare()
    const before = await dump()
    const id = 'e'.repeat(24)
    for (const call of [
      () => at(a).friends.add([b, a]),
      () => at(a).friends.set(a.id),
      () => db.person.update(a.id, { friends: [a] }),
      () => db.person.create({ id, name: 'x', friends: [id] }),
    ]) {
      const { code, details } = await refusal(call())
      expect([code, (details as Loose).issues[0].code]).toEqual(['KIN_VALIDATION', 'self'])
    }
    expect(await dump()).toEqual(before)
  })

  test('R16: one with two named ends keeps them apart, and allows a pair with itself', async () => {
    const { a, b, at } = await prepare()
    expect(await at(a).follows.add([a, b])).toEqual({ ...none, added: [a.id, b.id] })
    expect(names(await at(a).followers.list())).toEqual(['a'])
    expect(names(await at(b).followers.list())).toEqual(['a'])
    expect(await at(b).followers.remove(a)).toEqual({ ...none, removed: [a.id] })
    expect(names(await at(a).follows.list())).toEqual(['a'])
  })
})

describe('pairs over a declared model', () => {
  const calls: string[] = []
  const listen = (hook: string) => () => void calls.push(hook)
  const graph = defineGraph({
    club: k.model({
      name: k.string(),
      members: k.many('user', { inverse: 'clubs', through: 'membership', columns: { target: 'user' } }),
    }),
    user: k.model({ name: k.string() }, { softDelete: true }),
    membership: k.model(
      {
        club: k.one('club', { inverse: 'memberships' }),
        user: k.one('user'),
        role: k.string().default('member'),
        by: k.one('user').optional(),
        number: k.integer().optional().immutable(),
      },
      {
        softDelete: true,
        version: true,
        hooks: {
          beforeCreate: listen('beforeCreate'),
          afterCreate: listen('afterCreate'),
          beforeDelete: listen('beforeDelete'),
        },
      },
    ),
    fee: k.model({ of: k.one('membership', { onDelete: 'restrict' }) }),
  })

  async function prepare() {
    const opened = await openGraph(graph)
    const { db } = opened
    const [a, b] = await db.user.createMany([{ name: 'a' }, { name: 'b' }])
    const club = await db.club.create({ name: 'c', members: [{ id: a.id, $link: { by: b, number: 1 } }] })
    return { ...opened, a, b, club, at: db.club.at(club.id) }
  }

  test('are its records, with defaults, hooks and references of their own', async () => {
    calls.splice(0)
    const { db, a, b, club, at } = await prepare()
    await db.user.at(b.id).clubs.add(club, { role: 'chair' })
    const memberships = await db.membership.find({ orderBy: { role: 'asc' } })
    expect(memberships).toMatchObject([
      { club: club.id, user: b.id, role: 'chair', by: null, version: 1 },
      { club: club.id, user: a.id, role: 'member', by: b.id, number: 1, version: 1 },
    ])
    expect(calls).toEqual(['beforeCreate', 'afterCreate', 'beforeCreate', 'afterCreate'])
    expect(await at.members.update(a, { role: 'x' })).toEqual({ ...none, updated: [a.id] })
    expect(await db.membership.findOne({ where: { user: a.id } })).toMatchObject({ role: 'x', version: 2 })
    expect((await refusal(at.members.update(a, { number: 2 }))).code).toBe('KIN_IMMUTABLE')
  })

  test('removing one deletes its record, softly where the model is, and its ties hold', async () => {
    calls.splice(0)
    const { db, a, b, at } = await prepare()
    const [membership] = await db.membership.find()
    const fee = await db.fee.create({ of: membership })
    expect((await refusal(at.members.remove(a))).code).toBe('KIN_RESTRICTED')
    await db.fee.delete(fee.id)
    expect(await at.members.set([{ id: b.id }])).toEqual({ ...none, added: [b.id], removed: [a.id] })
    expect(await db.membership.count({ deleted: 'only' })).toBe(1)
    expect(calls.filter((call) => call === 'beforeDelete')).toEqual(['beforeDelete'])
    // A pair that was removed is new again.
    expect(await at.members.add(a)).toEqual({ ...none, added: [a.id] })
    expect(await db.membership.count({ deleted: 'include' })).toBe(3)
  })

  test('R35: a scope on it hides pairs, and holds for what is written', async () => {
    const { db, a, b, club } = await prepare()
    const scoped = db.scoped({ membership: { role: { $ne: 'secret' } } })
    await db.club.at(club.id).members.add(b, { role: 'secret' })
    expect((await scoped.club.at(club.id).members.list()).map(({ name }: Loose) => name)).toEqual(['a'])
    expect(await scoped.club.at(club.id).members.clear()).toEqual({ ...none, removed: [a.id] })
    expect((await refusal(scoped.club.at(club.id).members.add(a, { role: 'secret' }))).code).toBe(
      'KIN_FORBIDDEN',
    )
    expect(await db.membership.count()).toBe(1)
  })
})
