import { describe, expect, test } from 'vitest'
import { type Loose, openGraph, refusal } from './database.js'
import { layouts, shop } from './shop.js'

describe.each(layouts)('create, %s layout', (layout) => {
  test('gives every field a value and returns the record as findById does', async () => {
    const { db } = await openGraph(shop(layout))
    const user = await db.user.create({ name: 'Jane', password: 'secret' })
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Jane',
      email: null,
      age: null,
      code: 'none',
      manager: null,
      createdAt: expect.any(Date),
      updatedAt: user.createdAt,
      version: 1,
      deletedAt: null,
    })
    expect(await db.user.findById(user.id)).toEqual(user)
    expect((await db.user.findById(user.id, { reveal: ['password'] })).password).toBe('secret')
  })

  test('nests to any depth, from both ends of every association, in one transaction', async () => {
    const { db } = await openGraph(shop(layout))
    const tag = await db.hashtag.create({ text: 'old' })
    const user = await db.user.create({
      name: 'Jane',
      manager: { name: 'Boss', groups: [{ name: 'board', $link: { role: 'chair' } }] },
      profile: { bio: 'b' },
      posts: [
        { title: 'one', hashtags: [tag, { text: 'new' }, tag.id], editor: { name: 'Ed' } },
        { title: 'two' },
      ],
      groups: [{ $create: { name: 'club' }, $link: { role: 'member', since: 1 } }],
      cart: { items: [{ product: { title: 'p', price: '1.5' }, quantity: 2 }], wishes: [] },
    })
    const shown = await db.user.findById(user.id, {
      populate: {
        manager: { populate: { groups: true } },
        profile: true,
        posts: { populate: { hashtags: true, editor: true } },
        groups: true,
        cart: { populate: { items: { product: true } } },
      },
    })
    expect(shown).toMatchObject({
      name: 'Jane',
      manager: { name: 'Boss', groups: [{ name: 'board', $link: { role: 'chair', since: 7, note: null } }] },
      profile: { bio: 'b', user: user.id },
      posts: [
        {
          title: 'one',
          author: user.id,
          editor: { name: 'Ed' },
          hashtags: [{ text: 'old' }, { text: 'new' }],
        },
        { title: 'two', author: user.id, editor: null, hashtags: [] },
      ],
      groups: [{ name: 'club', $link: { role: 'member', since: 1, note: null } }],
      cart: { items: [{ product: { title: 'p', price: '1.50' }, quantity: 2, note: null }], wishes: [] },
    })
  })

  test('R12: repeated ids in a list collapse to the first; k.array(k.one()) keeps them', async () => {
    const { db } = await openGraph(shop(layout))
    const [a, b] = await db.hashtag.createMany([{ text: 'a' }, { text: 'b' }])
    const product = await db.product.create({ title: 'p', price: '1' })
    const user = await db.user.create({ name: 'u', posts: [{ title: 't', hashtags: [b, a.id, b.id] }] })
    const { posts } = await db.user.findById(user.id, { populate: { posts: true } })
    expect(posts[0].hashtags).toEqual([b.id, a.id])
    const cart = await db.cart.create({ wishes: [product, product.id] })
    expect(cart.wishes).toEqual([product.id, product.id])
    expect(cart.items).toEqual([])
  })

  test('a record stands for its id, whatever else it carries', async () => {
    const { db } = await openGraph(shop(layout))
    const user = await db.user.create({ name: 'u', groups: [{ name: 'g', $link: { role: 'r' } }] })
    const { groups } = await db.user.findById(user.id, { populate: { groups: true } })
    const other = await db.user.create({ name: 'v', manager: user, groups })
    expect(other.manager).toBe(user.id)
    const found = await db.group.findById(groups[0].id, {
      populate: { members: { orderBy: { name: 'asc' } } },
    })
    expect(found.members.map((member: { name: string }) => member.name)).toEqual(['u', 'v'])
    // The pairing that a record was loaded with is its payload here, too.
    expect(found.members[1].$link.role).toBe('r')
  })

  test('from the inverse end an existing holder moves, which touches it (R14, R19)', async () => {
    const { db } = await openGraph(shop(layout))
    const [one, two] = await db.user.createMany([{ name: 'one' }, { name: 'two', profile: { bio: 'b' } }])
    const { profile } = await db.user.findById(two.id, { populate: { profile: true } })
    const post = await db.post.create({ title: 't', author: one })
    const user = await db.user.create({ name: 'three', posts: [post], profile: profile.id })
    expect(await db.post.findById(post.id)).toEqual({ ...post, author: user.id, version: 2 })
    expect(await db.profile.findById(profile.id)).toEqual({ ...profile, user: user.id, version: 2 })
    expect((await db.user.findById(two.id, { populate: { profile: true } })).profile).toBeNull()
  })

  test('R33: ids given by the caller are kept, in normal form; a taken one is KIN_UNIQUE', async () => {
    const { db, dump } = await openGraph(shop(layout))
    const id = 'ABCDEF0123456789ABCDEF01'
    const user = await db.user.create({ id, name: 'u' })
    expect(user.id).toBe(id.toLowerCase())
    await db.country.create({ id: 'nl', name: 'Netherlands' })
    const before = await dump()
    const error = await refusal(db.user.create({ id, name: 'v' }))
    expect([error.code, error.details, error.path]).toEqual([
      'KIN_UNIQUE',
      { model: 'user', fields: ['id'] },
      'id',
    ])
    expect((await refusal(db.country.create({ name: 'x' }))).details).toMatchObject({
      issues: [{ path: 'id', code: 'required' }],
    })
    expect(await dump()).toEqual(before)
  })

  test('W3: a reference or a pair may name a record that the same call creates', async () => {
    const { db } = await openGraph(shop(layout))
    const [a, b] = ['a'.repeat(24), 'b'.repeat(24)]
    await db.person.createMany([
      { id: a, name: 'a', follows: [b], friends: [b] },
      { id: b, name: 'b', followers: [a], friends: [{ id: a, $link: { since: 3 } }] },
    ])
    const people = await db.person.find({ populate: { follows: true, followers: true, friends: true } })
    const idsOf = (list: { id: string }[]): string[] => list.map((one) => one.id)
    expect(
      people.map((one: Loose) => [idsOf(one.follows), idsOf(one.followers), idsOf(one.friends)]),
    ).toEqual([
      [[b], [], [b]],
      [[], [a], [a]],
    ])
    expect(people[0].friends[0].$link.since).toBe(3)
  })
})
