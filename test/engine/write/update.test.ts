import { describe, expect, test } from 'vitest'
import { inShort, type Loose, openGraph, refusal } from './database.js'
import { layouts, shop } from './shop.js'

const role = { role: 'r' }
const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id)

describe('update', () => {
  test('changes what is given, touches the record, and returns it as findById does', async () => {
    const { db, statements } = await openGraph(shop('join'))
    const user = await db.user.create({ name: 'a', email: 'x', age: 1, password: 'p' })
    await new Promise((resolve) => setTimeout(resolve, 2))
    let changed: Loose
    const sent = await statements(async () => {
      changed = await db.user.update(user.id, { name: 'b', age: null })
    })
    expect(sent.map(inShort)).toEqual(['select user', 'update user'])
    expect(changed).toEqual({ ...user, name: 'b', age: null, version: 2, updatedAt: expect.any(Date) })
    expect(changed.updatedAt > user.updatedAt).toBe(true)
    expect(await db.user.findById(user.id)).toEqual(changed)
  })

  test('R19: what changes nothing touches nothing; a hidden field is content', async () => {
    const { db, statements } = await openGraph(shop('join'))
    const user = await db.user.create({ name: 'a', password: 'p' })
    let same: Loose
    const sent = await statements(async () => {
      same = await db.user.update(user.id, { name: 'a', password: 'p', manager: null, age: { $inc: 3 } })
    })
    expect(sent.map(inShort)).toEqual(['select user'])
    expect(same).toEqual(user)
    expect((await db.user.update(user.id, { password: 'q' })).version).toBe(2)
    expect((await db.user.findById(user.id, { reveal: ['password'] })).password).toBe('q')
  })

  test('$inc adds to numbers; null stays null; a sum that does not fit is refused (R4)', async () => {
    const { db, dump } = await openGraph(shop('join'))
    const user = await db.user.create({ name: 'a', age: 40 })
    expect(await db.user.update(user.id, { age: { $inc: 2 } })).toMatchObject({ age: 42, version: 2 })
    const product = await db.product.create({ title: 'p', price: '9999.50' })
    expect(await db.product.update(product.id, { price: { $inc: '-0.75' } })).toMatchObject({
      price: '9998.75',
    })
    const before = await dump()
    const tooMuch = await refusal(db.product.update(product.id, { price: { $inc: '1.25' } }))
    expect([tooMuch.code, tooMuch.path]).toEqual(['KIN_VALIDATION', 'price.$inc'])
    expect((await refusal(db.user.update(user.id, { age: { $inc: 2 ** 53 - 1 } }))).code).toBe(
      'KIN_VALIDATION',
    )
    expect((await refusal(db.user.update(user.id, { age: { $inc: '1' } }))).code).toBe('KIN_VALIDATION')
    expect((await refusal(db.user.update(user.id, { name: { $inc: 1 } }))).code).toBe('KIN_VALIDATION')
    expect(await dump()).toEqual(before)
  })

  test('R32: ifVersion is refused when the record has changed, also where nothing would', async () => {
    const { db, dump } = await openGraph(shop('join'))
    const user = await db.user.create({ name: 'a' })
    const post = await db.post.create({ title: 't', author: user, hashtags: [{ text: 'h' }] })
    const both = db.post.update(post.id, { title: 'u', hashtags: [] }, { ifVersion: 1 })
    expect(await both).toMatchObject({ title: 'u', hashtags: [], version: 2 })
    expect(await db.user.update(user.id, { name: 'b' }, { ifVersion: 1 })).toMatchObject({ version: 2 })
    const before = await dump()
    const error = await refusal(db.user.update(user.id, { name: 'b' }, { ifVersion: 1 }))
    expect([error.code, error.details]).toEqual([
      'KIN_VERSION_CONFLICT',
      { model: 'user', id: user.id, expected: 1, found: 2 },
    ])
    expect((await refusal(db.product.update(user.id, {}, { ifVersion: 1 }))).code).toBe('KIN_INVALID_QUERY')
    expect(await dump()).toEqual(before)
  })

  test('R37: an absent or soft-deleted record is not found', async () => {
    const { db } = await openGraph(shop('join'))
    const user = await db.user.create({ name: 'a' })
    await db.user.delete(user.id)
    for (const id of [user.id, 'f'.repeat(24)]) {
      const error = await refusal(db.user.update(id, { name: 'b' }))
      expect([error.code, error.details]).toEqual(['KIN_NOT_FOUND', { model: 'user', ids: [id] }])
    }
  })

  test('R15: an embedded object or array is replaced whole', async () => {
    const { db } = await openGraph(shop('join'))
    const [a, b] = await db.product.createMany([
      { title: 'a', price: '1' },
      { title: 'b', price: '2' },
    ])
    const cart = await db.cart.create({
      address: { city: 'x' },
      items: [{ product: a, quantity: 1, note: 'n' }],
    })
    const changed = await db.cart.update(cart.id, {
      address: { city: 'y', country: { $create: { id: 'nl', name: 'N' } } },
      items: [
        { product: b, quantity: 2 },
        { product: { title: 'c', price: '3' }, quantity: 3 },
      ],
    })
    expect(changed).toMatchObject({
      address: { city: 'y', country: 'nl' },
      items: [
        { product: b.id, quantity: 2, note: null },
        { product: expect.any(String), quantity: 3 },
      ],
      version: 2,
    })
    expect(await db.cart.findById(cart.id)).toEqual(changed)
    expect((await db.product.find()).map(({ title }: Loose) => title)).toEqual(['a', 'b', 'c'])
  })

  test('a taken unique value is KIN_UNIQUE, a taken one-one KIN_ONE_TAKEN with its target (R8)', async () => {
    const { db, dump } = await openGraph(shop('join'))
    const [u, v] = await db.user.createMany([
      { name: 'u', email: 'u', profile: {} },
      { name: 'v', email: 'v', profile: { bio: 'v' } },
    ])
    const { profile } = await db.user.findById(v.id, { populate: { profile: true } })
    const before = await dump()
    const email = await refusal(db.user.update(v.id, { email: 'u' }))
    expect([email.code, email.path, email.details]).toEqual([
      'KIN_UNIQUE',
      'email',
      { model: 'user', fields: ['email'] },
    ])
    const taken = await refusal(db.profile.update(profile.id, { user: u }))
    expect([taken.code, taken.path, taken.details]).toEqual([
      'KIN_ONE_TAKEN',
      'user',
      { association: 'profile.user', target: u.id },
    ])
    const nested = await refusal(db.post.create({ title: 't', author: { name: 'w', email: 'u' } }))
    expect([nested.code, nested.path]).toEqual(['KIN_UNIQUE', 'author.email'])
    expect(await dump()).toEqual(before)
    // A deleted holder keeps its target, and is in nobody's way.
    await db.user.update(u.id, { email: null })
    expect(await db.user.update(v.id, { email: 'u' })).toMatchObject({ email: 'u' })
  })
})

