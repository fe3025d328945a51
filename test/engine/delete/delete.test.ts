import { describe, expect, test } from 'vitest'
import { defineGraph, k, type ReachedRecord } from '../../../src/index.js'
import { blog } from '../../fixtures/graphs.js'
import type { Store } from '../../../src/store/store.js'
import { testStore } from '../../helpers/sqlite.js'
import { countOf, open, refusal, rowsOf } from './database.js'

const nowhere = 'f'.repeat(24)

describe('delete', () => {
  test('R37: an id that is absent, soft-deleted or malformed is refused, and nothing is written', async () => {
    const { db, log } = await open(blog)
    const user = await db.user.create({ name: 'A', email: 'a' })
    await db.user.delete(user.id)
    log.splice(0)
    expect(await refusal(db.user.delete(nowhere))).toMatchObject({
      code: 'KIN_NOT_FOUND',
      details: { model: 'user', ids: [nowhere] },
    })
    expect(await refusal(db.user.delete(user.id))).toMatchObject({ code: 'KIN_NOT_FOUND' })
    expect(await refusal(db.user.delete(user.id, { hard: true }))).toMatchObject({ code: 'KIN_NOT_FOUND' })
    expect(log.filter(({ kind }) => kind === 'write')).toEqual([])
    log.splice(0)
    expect(await refusal(db.user.delete('x'))).toMatchObject({ code: 'KIN_INVALID_ID', path: 'id' })
    expect(log).toEqual([])
  })

  test('R7: case of hex ids does not matter', async () => {
    const { db } = await open(blog)
    const user = await db.user.create({ name: 'A', email: 'a' })
    expect(await db.user.delete(user.id.toUpperCase())).toMatchObject({
      ids: { softDeleted: { user: [user.id] } },
    })
  })

  test('misspelt and wrong options are refused', async () => {
    const { db } = await open(blog)
    // @ts-expect-error -- no such option
    expect(await refusal(db.user.delete(nowhere, { hrad: true }))).toMatchObject({
      code: 'KIN_UNKNOWN_OPTION',
      details: { nearest: ['hard'] },
    })
    // @ts-expect-error -- no such value
    expect(await refusal(db.user.delete(nowhere, { hard: 1 }))).toMatchObject({
      code: 'KIN_INVALID_ARGUMENT',
    })
    // @ts-expect-error -- no plan
    expect(await refusal(db.user.delete(nowhere, { plan: 'x' }))).toMatchObject({
      code: 'KIN_INVALID_ARGUMENT',
    })
    // @ts-expect-error -- no list
    expect(await refusal(db.user.deleteMany({ ids: nowhere }))).toMatchObject({
      code: 'KIN_INVALID_ARGUMENT',
    })
  })

  test('R22: blockers are listed, at most 1,000 of them, with their number, and nothing is written', async () => {
    const { db } = await open(
      defineGraph({
        user: k.model({ name: k.string() }, { softDelete: true }),
        order: k.model({ user: k.one('user', { inverse: 'orders' }), note: k.string().optional() }),
        coupon: k.model({ user: k.one('user') }),
      }),
    )
    const user = await db.user.create({ name: 'A' })
    const orders = await db.order.createMany(Array.from({ length: 1_500 }, () => ({ user })))
    await db.coupon.create({ user })
    const error = await refusal(db.user.delete(user.id))
    expect(error).toMatchObject({
      code: 'KIN_RESTRICTED',
      details: {
        model: 'user',
        blockers: [
          {
            association: 'order.user',
            model: 'order',
            count: 1_500,
            ids: orders.slice(0, 1_000).map(({ id }) => id),
          },
          { association: 'coupon.user', model: 'coupon', count: 1 },
        ],
      },
    })
    expect(error.message).toBe(
      'The user cannot be deleted while others restrict it: 1500 order (order.user), 1 coupon (coupon.user).',
    )
    expect(await db.user.findById(user.id)).not.toBeNull()
  })

  test('R27: reports count what went, list the first 1,000 ids, and iterate over all', async () => {
    const { db } = await open(
      defineGraph({
        list: k.model({ name: k.string() }),
        item: k.model({ list: k.one('list', { onDelete: 'strong' }) }),
      }),
    )
    const list = await db.list.create({ name: 'L' })
    await db.item.createMany(Array.from({ length: 1_200 }, () => ({ list })))
    const report = await db.list.delete(list.id)
    expect(report).toMatchObject({
      deleted: { list: 1, item: 1_200 },
      softDeleted: {},
      unlinked: 0,
      dangling: 0,
    })
    expect(report.ids.deleted['item']).toHaveLength(1_000)
    const records: ReachedRecord[] = []
    for await (const record of report.records()) records.push(record)
    expect(records).toHaveLength(1_201)
    expect(records[0]).toEqual({ model: 'list', id: list.id, outcome: 'deleted', level: 0, via: null })
    expect(records[1]).toMatchObject({
      level: 1,
      via: { association: 'item.list', tie: 'strong', id: list.id },
    })
    expect(JSON.parse(JSON.stringify(report))).not.toHaveProperty('records')
  })

  test('R19: a weak unset, an entry lost from a one-sided list and a soft delete touch a record, once; pairs touch none', async () => {
    const stamped = { timestamps: true, version: true } as const
    const { db } = await open(
      defineGraph({
        tag: k.model({ name: k.string() }),
        post: k.model(
          {
            tags: k.many('tag', { layout: 'join' }),
            main: k.one('tag').optional(),
            other: k.one('tag').optional(),
            seen: k.array(k.one('tag', { onDelete: 'weak' })),
          },
          stamped,
        ),
        board: k.model({ tags: k.many('tag', { inverse: 'boards' }) }, stamped),
        page: k.model(
          { tag: k.one('tag', { onDelete: 'soft' }).optional() },
          { ...stamped, softDelete: true },
        ),
      }),
    )
    const tag = await db.tag.create({ name: 'T' })
    const post = await db.post.create({ tags: [tag], main: tag, other: tag, seen: [tag.id, tag.id] })
    const board = await db.board.create({ tags: [tag] })
    const page = await db.page.create({ tag })
    expect(await db.tag.delete(tag.id)).toMatchObject({ unlinked: 6, softDeleted: { page: 1 }, dangling: 1 })
    expect(await db.post.findById(post.id)).toMatchObject({
      tags: [],
      main: null,
      other: null,
      seen: [],
      version: 2,
    })
    expect(await db.board.findById(board.id)).toEqual(board)
    expect(await db.page.findById(page.id, { deleted: 'only' })).toMatchObject({ version: 2, tag: tag.id })
  })

  test('R31: a refused delete dooms its transaction', async () => {
    const { db } = await open(blog)
    const call = db.transaction(async (tx) => {
      await tx.hashtag.create({ text: 'x' })
      await tx.user.delete(nowhere).catch(() => {})
    })
    expect(await refusal(call)).toMatchObject({ code: 'KIN_TRANSACTION_DOOMED' })
    expect(await db.hashtag.count()).toBe(0)
  })

  test('R25: a closure that is larger than the store can carry out is refused before anything is written', async () => {
    const store = testStore()
    const small: Store = {
      name: store.name,
      close: () => store.close(),
      async bind(...given) {
        const bound = await store.bind(...given)
        return Object.create(bound, { capabilities: { value: { ...bound.capabilities, maxClosure: 3 } } })
      },
    }
    const { db, log, forget } = await open(blog, small)
    const jane = await db.user.create({ name: 'Jane', email: 'j', posts: [{ title: '1' }, { title: '2' }] })
    const bob = await db.user.create({
      name: 'Bob',
      email: 'b',
      posts: [{ title: '1' }, { title: '2' }, { title: '3' }],
    })
    forget()
    expect(await refusal(db.user.delete(bob.id))).toMatchObject({
      code: 'KIN_CLOSURE_TOO_LARGE',
      details: { size: 4, limit: 3 },
    })
    expect(log.filter(({ kind }) => kind === 'write')).toEqual([])
    expect(await db.user.delete(jane.id)).toMatchObject({ softDeleted: { user: 1, post: 2 } })
  })

  test('an aborted call deletes nothing', async () => {
    const { db } = await open(blog)
    const user = await db.user.create({ name: 'A', email: 'a' })
    const call = db.user.delete(user.id, { signal: AbortSignal.abort() })
    expect(await refusal(call)).toMatchObject({ code: 'KIN_ABORTED' })
    expect(await db.user.count()).toBe(1)
  })
})

