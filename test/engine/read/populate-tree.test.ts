import { describe, expect, it } from 'vitest'
import {
  ann,
  bob,
  cid,
  club,
  gone,
  ink,
  jane,
  john,
  js,
  openShop,
  p1,
  p2,
  p3,
  p4,
  pen,
  staff,
  ts,
} from './shop.js'
import { defineGraph, k } from '../../../src/index.js'
import { id, open } from './database.js'

const names = (list: readonly { readonly name: string }[]): string[] => list.map((record) => record.name)
const ids = (list: readonly { readonly id: string }[]): string[] => list.map((record) => record.id)

describe('a record', () => {
  it('shows its fields, to-one ids and one-sided lists, and no other end', async () => {
    const { db } = await openShop()
    expect(await db.post.findById(p1)).toEqual({
      id: p1,
      title: 'alpha',
      author: jane,
      hashtags: [ts, js],
      version: 1,
      deletedAt: null,
    })
    expect(Object.keys(await db.group.findById(staff))).toEqual(['id', 'name'])
  })

  it('R34: hidden fields are shown when they are revealed', async () => {
    const { db } = await openShop()
    expect(await db.user.findById(jane)).not.toHaveProperty('password')
    expect(await db.user.findById(jane, { select: ['name'], reveal: ['password'] })).toEqual({
      name: 'Jane',
      password: 'secret',
    })
    expect(await db.user.find({ where: { password: 'secret' }, select: ['id'] })).toEqual([{ id: jane }])
  })

  it('R37: absent or hidden is null', async () => {
    const { db } = await openShop()
    expect(await db.user.findById(id(99))).toBeNull()
    expect(await db.user.findById(gone)).toBeNull()
    expect(await db.user.findById(gone, { deleted: 'include', select: ['name'] })).toEqual({ name: 'Gone' })
    expect(await db.user.findById(jane, { deleted: 'only' })).toBeNull()
    expect(await db.user.findOne({ where: { name: 'Nobody' } })).toBeNull()
  })

  it('R7: is found by its id in any case', async () => {
    const { db } = await openShop()
    expect(await db.group.findById(staff.toUpperCase())).toMatchObject({ name: 'staff' })
    await expect(db.group.findById('x')).rejects.toMatchObject({ code: 'KIN_INVALID_ID', path: 'id' })
    await expect(db.group.findById(undefined)).rejects.toMatchObject({ code: 'KIN_INVALID_ID' })
  })
})

