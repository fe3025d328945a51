import { describe, expect, test } from 'vitest'
import { type Loose, openGraph, refusal } from '../write/database.js'
import { shop } from '../write/shop.js'

const none = { added: [], updated: [], removed: [], unchanged: [] }

async function prepare() {
  const opened = await openGraph(shop('join'))
  const { db } = opened
  const [u, v, gone] = await db.user.createMany([{ name: 'u' }, { name: 'v' }, { name: 'gone' }])
  const [one, two] = await db.badge.createMany([
    { label: 'one', user: u },
    { label: 'two', user: v },
  ])
  const post = await db.post.create({ title: 't', author: u, editor: gone })
  await db.user.delete(gone.id)
  return { ...opened, u, v, gone, one, two, post }
}

describe('handles of to-one ends, from the holder', () => {
  test('get reads the target, shaped by a query; a hidden one as null', async () => {
    const { db, u, post, gone } = await prepare()
    expect(
      await db.post.at(post.id).author.get({ select: ['name'], populate: { badge: true } }),
    ).toMatchObject({
      name: 'u',
      badge: { label: 'one', user: u.id },
    })
    expect(await db.post.at(post.id).editor.get()).toBeNull()
    expect((await db.post.at(post.id).editor.get({ deleted: 'include' })).id).toBe(gone.id)
    expect((await refusal(db.post.at(post.id).editor.get({ selec: [] }))).path).toBe('selec')
  })

  test('set replaces the target, reports both, and touches the holder (R19)', async () => {
    const { db, v, gone, post } = await prepare()
    expect(await db.post.at(post.id).editor.set(v)).toEqual({ ...none, added: [v.id], removed: [gone.id] })
    expect(await db.post.at(post.id).editor.set({ id: v.id })).toEqual({ ...none, unchanged: [v.id] })
    expect((await db.post.findById(post.id)).version).toBe(post.version + 1)
    expect(await db.post.at(post.id).editor.set(null)).toEqual({ ...none, removed: [v.id] })
    expect(await db.post.at(post.id).editor.set(null)).toEqual(none)
    const made = await db.post.at(post.id).editor.create({ name: 'new', posts: [{ title: 'x' }] })
    expect(made).toEqual(await db.user.findById(made.id))
    expect((await db.post.findById(post.id)).editor).toBe(made.id)
  })

  test('a stored target that is hidden is unchanged, not refused (R15)', async () => {
    const { db, gone, post } = await prepare()
    expect(await db.post.at(post.id).editor.set(gone)).toEqual({ ...none, unchanged: [gone.id] })
  })

  test('R14: a required reference is not unset, a taken target is a conflict, immutable ones stay', async () => {
    const { db, u, v, post, one, dump } = await prepare()
    const profile = await db.profile.create({ user: u })
    await db.profile.create({ user: v })
    const before = await dump()
    const unset = await refusal(db.post.at(post.id).author.set(null))
    expect([unset.code, unset.details]).toEqual([
      'KIN_REQUIRED_REFERENCE',
      { association: 'post.author', holders: [post.id] },
    ])
    const taken = await refusal(db.profile.at(profile.id).user.set(v))
    expect([taken.code, taken.details]).toEqual([
      'KIN_ONE_TAKEN',
      { association: 'profile.user', target: v.id },
    ])
    expect((await refusal(db.badge.at(one.id).user.set(v))).code).toBe('KIN_ONE_TAKEN')
    expect((await refusal(db.badge.at(one.id).user.set('x'))).code).toBe('KIN_VALIDATION')
    expect((await refusal(db.badge.at(one.id).user.set(undefined))).code).toBe('KIN_VALIDATION')
    expect(await dump()).toEqual(before)
  })
})

describe('handles of to-one ends, from the inverse', () => {
  const badgeOf = async (db: Loose, { id }: Loose): Promise<Loose> => db.user.at(id).badge.get()

  test('R14: set moves the holder here and unsets the one that it displaces; both are touched', async () => {
    const { db, u, v, one, two } = await prepare()
    expect(await db.user.at(u.id).badge.set(two)).toEqual({ ...none, added: [two.id], removed: [one.id] })
    expect(await badgeOf(db, u)).toEqual({ ...two, user: u.id, version: 2 })
    expect(await badgeOf(db, v)).toBeNull()
    expect(await db.badge.findById(one.id)).toEqual({ ...one, user: null, version: 2 })
    expect(await db.user.at(u.id).badge.set(two.id)).toEqual({ ...none, unchanged: [two.id] })
    expect(await db.user.at(u.id).badge.set(null)).toEqual({ ...none, removed: [two.id] })
    expect(await db.user.at(u.id).badge.set(null)).toEqual(none)
    const made = await db.user.at(u.id).badge.create({ label: 'new' })
    expect(made).toEqual({ id: expect.any(String), label: 'new', user: u.id, version: 1 })
  })

  test('R14: it is refused where the displaced reference is required, and only there (W9)', async () => {
    const { db, u, v, dump } = await prepare()
    const [mine, yours] = await db.profile.createMany([{ user: u }, { user: v }])
    const before = await dump()
    for (const call of [
      () => db.user.at(u.id).profile.set(yours),
      () => db.user.at(u.id).profile.create({ bio: 'x' }),
      () => db.user.at(u.id).profile.set(null),
    ]) {
      const error = await refusal(call())
      expect([error.code, error.details]).toEqual([
        'KIN_REQUIRED_REFERENCE',
        { association: 'profile.user', holders: [mine.id] },
      ])
    }
    expect(await dump()).toEqual(before)
    await db.profile.delete(mine.id)
    expect(await db.user.at(u.id).profile.set(null)).toEqual(none)
    expect(await db.user.at(u.id).profile.set(yours)).toEqual({ ...none, added: [yours.id] })
  })
})
