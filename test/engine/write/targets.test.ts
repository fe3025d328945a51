import { describe, expect, test } from 'vitest'
import { type Loose, openGraph, refusal } from './database.js'
import { layouts, shop } from './shop.js'

const absent = 'f'.repeat(24)
const role = { role: 'r' }

interface World {
  readonly db: Loose
  /** a soft-deleted user, and a live one */
  readonly gone: Loose
  readonly live: Loose
  readonly post: Loose
  readonly group: Loose
  readonly cart: Loose
}

/** Calls that name something that is not there, with the place where they do. */
const calls: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  author: ({ db, gone }) => db.post.create({ title: 'x', author: gone }),
  'posts[1].editor': ({ db, gone }) =>
    db.user.create({ name: 'n', posts: [{ title: 'a' }, { title: 'b', editor: gone.id }] }),
  'hashtags[0]': ({ db, live }) => db.post.create({ title: 'x', author: live, hashtags: [absent] }),
  'members[0]': ({ db, gone }) => db.group.create({ name: 'x', members: [{ id: gone.id, $link: role }] }),
  '[1].groups[0]': ({ db }) =>
    db.user.createMany([{ name: 'a' }, { name: 'b', groups: [{ id: absent, $link: role }] }]),
  'posts[0]': ({ db }) => db.user.create({ name: 'x', posts: [absent] }),
  'items[0].product': ({ db }) => db.cart.create({ items: [{ product: absent, quantity: 1 }] }),
  'wishes[0]': ({ db, cart }) => db.cart.update(cart.id, { wishes: [absent] }),
  'address.country': ({ db }) => db.cart.create({ address: { city: 'c', country: 'xx' } }),
  editor: ({ db, post, gone }) => db.post.update(post.id, { editor: gone }),
  'members[1]': ({ db, group, live, gone }) =>
    db.group.update(group.id, { members: [live, gone].map(({ id }) => ({ id, $link: role })) }),
  'targets[1]': ({ db, live, post }) => db.user.at(live.id).posts.add([post.id, absent]),
  'targets[0]': ({ db, group, gone }) => db.group.at(group.id).members.add(gone, role),
  target: ({ db, post, gone }) => db.post.at(post.id).editor.set(gone),
  'items[1].product': ({ db, cart }) =>
    db.cart.at(cart.id).items.push([
      { product: { title: 'p', price: '1' }, quantity: 1 },
      { product: absent, quantity: 1 },
    ]),
}

describe.each(layouts)('R15: targets, %s layout', (layout) => {
  async function prepare() {
    const opened = await openGraph(shop(layout))
    const { db } = opened
    const [gone, live] = await db.user.createMany([{ name: 'gone' }, { name: 'live' }])
    const post = await db.post.create({ title: 't', author: live, editor: gone, hashtags: [{ text: 'a' }] })
    const group = await db.group.create({ name: 'g', members: [{ id: gone.id, $link: role }] })
    const product = await db.product.create({ title: 'p', price: '1' })
    const cart = await db.cart.create({ items: [{ product, quantity: 1 }], wishes: [product] })
    return { ...opened, world: { db, gone, live, post, group, cart }, product }
  }

  test.each(Object.keys(calls))(
    'a new one at %s that is not there is refused, and nothing is written',
    async (path) => {
      const { db, world, dump } = await prepare()
      const post = await db.post.create({ title: 'other', author: world.live })
      const group = await db.group.create({ name: 'other' })
      await db.user.delete(world.gone.id)
      const before = await dump()
      const error = await refusal(calls[path]!({ ...world, post, group }))
      expect([error.code, error.path]).toEqual(['KIN_TARGET_NOT_FOUND', path])
      expect(await dump()).toEqual(before)
    },
  )

  test('what a record holds already is not refused, deleted or not', async () => {
    const { db, world, product } = await prepare()
    const { gone, live, post, group, cart } = world
    const { hashtags } = post
    await db.user.delete(gone.id)
    await db.product.delete(product.id)
    await db.hashtag.delete(hashtags[0])
    expect(await db.post.update(post.id, { editor: null, hashtags })).toMatchObject({
      hashtags,
      editor: null,
    })
    const items = cart.items.map((item: Loose) => ({ ...item, quantity: 9 }))
    const written = await db.cart.update(cart.id, { items, wishes: [product, product] })
    expect(written).toMatchObject({ items, wishes: [product.id, product.id] })
    expect(await db.group.at(group.id).members.add([gone, live], { role: 'x' })).toEqual({
      added: [live.id],
      updated: [gone.id],
      removed: [],
      unchanged: [],
    })
    expect(await db.cart.at(cart.id).items.push({ product, quantity: 3 })).toEqual({ count: 1 })
    // At another place of the record it is new.
    expect((await refusal(db.post.update(post.id, { author: gone }))).code).toBe('KIN_TARGET_NOT_FOUND')
  })

  test('the error lists every id that is missing at the end', async () => {
    const { db, world } = await prepare()
    const ids = ['a', 'b'].map((letter) => letter.repeat(24))
    const { details, message } = await refusal(db.post.at(world.post.id).hashtags.add([...ids, ids[0]]))
    expect(details).toEqual({ association: 'post.hashtags', model: 'hashtag', ids })
    expect(message).toContain(ids.map((id) => JSON.stringify(id)).join(', '))
  })

  test('W3: a holder to be moved must be there before', async () => {
    const { db } = await prepare()
    const id = 'c'.repeat(24)
    const data = [
      { name: 'a', posts: [id] },
      { name: 'b', posts: [{ $create: { id, title: 't' } }] },
    ]
    expect((await refusal(db.user.createMany(data))).code).toBe('KIN_TARGET_NOT_FOUND')
  })
})
