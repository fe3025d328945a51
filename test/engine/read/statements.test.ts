import { describe, expect, it, vi } from 'vitest'
import type { BoundStore, Store } from '../../../src/store/store.js'
import { blog } from '../../fixtures/graphs.js'
import { id, open } from './database.js'
import { jane, openShop } from './shop.js'

const tree = {
  profile: true,
  posts: { populate: { hashtags: true, comments: { populate: { by: { populate: { groups: true } } } } } },
  groups: true,
}

/** `count` users, each with two posts of three comments. */
async function openCrowd(count: number) {
  const users = Array.from({ length: count }, (_, n) => ({
    id: id(n + 1),
    name: `u${n}`,
    email: `u${n}@x.org`,
  }))
  const posts = users.flatMap((user, n) =>
    [0, 1].map((part) => ({ id: id(10_000 + n * 2 + part), title: `p${n}`, author: user.id })),
  )
  const comments = posts.flatMap((post, n) =>
    [0, 1, 2].map((part) => ({
      id: id(100_000 + n * 3 + part),
      text: 't',
      post: post.id,
      by: id(1 + (n % count)),
    })),
  )
  return open(blog, { user: users, post: posts, comment: comments })
}

describe('a tree costs one statement, or one for each batched node, whatever the number of records', () => {
  it.each([1, 7, 300])('%i users', async (count) => {
    const { db, reads } = await openCrowd(count)
    const users = await db.user.find({ populate: tree })
    expect(users).toHaveLength(count)
    expect(users[0].posts[0].comments).toHaveLength(3)
    // users with profiles; posts; hashtags have no parents with entries, but that is known only by asking; comments
    // with their authors; the authors' groups; the users' groups
    expect(reads()).toBe(6)
  })

  it('all in one, gathered', async () => {
    const { db, reads } = await openCrowd(20)
    const usual = await db.user.find({ populate: tree })
    expect(reads()).toBe(6)
    const gathered = await db.user.find({ populate: tree, strategy: 'aggregate' })
    expect(reads()).toBe(7)
    expect(gathered).toEqual(usual)
  })

  it('none for batches without parents', async () => {
    const { db, reads } = await openShop()
    expect(await db.user.find({ where: { name: 'Nobody' }, populate: tree })).toEqual([])
    expect(reads()).toBe(1)
    await db.cart.find({ where: { owner: { name: 'John' } }, populate: { items: { product: true } } })
    expect(reads()).toBe(2)
  })
})

describe('R36: a known shape skips planning', () => {
  it('compiles once for all values, on every way to the database', async () => {
    let compiled = 0
    const counting = (store: Store): Store => ({
      ...store,
      bind: async (...args) => {
        const bound: BoundStore = await store.bind(...args)
        const compileRead: BoundStore['compileRead'] = (request) => {
          compiled++
          return bound.compileRead(request)
        }
        return {
          ...bound,
          compileRead,
          transaction: (options, body) => bound.transaction(options, body),
          reader: (signal) => bound.reader(signal),
        }
      },
    })
    const { db } = await open(blog, { user: [{ id: jane, name: 'Jane', email: 'j' }] }, counting)
    const query = (name: string, limit: number) => ({ where: { name }, limit, populate: { posts: true } })
    await db.user.find(query('a', 1))
    expect(compiled).toBe(2)
    await db.user.find(query('b', 2))
    await db.transaction((tx: typeof db) => tx.user.find(query('c', 3)))
    expect(compiled).toBe(2)
    const scoped = (name: string) => db.scoped({ user: { name } }).user.find(query('d', 4))
    expect(await scoped('Jane')).toEqual([])
    // The third looks up which authors of the posts may be seen.
    expect(compiled).toBe(2 + 3)
    await scoped('John')
    expect(compiled).toBe(2 + 3)
  })

  it('checks values on every call', async () => {
    const { db, reads } = await openShop()
    await db.user.find({ where: { age: 1 } })
    await expect(db.user.find({ where: { age: 'x' } })).rejects.toMatchObject({
      code: 'KIN_INVALID_VALUE',
      path: 'where.age',
    })
    expect(reads()).toBe(1)
  })

  it('sends nothing for a query that is wrong', async () => {
    const { db, log } = await openShop()
    await expect(db.user.find({ where: { nmae: 'x' } })).rejects.toMatchObject({ code: 'KIN_UNKNOWN_FIELD' })
    await expect(db.user.findOne({ wher: {} })).rejects.toMatchObject({ code: 'KIN_UNKNOWN_OPTION' })
    await expect(db.user.count({ limit: 1 })).rejects.toMatchObject({ code: 'KIN_INVALID_QUERY' })
    await expect(db.user.exists({ populate: {} })).rejects.toMatchObject({ code: 'KIN_INVALID_QUERY' })
    await expect(db.user.findById(jane, { where: {} })).rejects.toMatchObject({
      code: 'KIN_INVALID_QUERY',
      message: 'The option "where" does not apply to "findById".',
    })
    expect(log).toEqual([])
  })
})

