import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../../src/index.js'
import { blog } from '../../fixtures/graphs.js'
import { countOf, type Loose, open, refusal, rowsOf } from './database.js'

const soft = { softDelete: true } as const

/** Everything stored, without what a touch changes. */
async function stored(db: Loose, tables: readonly string[]) {
  const all = await Promise.all(tables.map((table) => rowsOf(db, table)))
  return all.map((rows) =>
    rows
      .map((row) => ({ ...row, updatedAt: null, version: null }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  )
}

describe('R26: exactness', () => {
  const graph = defineGraph({
    user: k.model({ name: k.string(), email: k.string().unique() }, { softDelete: true, timestamps: true }),
    profile: k.model({ user: k.one('user', { inverse: 'profile', onDelete: 'soft' }).unique() }, soft),
    post: k.model(
      {
        author: k.one('user', { inverse: 'posts', onDelete: 'soft' }),
        title: k.string(),
        score: k.decimal(10, 2),
      },
      { softDelete: true, version: true },
    ),
    comment: k.model(
      { post: k.one('post', { inverse: 'comments', onDelete: 'soft' }), by: k.one('user').optional() },
      soft,
    ),
    task: k.model({
      owner: k.one('user').optional(),
      reviewer: k.one('user').optional(),
      steps: k.array(
        k.object({
          by: k.one('user', { onDelete: 'weak' }),
          at: k.date(),
          cost: k.decimal(8, 2).optional(),
          raw: k.binary().optional(),
          ticks: k.bigint().optional(),
          also: k.array(k.one('user', { onDelete: 'weak' })),
        }),
      ),
      watchers: k.array(k.one('user', { onDelete: 'weak' })),
      place: k.object({ keeper: k.one('user').optional(), name: k.string() }).optional(),
    }),
    group: k.model({ members: k.many('user', { inverse: 'groups', payload: { role: k.string() } }) }),
  })
  const tables = ['user', 'profile', 'post', 'comment', 'task', 'group', 'group_members']

  async function world() {
    const { db, log, forget } = await open(graph)
    const [jane, bob] = (
      await db.user.createMany([
        { name: 'Jane', email: 'j', profile: {}, posts: [{ title: 'P', score: '1.50' }] },
        { name: 'Bob', email: 'b' },
      ])
    ).map(({ id }) => id) as [string, string]
    const [post] = await db.post.find()
    await db.comment.createMany([
      { post: post!.id, by: bob },
      { post: post!.id, by: jane },
    ])
    await db.group.create({
      members: [
        { id: jane, $link: { role: 'x' } },
        { id: bob, $link: { role: 'y' } },
      ],
    })
    const step = (by: string, also: string[]) => ({
      by,
      at: new Date('2020-02-03T04:05:06.789Z'),
      cost: '12.30',
      raw: new Uint8Array([0, 255, 7]),
      ticks: 2n ** 60n,
      also,
    })
    const task = await db.task.create({
      owner: jane,
      reviewer: bob,
      steps: [step(bob, [jane, bob]), step(jane, [bob]), step(bob, [bob, jane, jane]), step(jane, [])],
      watchers: [bob, jane, bob, jane],
      place: { keeper: jane, name: 'attic' },
    })
    return { db, log, forget, jane, bob, post: post!.id, task: task.id }
  }

  test('a deletion that is undone leaves everything as it was, references and embedded elements in their places', async () => {
    const { db, jane, task } = await world()
    const before = await stored(db, tables)
    const { deletion } = await db.user.delete(jane)
    expect(await db.task.findById(task)).toMatchObject({
      owner: null,
      steps: [{ also: [expect.anything()] }, { also: [expect.anything()] }],
      watchers: [expect.anything(), expect.anything()],
      place: { keeper: null, name: 'attic' },
    })
    expect(await db.user.restore(jane)).toMatchObject({
      deletion,
      restored: { user: 1, profile: 1, post: 1, comment: 2 },
      skipped: {},
      ids: { restored: { user: [jane] } },
      // owner, keeper, two steps, three in `also`, two watchers
      relinked: 9,
      notRelinked: 0,
    })
    expect(await stored(db, tables)).toEqual(before)
    expect([await countOf(db, 'kinship_deletion'), await countOf(db, 'kinship_journal')]).toEqual([0, 0])
  })

  test('exactly one deletion is undone', async () => {
    const { db, jane, post } = await world()
    await db.comment.deleteMany({ where: { by: jane } })
    await db.user.delete(jane)
    expect(await db.user.restore(jane)).toMatchObject({ restored: { comment: 1 } })
    expect(await db.comment.count({ where: { post } })).toBe(1)
  })

  test('R19: what comes back is touched, and so are records that get references back', async () => {
    const { db, jane, post } = await world()
    await db.user.delete(jane)
    expect(await db.post.findById(post, { deleted: 'only' })).toMatchObject({ version: 2 })
    await db.user.restore(jane)
    expect(await db.post.findById(post)).toMatchObject({ version: 3, deletedAt: null })
  })

  test('several roots: each brings back what lies below it', async () => {
    const { db, jane, bob } = await world()
    const before = await stored(db, tables)
    await db.user.deleteMany({ ids: [jane, bob] })
    expect(await db.user.restore(bob)).toMatchObject({ restored: { user: 1 } })
    expect(await countOf(db, 'kinship_deletion')).toBe(1)
    await db.user.restore(jane)
    expect(await stored(db, tables)).toEqual(before)
    expect(await countOf(db, 'kinship_deletion')).toBe(0)
  })

  test('references are put back only where they are still null and elements where their array still is', async () => {
    const { db, jane, bob, task } = await world()
    await db.user.delete(jane)
    await db.task.update(task, { owner: bob, place: null, watchers: [] })
    expect(await db.user.restore(jane)).toMatchObject({ relinked: 7, notRelinked: 2 })
    expect(await db.task.findById(task)).toMatchObject({ owner: bob, place: null, watchers: [jane, jane] })
  })

  test('the journal forgets what cannot come back: a holder or a target that is gone for good', async () => {
    const { db, jane, bob, task } = await world()
    await db.user.deleteMany({ ids: [jane, bob] })
    expect(await countOf(db, 'kinship_journal')).toBeGreaterThan(5)
    await db.task.delete(task)
    expect(await countOf(db, 'kinship_journal')).toBe(0)
    expect(await db.user.restore(jane)).toMatchObject({ relinked: 0, notRelinked: 0 })
  })
})

describe('R26: refusals', () => {
  test('what was never deleted, twice, and what is not there', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({ name: 'Jane', email: 'j' })
    expect(await refusal(db.user.restore(jane.id))).toMatchObject({
      code: 'KIN_RESTORE_REFUSED',
      details: { model: 'user', id: jane.id, reason: 'it is not deleted' },
    })
    await db.user.delete(jane.id)
    await db.user.restore(jane.id)
    expect(await refusal(db.user.restore(jane.id))).toMatchObject({ code: 'KIN_RESTORE_REFUSED' })
    expect(await refusal(db.user.restore('f'.repeat(24)))).toMatchObject({ code: 'KIN_NOT_FOUND' })
    expect(await refusal(db.user.restore('x'))).toMatchObject({ code: 'KIN_INVALID_ID' })
    const tag = await db.hashtag.create({ text: 't' })
    expect(await refusal(db.hashtag.restore(tag.id))).toMatchObject({ code: 'KIN_RESTORE_REFUSED' })
  })

  test('a record deleted by a tie names what it comes back with', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({ name: 'Jane', email: 'j', posts: [{ title: 'P' }] })
    const [post] = await db.post.find()
    await db.user.delete(jane.id)
    const error = await refusal(db.post.restore(post!.id))
    expect(error.code).toBe('KIN_RESTORE_REFUSED')
    expect(error.message).toContain(`user "${jane.id}"`)
    expect(await db.post.count()).toBe(0)
  })

  test('under a target that stays deleted, or is gone', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({ name: 'Jane', email: 'j', posts: [{ title: 'P' }, { title: 'Q' }] })
    const [post, other] = await db.post.find()
    await db.post.delete(post!.id)
    await db.user.delete(jane.id)
    const deleted = { code: 'KIN_RESTORE_REFUSED', details: { reason: `its user ${jane.id} is deleted` } }
    expect(await refusal(db.post.restore(post!.id))).toMatchObject(deleted)
    // A hard delete leaves its posts with soft ties behind: nothing is left to restore them through.
    await db.user.restore(jane.id)
    await db.user.delete(jane.id, { hard: true })
    expect(await refusal(db.post.restore(other!.id))).toMatchObject(deleted)
  })

  test('a taken unique value: of the root a refusal, of a dependant a reason to skip it', async () => {
    const { db } = await open(
      defineGraph({
        user: k.model({ email: k.string().unique() }, soft),
        page: k.model({ slug: k.string().unique(), owner: k.one('user', { onDelete: 'soft' }) }, soft),
        note: k.model({ page: k.one('page', { onDelete: 'soft' }) }, soft),
      }),
    )
    const user = await db.user.create({ email: 'e' })
    const [first, second] = await db.page.createMany(['a', 'b'].map((slug) => ({ slug, owner: user })))
    await db.note.createMany([{ page: first! }, { page: second! }])
    await db.user.delete(user.id)
    const taker = await db.user.create({ email: 'e' })
    expect(await refusal(db.user.restore(user.id))).toMatchObject({
      details: { reason: 'its email is taken' },
    })
    await db.user.update(taker.id, { email: 'other' })
    const squatter = await db.page.create({ slug: 'a', owner: taker.id })
    expect(await db.user.restore(user.id)).toMatchObject({
      restored: { user: 1, page: 1, note: 1 },
      skipped: { page: 1, note: 1 },
      ids: { skipped: { page: [first!.id] } },
    })
    // What was skipped right below can be named now, and brings back what hangs below it.
    await db.page.delete(squatter.id, { hard: true })
    expect(await db.page.restore(first!.id)).toMatchObject({ restored: { page: 1, note: 1 } })
    expect(await countOf(db, 'kinship_deletion')).toBe(0)
  })

  test('a unique reference is put back only where nobody has taken its target meanwhile', async () => {
    const { db } = await open(
      defineGraph({
        seat: k.model({ name: k.string() }, soft),
        guest: k.model({ name: k.string(), seat: k.one('seat').unique().optional() }),
      }),
    )
    const seat = await db.seat.create({ name: '1A' })
    const ann = await db.guest.create({ name: 'Ann', seat })
    await db.seat.delete(seat.id)
    await db.seat.restore(seat.id)
    expect(await db.guest.findById(ann.id)).toMatchObject({ seat: seat.id })
    await db.seat.delete(seat.id)
    const rival = await db.guest.create({ name: 'Rival' })
    await db.transaction((tx: Loose) =>
      tx.native.exec(`update guest set seat = '${seat.id}' where id = '${rival.id}'`),
    )
    expect(await db.seat.restore(seat.id)).toMatchObject({ relinked: 0, notRelinked: 1 })
    expect(await db.guest.findById(ann.id)).toMatchObject({ seat: null })
  })

  test('a record that another program marked as deleted comes back alone', async () => {
    const { db } = await open(blog)
    const jane = await db.user.create({ name: 'Jane', email: 'j', posts: [{ title: 'P' }] })
    await db.transaction((tx: Loose) =>
      tx.native.exec('update user set deletedAt = 1; update post set deletedAt = 1'),
    )
    expect(await db.user.restore(jane.id)).toMatchObject({ restored: { user: 1 }, skipped: {} })
    expect(await db.post.count()).toBe(0)
  })
})

