import { describe, expect, test } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import { testStore } from '../../helpers/sqlite.js'
import { type Loose, open, refusal } from './database.js'

type Told = [hook: string, event: Loose, cause: Loose]

function graphTelling(told: Told[], fail: { at?: string } = {}) {
  const hook =
    (name: string) =>
    (event: Loose, { model, cause }: Loose) => {
      told.push([`${name} ${model}`, event, cause])
      if (fail.at === `${name} ${model}`) throw new Error('not now')
    }
  const hooks = {
    beforeDelete: hook('beforeDelete'),
    afterDelete: hook('afterDelete'),
    beforeRestore: hook('beforeRestore'),
    afterRestore: hook('afterRestore'),
    afterCommit: (events: Loose, { model }: Loose) => {
      told.push([`afterCommit ${model}`, events, null])
    },
  }
  return defineGraph({
    user: k.model({ name: k.string(), secret: k.string().hidden() }, { softDelete: true, hooks }),
    post: k.model(
      { author: k.one('user', { inverse: 'posts', onDelete: 'soft' }), tags: k.many('tag') },
      { softDelete: true, hooks },
    ),
    comment: k.model(
      {
        post: k.one('post', { inverse: 'comments', onDelete: 'strong' }),
        also: k.one('user', { onDelete: 'strong' }).optional(),
      },
      { hooks },
    ),
    tag: k.model({ name: k.string() }, { hooks }),
    membership: k.model({ group: k.one('group'), user: k.one('user') }, { hooks }),
    group: k.model({ members: k.many('user', { inverse: 'groups', through: 'membership' }) }),
  })
}

async function world(told: Told[], fail: { at?: string } = {}) {
  const { db } = await open(graphTelling(told, fail))
  const user = await db.user.create({ name: 'U', secret: 's', posts: [{ comments: [{}, {}] }] })
  await db.comment.update((await db.comment.find())[0]!.id, { also: user.id })
  told.splice(0)
  return { db, user: user.id }
}

const names = (told: readonly Told[]): string[] => told.map(([name]) => name)