describe('counting', () => {
  it('count and exists take one statement each', async () => {
    const { db, reads } = await openShop()
    expect(await db.user.count()).toBe(2)
    expect(await db.user.count({ deleted: 'include' })).toBe(3)
    expect(await db.user.count({ where: { posts: { $some: { title: 'beta' } } } })).toBe(1)
    expect(await db.user.exists({ where: { age: { $gt: 29 } } })).toBe(true)
    expect(await db.user.exists({ where: { age: { $gt: 30 } } })).toBe(false)
    expect(reads()).toBe(5)
  })
})

describe('a signal', () => {
  it('refuses a call before anything is sent', async () => {
    const { db, log } = await openShop()
    const reason = new Error('enough')
    const error = await db.user.find({ signal: AbortSignal.abort(reason) }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'KIN_ABORTED', cause: reason })
    await expect(db.user.count({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'KIN_ABORTED',
    })
    expect(log).toEqual([])
  })

  it('stops a stream', async () => {
    const { db } = await openShop()
    const controller = new AbortController()
    const seen = vi.fn<(record: unknown) => void>()
    const consume = async (): Promise<void> => {
      for await (const record of db.user.stream({ signal: controller.signal }, { batch: 1 })) {
        seen(record)
        controller.abort()
      }
    }
    await expect(consume()).rejects.toMatchObject({ code: 'KIN_ABORTED' })
    expect(seen).toHaveBeenCalledTimes(1)
  })
})

describe('explain', () => {
  it('shows steps, strategies, reasons and statements, and sends nothing', async () => {
    const { db, log } = await openShop()
    const explanation = await db.user.explain({
      where: { name: 'x' },
      populate: { profile: true, posts: { populate: { hashtags: true } } },
    })
    expect(log).toEqual([])
    expect(
      explanation.steps.map(({ path, model, strategy, keyedBy }: never) => [path, model, strategy, keyedBy]),
    ).toEqual([
      ['', 'user', 'root', undefined],
      ['profile', 'profile', 'join', undefined],
      ['posts', 'post', 'batch', 'user.id'],
      ['posts.hashtags', 'hashtag', 'batch', 'post.id'],
    ])
    expect(explanation.statements).toHaveLength(3)
    expect(explanation.capabilities.strategies).toContain('batch')
    const text = String(explanation)
    expect(text).toContain('posts (post): batch, keyed by user.id; one statement for all parents')
    expect(text).toContain(`  ${explanation.statements[1]}`)
    const embedded = await db.cart.explain({ populate: { items: { product: true } } })
    expect(embedded.steps[1].keyedBy).toBe('the ids found in cart.items.product')
  })

  it('shows the statements that are then sent', async () => {
    const { db, log } = await openShop()
    const query = { populate: { posts: true, groups: true } }
    const { statements } = await db.user.explain(query)
    await db.user.find(query)
    expect(log.map((entry) => entry.statement)).toHaveLength(statements.length)
    expect(log[0]?.statement).toBe(statements[0])
  })
})
