import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/schema/codecs.js'
import { defineGraph, k } from '../../schema/loose.js'
import { inShort, type Loose, openGraph } from './database.js'
import { layouts, shop } from './shop.js'

/** How many statements are about each table, whatever their number of rows. */
const tables = (statements: readonly string[]): string[] => [...new Set(statements.map(inShort))]

describe.each(layouts)('statements, %s layout', (layout) => {
  test('a nested create: one for each model and level, and one to look up targets of a model', async () => {
    const { db, statements } = await openGraph(shop(layout))
    const tags = await db.hashtag.createMany([{ text: 'a' }, { text: 'b' }])
    const sent = await statements(() =>
      db.user.create({
        name: 'u',
        profile: {},
        posts: [{ title: 'a', hashtags: tags }, { title: 'b', hashtags: tags }, { title: 'c' }],
        cart: { items: [{ product: { title: 'p', price: '1' }, quantity: 1 }] },
      }),
    )
    expect(sent.map(inShort)).toEqual([
      'select hashtag',
      'insert user',
      'insert product',
      'insert profile',
      'insert post',
      'insert cart',
      ...(layout === 'join' ? ['insert post_hashtags'] : []),
    ])
  })

  test('createMany of a thousand with children grows with models and chunks, not with records', async () => {
    const { db, statements } = await openGraph(shop(layout))
    const manager = await db.user.create({ name: 'm' })
    const list = Array.from({ length: 1000 }, (_, at) => ({
      name: `u${at}`,
      manager,
      posts: [{ title: 'a', hashtags: [{ text: 't' }] }, { title: 'b' }],
      groups: [{ name: 'g', $link: { role: 'r' } }],
    }))
    const sent = await statements(() => db.user.createMany(list))
    expect(tables(sent)).toEqual([
      'select user',
      'insert user',
      'insert hashtag',
      ...(layout === 'join'
        ? ['insert group', 'insert post', 'insert post_hashtags', 'insert group_members']
        : ['insert post', 'insert group']),
    ])
    expect(sent.length).toBeLessThan(1000)
    expect(await db.user.count({ where: { groups: { $some: {} }, posts: { $size: 2 } } })).toBe(1000)
  })

  test('adding a hundred pairs: the owner, the pairs there are, the targets, the new pairs', async () => {
    const { db, statements } = await openGraph(shop(layout))
    const users = await db.user.createMany(Array.from({ length: 100 }, (_, at) => ({ name: `u${at}` })))
    const group = await db.group.create({ name: 'g' })
    const { members } = db.group.at(group.id)
    const adding = await statements(() => members.add(users, { role: 'r' }))
    const removing = await statements(() => members.remove(users))
    // At most: the owner, the pairs that are there already, the targets, and what is written, in chunks.
    expect(tables(adding).length).toBeLessThanOrEqual(4)
    expect(tables(removing).length).toBeLessThanOrEqual(3)
    expect(adding.length).toBeLessThanOrEqual(13)
    expect(removing.length).toBeLessThanOrEqual(3)
    expect(await members.count()).toBe(0)
  })

  test('R36: statement text does not depend on how many ids there are', async () => {
    const { db, statements } = await openGraph(shop(layout))
    const users = await db.user.createMany(Array.from({ length: 9 }, (_, at) => ({ name: `u${at}` })))
    const group = await db.group.create({ name: 'g' })
    const { members } = db.group.at(group.id)
    await members.add(users, { role: 'r' })
    const texts = async (count: number): Promise<string[]> => {
      const sent = await statements(() => members.update(users[0], { role: String(count) }))
      return [...sent, ...(await statements(() => members.remove(users.slice(0, count))))]
    }
    expect(await texts(8)).toEqual((await members.add(users, { role: 'x' }), await texts(3)))
  })
})

test('a created record is returned without reading it back; options read it in the same transaction', async () => {
  const { db, statements } = await openGraph(shop('join'))
  const plain = await statements(() => db.user.create({ name: 'u' }))
  expect(plain.map(inShort)).toEqual(['insert user'])
  let shaped: Loose
  const sent = await statements(async () => {
    shaped = await db.user.create(
      { name: 'u', posts: [{ title: 't' }] },
      { populate: { posts: { select: ['title'] } }, select: ['name'] },
    )
  })
  // The reader decides how the populated end is loaded.
  expect(sent.map(inShort).slice(0, 3)).toEqual(['insert user', 'insert post', 'select user'])
  expect(shaped).toMatchObject({ name: 'u', posts: [{ title: 't' }] })
})

test('what is returned is as precise as its column, and has no hidden member', async () => {
  const graph = defineGraph({
    note: k.model({
      at: k.date().column('at', codecs.epochSeconds),
      price: k.decimal(6, 2).column('price', codecs.numeric(2)),
      inner: k.object({ shown: k.integer(), secret: k.integer().hidden(), on: k.date() }),
      list: k.many('note', { layout: 'join', ordered: false }),
    }),
  })
  const { db } = await openGraph(graph)
  const [low, high] = ['1'.repeat(24), '2'.repeat(24)]
  const on = new Date('2020-01-01T00:00:00.123Z')
  const inner = { shown: 1, secret: 2, on }
  await db.note.createMany([low, high].map((id) => ({ id, at: on, price: '1', inner })))
  const note = await db.note.create({ at: on, price: '1.5', inner, list: [high, low] })
  expect(note).toEqual({
    id: note.id,
    at: on,
    price: '1.50',
    inner: { shown: 1, on },
    list: [low, high],
  })
  expect(await db.note.findById(note.id)).toEqual(note)
  expect(await db.note.update(note.id, { price: '2' })).toEqual({ ...note, price: '2.00' })
})

test('R7: ids that the database assigns are known to what is nested', async () => {
  const { db, statements } = await openGraph(shop('join'))
  const sent = await statements(() =>
    db.counter.create({
      name: 'root',
      children: [{ name: 'a', children: [{ name: 'b' }] }, { $create: { id: 50, name: 'c' } }],
    }),
  )
  expect(sent.map(inShort)).toEqual(Array(4).fill('insert counter'))
  const all = await db.counter.find()
  expect(all.map(({ id, name, parent }: Loose) => [id, name, parent])).toEqual([
    [1, 'root', null],
    [50, 'c', 1],
    [51, 'a', 1],
    [52, 'b', 51],
  ])
})