describe('R26: through records that are gone for good', () => {
  const graph = defineGraph({
    user: k.model({ name: k.string() }, soft),
    session: k.model({
      user: k.one('user', { onDelete: 'strong' }),
      device: k.one('device', { onDelete: 'dirty', onHolderDelete: 'soft' }).unique(),
    }),
    device: k.model({ name: k.string() }, soft),
  })

  test('what hangs below comes back with what is left above', async () => {
    const { db } = await open(graph)
    const user = await db.user.create({ name: 'U' })
    const device = await db.device.create({ name: 'D' })
    await db.session.create({ user, device })
    expect(await db.user.delete(user.id)).toMatchObject({
      deleted: { session: 1 },
      softDeleted: { user: 1, device: 1 },
    })
    expect((await refusal(db.device.restore(device.id))).message).toContain(`user "${user.id}"`)
    expect(await db.user.restore(user.id)).toMatchObject({ restored: { user: 1, device: 1 } })
  })

  test('or by itself, where nothing is', async () => {
    const { db } = await open(graph)
    const user = await db.user.create({ name: 'U' })
    const device = await db.device.create({ name: 'D' })
    await db.session.create({ user, device })
    await db.user.delete(user.id, { hard: true })
    expect(await db.device.restore(device.id)).toMatchObject({ restored: { device: 1 } })
  })
})