describe('deleteMany', () => {
  const users = async () => {
    const opened = await open(blog)
    const list = await opened.db.user.createMany(['a', 'b', 'c', 'd'].map((name) => ({ name, email: name })))
    return { ...opened, ids: list.map(({ id }) => id) }
  }

  test('by ids: all of them must be there', async () => {
    const { db, ids } = await users()
    const call = db.user.deleteMany({ ids: [ids[0]!, nowhere, ids[1]!] })
    expect(await refusal(call)).toMatchObject({ code: 'KIN_NOT_FOUND', details: { ids: [nowhere] } })
    expect(await db.user.count()).toBe(4)
    const report = await db.user.deleteMany({ ids: [ids[0]!, ids[0]!, ids[2]!] })
    expect(report).toMatchObject({
      softDeleted: { user: 2 },
      ids: { softDeleted: { user: [ids[0], ids[2]] } },
    })
  })

  test('by a filter; of ids that match; none at all', async () => {
    const { db, ids } = await users()
    const where = { name: { $in: ['a', 'b'] } }
    expect(await db.user.deleteMany({ where, ids: [ids[1]!, ids[2]!] })).toMatchObject({
      ids: { softDeleted: { user: [ids[1]] } },
    })
    expect(await db.user.deleteMany({ where, hard: true })).toMatchObject({ deleted: { user: 1 } })
    expect(await db.user.deleteMany({ where })).toMatchObject({ deleted: {}, softDeleted: {} })
    expect(await db.user.deleteMany({ ids: [] })).toMatchObject({ softDeleted: {} })
    expect(await db.user.count()).toBe(2)
    expect(await db.user.deleteMany({})).toMatchObject({ softDeleted: { user: 2 } })
  })

  test('R22: one closure: records that restrict one another go together', async () => {
    const { db } = await open(
      defineGraph({
        node: k.model({ parent: k.one('node', { inverse: 'children', onDelete: 'restrict' }).optional() }),
      }),
    )
    const parent = await db.node.create({ children: [{}, {}] })
    expect(await refusal(db.node.delete(parent.id))).toMatchObject({ code: 'KIN_RESTRICTED' })
    expect(await db.node.deleteMany({})).toMatchObject({ deleted: { node: 3 } })
  })
})

