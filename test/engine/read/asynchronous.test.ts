import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { BoundStore, Store } from '../../../src/store/store.js'
import { blog } from '../../fixtures/graphs.js'
import { id, open, type Opened } from './database.js'
import { jane, openShop } from './shop.js'

/** The same store, but every answer takes a while, as over a network. `onRun` is told of every statement. */
const slow =
  (onRun: () => void = () => undefined) =>
  (store: Store): Store => ({
    ...store,
    bind: async (...args) => {
      const bound = await store.bind(...args)
      const later = async <T>(value: () => T | Promise<T>): Promise<T> => {
        onRun()
        await setImmediate()
        return value()
      }
      const compileRead: BoundStore['compileRead'] = (request) => {
        const compiled = bound.compileRead(request)
        return { statement: compiled.statement, run: (...given) => later(() => compiled.run(...given)) }
      }
      return {
        ...bound,
        compileRead,
        reader: (signal) => later(() => bound.reader(signal)),
        transaction: (options, body) => bound.transaction(options, body),
      }
    },
  })

const tree = {
  profile: { deleted: 'include' },
  posts: { populate: { hashtags: true, comments: { populate: { by: { populate: { groups: true } } } } } },
  groups: true,
  cart: { populate: { items: { product: true }, owner: true } },
}

/** Everything that reading offers, on one database. */
async function everything({ db }: Opened): Promise<unknown[]> {
  const scoped = db.scoped({ user: { name: 'Jane' }, product: { title: 'pen' } })
  const streamed = []
  for await (const user of scoped.user.stream({ deleted: 'include', populate: tree }, { batch: 1 }))
    streamed.push(user)
  const page = await db.post.findPage({ orderBy: { author: { name: 'asc' } }, limit: 1, total: true })
  return [
    await db.user.find({ populate: tree, count: { posts: true } }),
    await scoped.post.find({ populate: { comments: true } }),
    await scoped.cart.find({ populate: { items: { product: true } } }),
    await db.user.findById(jane, { populate: tree }),
    await db.user.findOne({ where: { name: 'John' } }),
    page,
    await db.post.find({ orderBy: { author: { name: 'asc' } }, after: page.next }),
    await db.user.count(),
    await db.user.exists(),
    await db.user.populate([{ id: jane }], tree),
    streamed,
  ]
}

describe('a store that answers later', () => {
  it('is read with the same results', async () => {
    const atOnce = await openShop()
    const later = await openShop(slow())
    expect(await everything(later)).toEqual(await everything(atOnce))
  })

  it('is not asked further when a call is aborted meanwhile', async () => {
    const controller = new AbortController()
    let asked = 0
    const { db } = await open(
      blog,
      { user: [{ id: jane, name: 'Jane', email: 'j' }], group: [{ id: id(1), name: 'g' }] },
      slow(() => {
        asked++
        controller.abort()
      }),
    )
    const call = db.user.find({ signal: controller.signal, populate: { posts: true, groups: true } })
    await expect(call).rejects.toMatchObject({ code: 'KIN_ABORTED' })
    expect(asked).toBeLessThanOrEqual(2)
  })
})
