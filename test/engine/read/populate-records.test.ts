import { describe, expect, it } from 'vitest'
import { id } from './database.js'
import { gone, jane, john, openShop, p1, p2, p4, pen } from './shop.js'

describe('populate: records already loaded', () => {
  it('gives new records with the tree put in, in the order given', async () => {
    const { db, reads, forget } = await openShop()
    const given = [
      { id: john, name: 'as it was' },
      { id: jane, note: 'kept' },
    ]
    forget()
    const records = await db.user.populate(given, {
      posts: { select: ['title'] },
      profile: { select: ['bio'] },
    })
    expect(records).toEqual([
      { id: john, name: 'as it was', posts: [], profile: null },
      { id: jane, note: 'kept', posts: [{ title: 'alpha' }, { title: 'beta' }], profile: { bio: 'of Jane' } },
    ])
    expect(given[0]).toEqual({ id: john, name: 'as it was' })
    expect(reads()).toBe(2)
  })

  it('takes one record, and repeated ones', async () => {
    const { db } = await openShop()
    const one = await db.post.populate({ id: p1 }, { author: { select: ['name'] } })
    expect(one).toEqual({ id: p1, author: { name: 'Jane' } })
    const twice = await db.post.populate([{ id: p2 }, { id: p2 }], { author: { select: ['name'] } })
    expect(twice).toEqual([
      { id: p2, author: { name: 'Jane' } },
      { id: p2, author: { name: 'Jane' } },
    ])
    expect(await db.post.populate([], { author: true })).toEqual([])
  })

  it('fills embedded structures', async () => {
    const { db } = await openShop()
    const cart = await db.cart.populate({ id: id(81) }, { items: { product: { select: ['id'] } } })
    expect(cart.items[0]).toEqual({ product: { id: pen }, quantity: 2 })
  })

  it('knows deleted records, which may have been loaded as such', async () => {
    const { db } = await openShop()
    const [record] = await db.post.populate([{ id: p4 }], { author: { select: ['name'] } })
    expect(record.author).toEqual({ name: 'Jane' })
    expect((await db.user.populate({ id: gone }, { groups: { select: ['name'] } })).groups).toHaveLength(1)
  })

  it('refuses what has no id, and what is not there', async () => {
    const { db } = await openShop()
    await expect(db.user.populate([{ name: 'x' }], { posts: true })).rejects.toMatchObject({
      code: 'KIN_INVALID_ARGUMENT',
      path: 'records[0]',
    })
    await expect(db.user.populate({ id: id(99) }, { posts: true })).rejects.toMatchObject({
      code: 'KIN_NOT_FOUND',
      details: { model: 'user', ids: [id(99)] },
    })
    await expect(db.user.populate({ id: 'x' }, { posts: true })).rejects.toMatchObject({
      code: 'KIN_INVALID_ID',
    })
    await expect(db.user.populate({ id: jane }, { pots: true })).rejects.toMatchObject({
      code: 'KIN_UNKNOWN_ASSOCIATION',
      path: 'populate.pots',
    })
  })
})