describe('a soft delete', () => {
  test('hides a record everywhere, and tells when it was deleted and by which deletion', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({
      name: 'Jane',
      email: 'j',
      posts: [{ title: 'P' }],
      groups: [{ name: 'G' }],
    })
    const [group] = await db.group.find()
    const before = Date.now()
    const { deletion } = await db.user.delete(jane.id)
    expect(await db.user.find()).toEqual([])
    expect(await db.user.findById(jane.id)).toBeNull()
    expect(await db.user.count()).toBe(0)
    expect(await db.user.exists({ where: { email: 'j' } })).toBe(false)
    expect(await db.post.find({ where: { author: { name: 'Jane' } } })).toEqual([])
    expect(await db.group.find({ where: { members: { $some: {} } } })).toEqual([])
    expect(await db.group.find({ populate: { members: true }, count: { members: true } })).toMatchObject([
      { members: [], $count: { members: 0 } },
    ])
    expect(await db.group.at(group!.id).members.has(jane.id)).toBe(false)
    const [hidden] = await db.user.find({ deleted: 'only' })
    expect(hidden!.deletedAt!.getTime()).toBeGreaterThanOrEqual(before)
    expect(await rowsOf(db, 'user')).toMatchObject([{ id: jane.id, deletedBy: deletion }])
    expect(await db.user.count({ deleted: 'include' })).toBe(1)
    expect(
      await db.post.find({ deleted: 'only', populate: { author: { deleted: 'include' } } }),
    ).toMatchObject([{ author: { id: jane.id } }])
  })

  test('R8: frees unique values', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({ name: 'Jane', email: 'j', profile: { bio: '' } })
    await db.user.delete(jane.id)
    await db.user.create({ name: 'Other', email: 'j' })
    expect(await db.user.count({ deleted: 'include' })).toBe(2)
  })

  test('one row is written besides the marks, however many records it reaches', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({
      name: 'Jane',
      email: 'j',
      profile: { bio: '' },
      posts: Array.from({ length: 50 }, (_, at) => ({ title: String(at) })),
    })
    await db.user.delete(jane.id)
    expect(await countOf(db, 'kinship_deletion')).toBe(1)
    expect(await countOf(db, 'kinship_journal')).toBe(0)
  })

  test('on a model without softDelete a delete is for good', async () => {
    const { db } = await open(blog)
    const tag = await db.hashtag.create({ text: 't' })
    expect(await db.hashtag.delete(tag.id)).toMatchObject({ deleted: { hashtag: 1 }, softDeleted: {} })
    expect(await countOf(db, 'kinship_deletion')).toBe(0)
  })
})
