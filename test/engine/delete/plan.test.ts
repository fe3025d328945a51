import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../../src/index.js'
import { blog } from '../../fixtures/graphs.js'
import { open, refusal } from './database.js'

async function shop() {
  const opened = await open(blog)
  const { db } = opened
  const jane = await db.user.create({
    name: 'Jane',
    email: 'j',
    profile: { bio: '' },
    posts: [{ title: 'P' }],
    groups: [{ name: 'G' }],
  })
  const bob = await db.user.create({ name: 'Bob', email: 'b', posts: [{ title: 'Q' }] })
  const [own, others] = await db.post.find()
  await db.comment.createMany([
    { text: '1', post: own!.id, by: bob.id },
    { text: '2', post: others!.id, by: jane.id },
  ])
  const product = await db.product.create({ title: 'X', price: '1.00' })
  await db.cart.create({ owner: jane, items: [{ product: product.id, quantity: 1 }] })
  return { ...opened, jane, bob, product }
}

describe('planDelete', () => {
  test('tells what a soft delete would do, in full, and writes nothing', async () => {
    const { db, jane, log, forget } = await shop()
    forget()
    const plan = await db.user.planDelete(jane.id)
    expect(new Set(log.map(({ kind }) => kind))).toEqual(new Set(['read']))
    expect(plan).toMatchObject({
      model: 'user',
      hard: false,
      softDeleted: { user: 1, profile: 1, post: 1 },
      deleted: { comment: 1, cart: 1 },
      unset: [{ association: 'comment.by', model: 'comment', count: 1 }],
      removed: [],
      dangling: [],
      blockers: [],
      irreversible: true,
    })
    const { deletion: _, unlinked, dangling, ...done } = await db.user.delete(jane.id, { plan })
    expect(done).toEqual({ deleted: plan.deleted, softDeleted: plan.softDeleted, ids: plan.ids })
    expect([unlinked, dangling]).toEqual([1, 0])
  })

  test('R25: lists what cannot be restored, and says so', async () => {
    const { db, jane, bob } = await shop()
    const plan = await db.user.planDelete(jane.id)
    expect([plan.irreversible, plan.ids.deleted['cart']]).toEqual([true, [(await db.cart.find())[0]!.id]])
    expect((await db.user.planDelete(bob.id, { hard: true })).irreversible).toBe(false)
    const group = await db.group.find()
    expect((await db.group.planDelete(group[0]!.id)).irreversible).toBe(false)
  })

  test('a hard delete: entries, dangling references', async () => {
    const { db, jane } = await shop()
    const plan = await db.user.planDelete(jane.id, { hard: true })
    const [post] = await db.post.find({ where: { author: jane.id } })
    expect(plan).toMatchObject({
      hard: true,
      deleted: { user: 1, cart: 1 },
      softDeleted: { profile: 1, post: 1 },
      removed: [{ association: 'group.members', model: 'group', count: 1 }],
      dangling: [
        { association: 'profile.user', model: 'profile', count: 1 },
        { association: 'post.author', model: 'post', count: 1, ids: [post!.id] },
      ],
    })
    // `hard` need not be said again.
    expect(await db.user.delete(jane.id, { plan })).toMatchObject({
      deleted: { user: 1 },
      unlinked: 2,
      dangling: 2,
    })
  })

  test('blockers are in the plan, and the delete is refused', async () => {
    const { db, product } = await shop()
    const plan = await db.product.planDelete(product.id)
    expect(plan.blockers).toMatchObject([{ association: 'cart.items.product', model: 'cart', count: 1 }])
    expect(await refusal(db.product.delete(product.id, { plan }))).toMatchObject({ code: 'KIN_RESTRICTED' })
  })

  test('of several records: by ids, by a filter', async () => {
    const { db, jane, bob } = await shop()
    const byIds = await db.user.planDelete({ ids: [jane.id, bob.id] })
    const byFilter = await db.user.planDelete({ where: { name: { $in: ['Jane', 'Bob'] } } })
    expect(byIds.softDeleted).toMatchObject({ user: 2, post: 2 })
    expect(byFilter.hash).toBe(byIds.hash)
    expect(await db.user.deleteMany({ where: {}, plan: byIds })).toMatchObject({ softDeleted: { user: 2 } })
  })

  test('prints as a tree', async () => {
    const { db, jane } = await shop()
    const [profile] = await db.profile.find()
    const lines = String(await db.user.planDelete(jane.id)).split('\n')
    expect(lines[0]).toBe(`delete user ${jane.id} (soft)`)
    expect(lines).toContain(`├─ profile.user: 1 profile, soft-deleted (${profile!.id})`)
    expect(lines.at(-1)).toBe('unset: comment.by of 1 comment')
  })

  test('R37, and options', async () => {
    const { db, jane } = await shop()
    expect(await refusal(db.user.planDelete('f'.repeat(24)))).toMatchObject({ code: 'KIN_NOT_FOUND' })
    expect(await refusal(db.user.planDelete('x'))).toMatchObject({ code: 'KIN_INVALID_ID' })
    // @ts-expect-error -- no such option
    expect(await refusal(db.user.planDelete(jane.id, { soft: true }))).toMatchObject({
      code: 'KIN_UNKNOWN_OPTION',
    })
    // @ts-expect-error -- no such option
    expect(await refusal(db.user.planDelete({ whree: {} }))).toMatchObject({
      details: { nearest: ['where'] },
    })
  })

  test('inside of a transaction it sees what the transaction wrote', async () => {
    const { db, jane } = await shop()
    await db.transaction(async (tx) => {
      await tx.post.create({ title: 'new', author: jane.id })
      expect((await tx.user.planDelete(jane.id)).softDeleted).toMatchObject({ post: 2 })
    })
  })
})