describe('populate', () => {
  it('to-one, from both ends', async () => {
    const { db, reads } = await openShop()
    const user = await db.user.findById(jane, {
      select: ['name'],
      populate: { profile: { select: ['bio'] } },
    })
    expect(user).toEqual({ name: 'Jane', profile: { bio: 'of Jane' } })
    const post = await db.post.findById(p1, { select: [], populate: { author: { select: ['name'] } } })
    expect(post).toEqual({ author: { name: 'Jane' } })
    expect(reads()).toBe(2)
  })

  it('R20: a hidden target is null, its raw id is shown', async () => {
    const { db } = await openShop()
    expect(await db.post.findById(p3)).toMatchObject({ author: gone })
    expect(await db.post.findById(p3, { populate: { author: true } })).toMatchObject({ author: null })
    const seen = await db.post.findById(p3, {
      populate: { author: { deleted: 'include', select: ['name'] } },
    })
    expect(seen.author).toEqual({ name: 'Gone' })
    expect(
      await db.comment.findById(id(71), { populate: { by: { where: { name: 'Other' } } } }),
    ).toMatchObject({ by: null })
  })

  it('R20: lists show live targets, or those asked for', async () => {
    const { db } = await openShop()
    const posts = async (node: unknown): Promise<string[]> =>
      ids((await db.user.findById(jane, { populate: { posts: node } })).posts)
    expect(await posts(true)).toEqual([p1, p2])
    expect(await posts({ deleted: 'include' })).toEqual([p1, p2, p4])
    expect(await posts({ deleted: 'only' })).toEqual([p4])
    const all = await db.user.find({ deleted: 'include', populate: { posts: { deleted: 'inherit' } } })
    expect(all.map((user: { posts: [] }) => user.posts.length)).toEqual([3, 0, 1])
  })

  it('R8: the inverse of a one-one is the live holder, else the one deleted last', async () => {
    const { db } = await openShop()
    const bios = async (deleted: string): Promise<unknown[]> =>
      (await db.user.find({ populate: { profile: { deleted, select: ['bio'] } } })).map(
        (user: { profile: { bio: string } | null }) => user.profile?.bio ?? null,
      )
    expect(await bios('exclude')).toEqual(['of Jane', null])
    expect(await bios('include')).toEqual(['of Jane', 'last of John'])
    expect(await bios('only')).toEqual(['older', 'last of John'])
  })

  it('many-many with payload, from both ends', async () => {
    const { db } = await openShop()
    const group = await db.group.findById(staff, { populate: { members: { select: ['name'] } } })
    expect(group.members).toEqual([
      { name: 'Jane', $link: { joinedAt: new Date(2), role: 'lead' } },
      { name: 'John', $link: { joinedAt: new Date(1), role: null } },
    ])
    const user = await db.user.findById(jane, {
      populate: { groups: { select: ['name'], orderBy: { $link: { joinedAt: 'asc' } } } },
    })
    expect(user.groups).toEqual([
      { name: 'club', $link: { joinedAt: new Date(1), role: null } },
      { name: 'staff', $link: { joinedAt: new Date(2), role: 'lead' } },
    ])
    const leads = await db.group.find({ populate: { members: { where: { $link: { role: 'lead' } } } } })
    expect(leads.map((one: { members: [] }) => one.members.length)).toEqual([1, 0])
  })

  it('one-sided lists, in the order given (R10)', async () => {
    const { db } = await openShop()
    const post = await db.post.findById(p1, { populate: { hashtags: true } })
    expect(post.hashtags).toEqual([
      { id: ts, text: 'ts' },
      { id: js, text: 'js' },
    ])
    const sorted = await db.post.findById(p1, { populate: { hashtags: { orderBy: { text: 'asc' } } } })
    expect(ids(sorted.hashtags)).toEqual([js, ts])
  })

  it('self-associations: trees, symmetric friends, followers', async () => {
    const { db } = await openShop()
    const person = await db.person.findById(ann, {
      populate: {
        children: { populate: { parent: { select: ['name'] } } },
        friends: true,
        follows: true,
        followers: true,
      },
    })
    expect(names(person.children)).toEqual(['Bob', 'Cid'])
    expect(person.children[0].parent).toEqual({ name: 'Ann' })
    expect(person.friends).toEqual([{ id: cid, name: 'Cid', parent: ann, $link: { since: 2001 } }])
    expect(ids(person.follows)).toEqual([ann])
    expect(ids(person.followers)).toEqual([ann, bob])
    const other = await db.person.findById(cid, { populate: { friends: { select: ['name'] } } })
    expect(other.friends).toEqual([
      { name: 'Ann', $link: { since: 2001 } },
      { name: 'Bob', $link: { since: 2002 } },
    ])
  })

  it('references inside embedded arrays, at their place, with the other members kept', async () => {
    const { db, reads } = await openShop()
    const carts = await db.cart.find({
      select: ['id'],
      populate: { items: { product: { select: ['title'] } }, owner: { select: ['name'] } },
    })
    expect(carts).toEqual([
      {
        id: id(81),
        items: [
          { product: { title: 'pen' }, quantity: 2 },
          { product: { title: 'ink' }, quantity: 1 },
          { product: { title: 'pen' }, quantity: 5 },
        ],
        owner: { name: 'Jane' },
      },
      { id: id(82), items: [], owner: { name: 'John' } },
    ])
    expect(reads()).toBe(2)
    const cheap = await db.cart.findById(id(81), {
      populate: { items: { product: { where: { price: { $lt: '5.00' } }, select: ['id'] } } },
    })
    expect(cheap.items.map((item: { product: unknown }) => item.product)).toEqual([
      { id: pen },
      null,
      { id: pen },
    ])
    expect(ink).not.toBe(pen)
  })

  it('filter, order and limit are per parent', async () => {
    const { db } = await openShop()
    const users = await db.user.find({
      populate: { posts: { orderBy: { title: 'desc' }, limit: 1, select: ['title'] } },
    })
    expect(users.map((user: { posts: unknown }) => user.posts)).toEqual([[{ title: 'beta' }], []])
    const second = await db.user.findById(jane, { populate: { posts: { offset: 1, select: ['title'] } } })
    expect(second.posts).toEqual([{ title: 'beta' }])
  })

  it('counts nothing where nothing is named', async () => {
    const { db } = await openShop()
    const query = { select: ['name'], count: {}, populate: { posts: { select: [], count: {} } } }
    const [user] = await db.user.find({ ...query, orderBy: { name: 'desc' }, limit: 1 })
    expect(user.$count).toEqual({})
    for (const post of user.posts) expect(post).toEqual({ $count: {} })
  })

  it('counts, with filters and modes of their own', async () => {
    const { db, reads } = await openShop()
    const user = await db.user.findById(jane, {
      select: ['name'],
      count: { posts: { deleted: 'include' }, groups: { where: { $link: { role: 'lead' } } } },
    })
    expect(user).toEqual({ name: 'Jane', $count: { posts: 3, groups: 1 } })
    const nested = await db.group.findById(club, {
      populate: { members: { select: [], count: { posts: true } } },
    })
    expect(nested.members).toEqual([{ $link: { joinedAt: new Date(1), role: null }, $count: { posts: 2 } }])
    expect(reads()).toBe(3)
  })

  it('copies of one parent below a join get the same children', async () => {
    const { db, reads } = await openShop()
    const posts = await db.post.find({
      populate: { author: { select: ['name'], populate: { groups: { select: ['name'] } } } },
    })
    expect(
      posts.map(
        (post: { author: { groups: { name: string }[] } | null }) => post.author && names(post.author.groups),
      ),
    ).toEqual([['staff', 'club'], ['staff', 'club'], null])
    expect(reads()).toBe(2)
  })
})