describe.each(layouts)('ends given to update, %s layout', (layout) => {
  test('R15: a list shows exactly what was given; records that are hidden from it stay', async () => {
    const { db } = await openGraph(shop(layout))
    const [a, b, gone] = await db.user.createMany([{ name: 'a' }, { name: 'b' }, { name: 'gone' }])
    const group = await db.group.create({
      name: 'g',
      members: [a, gone].map(({ id }) => ({ id, $link: { role: 'old', note: 'n' } })),
    })
    await db.user.delete(gone.id)
    await db.group.update(group.id, {
      members: [
        { id: a.id, $link: { role: 'new' } },
        { id: b.id, $link: role },
        { $create: { name: 'c' }, $link: role },
      ],
    })
    const show = (): Promise<Loose> =>
      db.group.findById(group.id, { populate: { members: { deleted: 'include', orderBy: { name: 'asc' } } } })
    expect((await show()).members.map(({ name, $link }: Loose) => [name, $link])).toEqual([
      ['a', { role: 'new', since: 7, note: 'n' }],
      ['b', { role: 'r', since: 7, note: null }],
      ['c', { role: 'r', since: 7, note: null }],
      ['gone', { role: 'old', since: 7, note: 'n' }],
    ])
    await db.user.update(b.id, { groups: [] })
    await db.group.update(group.id, { members: [] })
    expect((await show()).members.map(({ name }: Loose) => name)).toEqual(['gone'])
    // Pairs touch neither record (R19).
    expect((await db.group.findById(group.id)).version).toBe(1)
  })

  test('R15: a one-sided list is replaced with its hidden ids, and touches its record (R19)', async () => {
    const { db } = await openGraph(shop(layout))
    const [a, b, c] = await db.hashtag.createMany([{ text: 'a' }, { text: 'b' }, { text: 'c' }])
    const post = await db.post.create({ title: 't', author: { name: 'u' }, hashtags: [c, a] })
    await db.hashtag.delete(c.id)
    expect(await db.post.update(post.id, { hashtags: [c, a] })).toEqual(post)
    const turned = await db.post.update(post.id, { hashtags: [a, c] })
    expect(turned).toMatchObject({ hashtags: [a.id, c.id], version: 2 })
    const fewer = await db.post.update(post.id, { title: 'x', hashtags: [b] })
    expect(fewer).toMatchObject({ hashtags: [b.id], version: 3 })
    expect(await db.post.findById(post.id)).toEqual(fewer)
  })

  test('R14: a list of required references cannot be given; one of optional ones is', async () => {
    const { db, dump } = await openGraph(shop(layout))
    const user = await db.user.create({ name: 'u', posts: [{ title: 't' }] })
    const { posts } = await db.user.findById(user.id, { populate: { posts: true } })
    const before = await dump()
    expect(await refusal(db.user.update(user.id, { posts: idsOf(posts) }))).toMatchObject({
      code: 'KIN_REQUIRED_REFERENCE',
      message:
        '"post.author" is required, so nothing can be taken off "user.posts", which this would replace.',
      hint: 'Add to the list with a handle (`add`, `create`), give its records another target, delete them, or declare the reference `.optional()`.',
    })
    expect(await dump()).toEqual(before)
    const post = await db.post.create({ title: 'p', author: user, editor: user })
    await db.user.update(user.id, { edited: posts })
    expect(await db.post.findById(post.id)).toMatchObject({ editor: null, version: 2 })
    expect(await db.post.findById(posts[0].id)).toMatchObject({ editor: user.id, version: 2 })
  })

  test('R14: the inverse of a one-one: another takes its place, null unsets, required ones are refused', async () => {
    const { db } = await openGraph(shop(layout))
    const [u, v] = await db.user.createMany([
      { name: 'u', badge: { label: 'u' }, profile: {} },
      { name: 'v', badge: { label: 'v' } },
    ])
    const badgeOf = async ({ id }: Loose): Promise<Loose> =>
      (await db.user.findById(id, { populate: { badge: true } })).badge
    const [mine, yours] = [await badgeOf(u), await badgeOf(v)]
    await db.user.update(u.id, { badge: yours })
    expect(await badgeOf(u)).toEqual({ ...yours, user: u.id, version: 2 })
    expect(await badgeOf(v)).toBeNull()
    expect(await db.badge.findById(mine.id)).toEqual({ ...mine, user: null, version: 2 })
    await db.user.update(u.id, { badge: { label: 'new' } })
    expect(await badgeOf(u)).toMatchObject({ label: 'new', version: 1 })
    await db.user.update(u.id, { badge: null })
    expect(await badgeOf(u)).toBeNull()
    expect((await refusal(db.user.update(u.id, { profile: null }))).code).toBe('KIN_REQUIRED_REFERENCE')
    expect((await refusal(db.user.update(u.id, { profile: { bio: 'x' } }))).code).toBe(
      'KIN_REQUIRED_REFERENCE',
    )
    expect(await db.user.update(v.id, { profile: null })).toMatchObject({ version: 1 })
  })
})
