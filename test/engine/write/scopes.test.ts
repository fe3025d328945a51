import { describe, expect, test } from 'vitest'
import { type Loose, openGraph, refusal } from './database.js'
import { layouts, shop } from './shop.js'

const role = { role: 'r' }

describe.each(layouts)('R35: writes of a scoped caller, %s layout', (layout) => {
  async function scoped() {
    const opened = await openGraph(shop(layout))
    const [me, other] = await opened.db.user.createMany([
      { name: 'me', age: 1 },
      { name: 'other', age: 2 },
    ])
    const [mine, theirs] = await opened.db.post.createMany([
      { title: 'mine', author: me, hashtags: [{ text: 'a' }] },
      { title: 'theirs', author: other },
    ])
    const [open, closed] = await opened.db.hashtag.createMany([{ text: 'open' }, { text: 'closed' }])
    const db = opened.db.scoped({ post: { author: me.id }, hashtag: { text: { $ne: 'closed' } } })
    return { ...opened, all: opened.db, db, me, other, mine, theirs, open, closed }
  }

  test('records outside of the scope are not found, and cannot be targets', async () => {
    const { db, theirs, mine, closed, dump } = await scoped()
    const before = await dump()
    expect((await refusal(db.post.update(theirs.id, { title: 'x' }))).code).toBe('KIN_NOT_FOUND')
    expect((await refusal(db.post.at(theirs.id).hashtags.clear())).code).toBe('KIN_NOT_FOUND')
    expect((await refusal(db.post.at(mine.id).hashtags.add(closed))).code).toBe('KIN_TARGET_NOT_FOUND')
    expect((await refusal(db.user.create({ name: 'n', edited: [theirs] }))).code).toBe('KIN_TARGET_NOT_FOUND')
    expect(await db.post.updateMany({ data: { title: 'all' } })).toEqual({ count: 1 })
    expect((await dump())['post']).not.toEqual(before['post'])
    expect(await db.post.findById(theirs.id)).toBeNull()
  })

  test('a record must be within the scope after it is written, or nothing is', async () => {
    const { db, me, other, mine, dump } = await scoped()
    const before = await dump()
    const calls = [
      () => db.post.create({ title: 'x', author: other }),
      () => db.user.create({ name: 'n', posts: [{ title: 'x' }] }),
      () => db.post.update(mine.id, { author: other }),
      () => db.post.updateMany({ data: { author: other.id } }),
      () => db.user.at(other.id).posts.add(mine),
      () => db.user.at(other.id).posts.create({ title: 'x' }),
      () => db.hashtag.create({ text: 'closed' }),
      () =>
        db.post.upsert({
          where: { id: mine.id },
          create: { title: 'x', author: me },
          update: { author: other },
        }),
    ]
    for (const call of calls) expect((await refusal(call())).code).toBe('KIN_FORBIDDEN')
    expect(await dump()).toEqual(before)
    expect(await db.post.create({ title: 'x', author: me, editor: other })).toMatchObject({
      title: 'x',
      author: me.id,
    })
    expect(await db.post.update(mine.id, { title: 'y' })).toMatchObject({ title: 'y', version: 2 })
  })

  test('lists act on what the caller sees of them', async () => {
    const { all, db, mine, open, closed } = await scoped()
    await all.post.at(mine.id).hashtags.add([open, closed])
    const [first] = mine.hashtags
    expect((await db.post.findById(mine.id)).hashtags).toEqual([first, open.id])
    expect((await db.post.update(mine.id, { hashtags: [open.id] })).hashtags).toEqual([open.id])
    expect((await all.post.findById(mine.id)).hashtags).toEqual([open.id, closed.id])
    expect(await db.post.at(mine.id).hashtags.remove([open, closed])).toEqual({
      added: [],
      updated: [],
      removed: [open.id],
      unchanged: [closed.id],
    })
    expect(await db.post.at(mine.id).hashtags.set([first])).toMatchObject({ added: [first], removed: [] })
    const kept = new Set((await all.post.findById(mine.id)).hashtags)
    expect(kept).toEqual(new Set([closed.id, first]))
  })

  test('naming what is hidden is naming what is not there, whatever is stored', async () => {
    const { all, db, me, other, mine, theirs, closed } = await scoped()
    await all.post.at(mine.id).hashtags.add(closed)
    await all.user.at(me.id).edited.add(theirs)
    const narrow = all.scoped({ user: { age: 1 } })
    await all.post.update(mine.id, { editor: other })
    const guesses = [
      () => db.post.at(mine.id).hashtags.add(closed),
      () => db.post.update(mine.id, { hashtags: [...mine.hashtags, closed.id] }),
      () => db.user.at(me.id).edited.add(theirs),
      () => db.user.at(me.id).edited.set([theirs]),
      () => narrow.post.update(mine.id, { editor: other.id }),
      () => narrow.post.updateMany({ where: { id: mine.id }, data: { editor: other.id } }),
      () => narrow.post.at(mine.id).editor.set(other.id),
    ]
    for (const guess of guesses) expect((await refusal(guess())).code).toBe('KIN_TARGET_NOT_FOUND')
    expect(await narrow.post.at(mine.id).editor.set(me.id)).toMatchObject({ added: [me.id], removed: [] })
  })

  test('what is returned is what the caller may see', async () => {
    const { all, me, other } = await scoped()
    const db = all.scoped({ user: { age: 1 } })
    const post = await all.post.create({ title: 't', author: me, editor: other })
    expect(await db.post.update(post.id, { title: 'u' })).toMatchObject({ title: 'u', editor: null })
    expect((await refusal(db.post.create({ title: 't', author: me, editor: other }))).code).toBe(
      'KIN_TARGET_NOT_FOUND',
    )
    const group = await db.group.create(
      { name: 'g', members: [{ id: me.id, $link: role }] },
      { populate: { members: true } },
    )
    expect(group.members.map(({ name }: Loose) => name)).toEqual(['me'])
  })
})