describe('hooks of deletes', () => {
  test('R27: run once per record, all before ones first, with the tie that reached it', async () => {
    const told: Told[] = []
    const { db, user } = await world(told)
    await db.user.delete(user)
    expect(names(told)).toEqual([
      'beforeDelete user',
      'beforeDelete post',
      'beforeDelete comment',
      'beforeDelete comment',
      'afterDelete user',
      'afterDelete post',
      'afterDelete comment',
      'afterDelete comment',
      'afterCommit user',
      'afterCommit post',
      'afterCommit comment',
    ])
    const causes = new Map(told.slice(0, 4).map(([name, { id }, cause]) => [`${name} ${id}`, cause]))
    expect(new Set([...causes.values()].map((cause) => JSON.stringify(cause)))).toEqual(
      new Set([
        '"user"',
        '{"tie":"soft","association":"post.author"}',
        '{"tie":"strong","association":"comment.post"}',
        '{"tie":"strong","association":"comment.also"}',
      ]),
    )
    expect(told[0]![1]).toMatchObject({
      id: user,
      soft: true,
      record: { name: 'U', secret: 's', deletedAt: null },
    })
    expect(told[2]![1]).toMatchObject({ soft: false })
  })

  test('of a declared record in between: the entry of the list it stands for', async () => {
    const told: Told[] = []
    const { db, user } = await world(told)
    const group = await db.group.create({ members: [user] })
    told.splice(0)
    await db.group.delete(group.id)
    expect(told[0]).toMatchObject([
      'beforeDelete membership',
      { soft: false },
      { tie: 'weak', association: 'group.members' },
    ])
  })

  test.each(['beforeDelete comment', 'afterDelete post'])(
    'one that throws rolls everything back: %s',
    async (at) => {
      const told: Told[] = []
      const fail: { at?: string } = {}
      const { db, user } = await world(told, fail)
      const before = await db.user.find({ populate: { posts: { populate: { comments: true } } } })
      fail.at = at
      await expect(db.user.delete(user)).rejects.toThrow('not now')
      delete fail.at
      expect(await db.user.find({ populate: { posts: { populate: { comments: true } } } })).toEqual(before)
      expect(names(told)).not.toContain('afterCommit user')
    },
  )

  test('what a hook writes belongs to the delete; the closure is frozen', async () => {
    const graph = defineGraph({
      user: k.model(
        { name: k.string() },
        {
          softDelete: true,
          hooks: {
            async beforeDelete({ id }: Loose, { db }) {
              await (db as Loose).audit.create({ what: `user ${id}` })
            },
          },
        },
      ),
      order: k.model({ user: k.one('user') }),
      audit: k.model({ what: k.string() }),
    })
    const { db } = await open(graph)
    const user = await db.user.create({ name: 'U' })
    await db.user.delete(user.id)
    expect(await db.audit.find()).toMatchObject([{ what: `user ${user.id}` }])
    // Refused before any hook runs.
    const other = await db.user.create({ name: 'V' })
    await db.order.create({ user: other })
    expect(await refusal(db.user.delete(other.id))).toMatchObject({ code: 'KIN_RESTRICTED' })
    expect(await db.audit.count()).toBe(1)
  })

  test('of restores: once per record that returns', async () => {
    const told: Told[] = []
    const { db, user } = await world(told)
    await db.user.delete(user)
    told.splice(0)
    await db.user.restore(user)
    expect(names(told)).toEqual([
      'beforeRestore user',
      'beforeRestore post',
      'afterRestore user',
      'afterRestore post',
      'afterCommit user',
      'afterCommit post',
    ])
    expect(told[0]![1]).toMatchObject({ id: user, soft: true })
    expect(told[4]![1]).toEqual([{ kind: 'restore', model: 'user', id: user }])
  })

  test('R27: of a closure that does not fit into memory: in chunks, once per record, all before ones first', async () => {
    const told = { before: new Map<string, number>(), after: new Map<string, number>() }
    let firstAfter = 0
    let fails: string | null = null
    const count = (calls: Map<string, number>, id: string): void => {
      calls.set(id, (calls.get(id) ?? 0) + 1)
      if (id === fails) throw new Error('not now')
    }
    const graph = defineGraph({
      list: k.model({ name: k.string() }, { softDelete: true }),
      item: k.model(
        { list: k.one('list', { onDelete: 'soft' }) },
        {
          softDelete: true,
          hooks: {
            beforeDelete: ({ id }: Loose) => count(told.before, id),
            afterDelete({ id }: Loose) {
              firstAfter ||= told.before.size
              count(told.after, id)
            },
          },
        },
      ),
    })
    const db = await connect(graph, testStore(), { closureInMemory: 2_000 })
    await db.sync()
    const list = await db.list.create({ name: 'L' })
    const items = await db.item.createMany(Array.from({ length: 6_000 }, () => ({ list })))

    fails = items[5_500]!.id
    await expect(db.list.delete(list.id)).rejects.toThrow('not now')
    expect(await db.item.count()).toBe(6_000)
    expect(told.after.size).toBe(0)
    fails = null
    told.before.clear()

    await db.list.delete(list.id)
    expect(firstAfter).toBe(6_000)
    expect(new Set([...told.before.values(), ...told.after.values()])).toEqual(new Set([1]))
    expect([told.before.size, told.after.size, await db.item.count()]).toEqual([6_000, 6_000, 0])
  })

  test.each(['beforeRestore', 'afterRestore'])(
    'one of a restore that throws rolls everything back: %s',
    async (name) => {
      const graph = defineGraph({
        user: k.model({ name: k.string() }, { softDelete: true }),
        post: k.model(
          { author: k.one('user', { onDelete: 'soft' }) },
          {
            softDelete: true,
            hooks: {
              [name]: () => {
                throw new Error('not now')
              },
            },
          },
        ),
        note: k.model({ user: k.one('user').optional() }),
      })
      const { db } = await open(graph)
      const user = await db.user.create({ name: 'U' })
      await db.post.create({ author: user })
      await db.note.create({ user })
      await db.user.delete(user.id)
      await expect(db.user.restore(user.id)).rejects.toThrow('not now')
      expect([
        await db.user.count(),
        await db.post.count(),
        await db.note.count({ where: { user } }),
      ]).toEqual([0, 0, 0])
    },
  )
})
