/** R27 on every store: closures that outgrow memory, where the store has a work table and where it has none. */
import { expect, test } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import { describeStores, testedStores } from '../../helpers/stores.js'

const soft = { softDelete: true } as const
const graph = defineGraph({
  user: k.model({ id: k.id.integer(), name: k.string() }, soft),
  post: k.model({ author: k.one('user', { inverse: 'posts', onDelete: 'soft' }) }, soft),
  mark: k.model({ id: k.id.string(), post: k.one('post', { onDelete: 'strong' }) }),
  note: k.model({ user: k.one('user').optional() }),
})

describeStores(testedStores, (store) => {
  test('R27: what does not fit into memory is deleted, reported and restored as what does', async () => {
    const db = await connect(graph, store.open(), { closureInMemory: 20 })
    await db.sync()
    const user = await db.user.create({ name: 'U' })
    const posts = await db.post.createMany(Array.from({ length: 60 }, () => ({ author: user })))
    await db.mark.createMany(posts.map((post, at) => ({ id: `mark.${at}`, post })))
    await db.note.createMany(posts.map(() => ({ user })))

    const plan = await db.user.planDelete(user.id)
    const report = await db.user.delete(user.id, { plan })
    expect(report).toMatchObject({ softDeleted: { user: 1, post: 60 }, deleted: { mark: 60 }, unlinked: 60 })
    const records = []
    for await (const record of report.records()) records.push(record)
    const byId = (list: readonly { readonly id: unknown }[]) =>
      [...list].sort((a, b) => String(a.id).localeCompare(String(b.id)))
    expect(byId(records)).toEqual(byId([...plan.records()]))

    expect(await db.user.restore(user.id)).toMatchObject({ restored: { user: 1, post: 60 }, relinked: 60 })
    expect(await db.user.findById(user.id, { count: { posts: true } })).toMatchObject({
      $count: { posts: 60 },
    })
    expect((await db.user.delete(user.id, { hard: true })).dangling).toBe(60)
    expect((await db.purge({ before: new Date(Date.now() + 1_000) })).deleted).toEqual({ post: 60 })
    expect(await db.post.count({ deleted: 'include' })).toBe(0)
  })
})