describe('a stale plan', () => {
  test.each([
    [
      'a record more',
      (s: Awaited<ReturnType<typeof shop>>) => s.db.post.create({ title: 'new', author: s.jane.id }),
    ],
    ['a record less', async (s) => s.db.comment.delete((await s.db.comment.find())[0]!.id)],
    [
      'another reference to be unset',
      async (s) => s.db.comment.create({ text: '3', post: (await s.db.post.find())[1]!.id, by: s.jane.id }),
    ],
  ] as const satisfies readonly (readonly [
    string,
    (s: Awaited<ReturnType<typeof shop>>) => Promise<unknown>,
  ])[])('R27: %s: refused, and nothing is written', async (_what, change) => {
    const all = await shop()
    const { db, jane } = all
    const plan = await db.user.planDelete(jane.id)
    await change(all)
    const before = await db.user.find({ populate: { posts: true } })
    const error = await refusal(db.user.delete(jane.id, { plan }))
    expect(error).toMatchObject({ code: 'KIN_PLAN_STALE', details: { planned: plan.hash } })
    expect(await db.user.find({ populate: { posts: true } })).toEqual(before)
    const again = await db.user.planDelete(jane.id)
    await db.user.delete(jane.id, { plan: again })
  })

  test('a plan for a soft delete is none for a hard one', async () => {
    const { db } = await open(defineGraph({ a: k.model({ x: k.string() }, { softDelete: true }) }))
    const { id } = await db.a.create({ x: '' })
    const plan = await db.a.planDelete(id)
    expect(await refusal(db.a.delete(id, { plan, hard: true }))).toMatchObject({ code: 'KIN_PLAN_STALE' })
  })

  test('what does not concern it leaves it as it is', async () => {
    const { db, jane, bob } = await shop()
    const plan = await db.user.planDelete(jane.id)
    await db.user.update(jane.id, { name: 'Janet' })
    await db.post.create({ title: 'other', author: bob.id })
    await db.user.delete(jane.id, { plan })
    expect(await db.user.count()).toBe(1)
  })
})