describe.each(['join', 'batch', 'aggregate'])('strategy %s', (strategy) => {
  it('loads the same tree', async () => {
    const { db } = await openShop()
    const populate = {
      profile: true,
      posts: {
        populate: { hashtags: true, comments: { populate: { by: { select: ['name'] } }, count: {} } },
        orderBy: { title: 'desc' },
        limit: 2,
      },
      groups: { where: { name: { $ne: 'x' } } },
      cart: { populate: { owner: { select: ['email'] } } },
    }
    const usual = await db.user.find({ populate, count: { posts: true } })
    expect(await db.user.find({ populate, count: { posts: true }, strategy })).toEqual(usual)
    expect(usual[0].posts.map((post: { title: string }) => post.title)).toEqual(['beta', 'alpha'])
    expect(usual[0].posts[1].comments.map((comment: { by: unknown }) => comment.by)).toEqual([
      { name: 'John' },
      null,
    ])
    expect(usual[1].id).toBe(john)
  })
})

describe('R34: hidden members of embedded objects', () => {
  it('are not shown, but can be filtered by code', async () => {
    const graph = defineGraph({
      place: k.model({
        at: k.object({
          city: k.string(),
          code: k.string().hidden(),
          inner: k.object({ secret: k.string().hidden() }),
        }),
        log: k.array(k.object({ act: k.string(), by: k.string().hidden() })),
      }),
    })
    const at = { city: 'Rome', code: 'x', inner: { secret: 's' } }
    const { db } = await open(graph, { place: [{ id: id(1), at, log: [{ act: 'a', by: 'b' }] }] })
    const shown = { at: { city: 'Rome', inner: {} }, log: [{ act: 'a' }] }
    expect(await db.place.findOne({ select: ['at', 'log'] })).toEqual(shown)
    expect(
      await db.place.count({ where: { at: { inner: { secret: 's' } }, log: { $some: { by: 'b' } } } }),
    ).toBe(1)
  })
})
