/** R18: pairs written down at both ends. Where they are kept is looked at beside the API, which never shows it. */
import { describe, expect, it } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import type { Session } from '../../../src/store/read.js'
import type { BoundStore, LogEntry, Store } from '../../../src/store/store.js'
import { mirrorsOf } from '../../../src/testing/property/mirrors.js'
import { mirroringSqlite } from '../../helpers/mirroring-sqlite.js'
import { describeWith } from '../../helpers/servers.js'
import { mongodbStore } from '../../helpers/stores.js'

const id = k.id.string()
const layout = 'mirror'
const payload = { role: k.string().optional(), since: k.integer().default(1) }

const graphWith = (payloads: boolean) =>
  defineGraph({
    user: k.model(
      { id, friends: k.many('user', { symmetric: true, layout, ...(payloads && { payload }) }) },
      { softDelete: true, version: true },
    ),
    post: k.model({ id, author: k.one('user', { inverse: 'posts', layout }).optional() }, { version: true }),
    badge: k.model({
      id,
      user: k.one('user', { inverse: 'badge', layout, onHolderDelete: 'soft' }).unique(),
    }),
    group: k.model(
      { id, members: k.many('user', { inverse: 'groups', layout, ...(payloads && { payload }) }) },
      { version: true },
    ),
  })

async function open(store: Store, payloads = false) {
  const log: LogEntry[] = []
  const graph = graphWith(payloads)
  const db = await connect(graph, store, { log: (entry) => log.push(entry) })
  await db.sync()
  await db.user.createMany(['u1', 'u2', 'u3'].map((one) => ({ id: one })))
  const mirrors = await mirrorsOf(store, graph)
  const count = async (kind: LogEntry['kind'], run: () => Promise<unknown>): Promise<number> => {
    log.splice(0)
    await run()
    return log.filter((entry) => entry.kind === kind).length
  }
  return { db, log, count, outOfStep: async () => mirrors?.() }
}

const ids = (records: readonly { readonly id: string }[]) => records.map((record) => record.id)

const stores = [
  { name: 'sqlite', missing: null, open: mirroringSqlite },
  { name: mongodbStore.name, missing: mongodbStore.missing, open: mongodbStore.open },
]

for (const { name, missing, open: openStore } of stores) {
  describeWith(`${name}: mirrors`, missing, () => {
    it('R14: a reference that moves leaves the list it was on', async () => {
      const { db, outOfStep } = await open(openStore())
      await db.post.createMany([{ id: 'p1', author: 'u1' }, { id: 'p2', author: 'u1' }, { id: 'p3' }])
      await db.post.update('p1', { author: 'u2' })
      await db.user.at('u3').posts.add(['p2', 'p3'])
      await db.post.updateMany({ where: { id: 'p3' }, data: { author: 'u2' } })
      const found = await db.user.find({ populate: { posts: true } })
      expect(found.map(({ posts }) => ids(posts))).toEqual([[], ['p1', 'p3'], ['p2']])
      expect(await outOfStep()).toEqual([])
    })

    it('R14: what takes the place of a one-one leaves none of the two ends behind', async () => {
      const { db, outOfStep } = await open(openStore())
      await db.badge.create({ id: 'b1', user: 'u1' })
      await db.badge.update('b1', { user: 'u2' })
      expect(await db.user.at('u1').badge.get()).toBeNull()
      await expect(db.badge.create({ id: 'b2', user: 'u2' })).rejects.toMatchObject({ code: 'KIN_ONE_TAKEN' })
      await db.badge.delete('b1')
      const [one, two] = await db.user.find({ deleted: 'include', populate: { badge: true } })
      expect([one?.badge, two?.badge, two?.deletedAt !== null]).toEqual([null, null, true])
      expect(await outOfStep()).toEqual([])
    })

    it.each([false, true])(
      'R13: pairs are added, merged and removed from either end (payload: %s)',
      async (with_) => {
        const { db, outOfStep } = await open(openStore(), with_)
        const link = with_ ? { role: 'x' } : {}
        await db.group.create({ id: 'g1', members: [{ id: 'u1', $link: link }, 'u2'] })
        await db.user.at('u3').groups.create({ id: 'g2', members: ['u1'] })
        await db.user.at('u1').groups.add('g2', with_ ? { since: 5 } : undefined)
        await db.group.at('g1').members.remove('u2')
        await db.user.at('u1').friends.add(['u3', 'u2'], with_ ? { role: 'y' } : undefined)
        await db.user.at('u2').friends.clear()
        const users = await db.user.find({ populate: { groups: true, friends: true } })
        expect(users.map(({ groups, friends }) => [ids(groups), ids(friends)])).toEqual([
          [['g1', 'g2'], ['u3']],
          [[], []],
          [['g2'], ['u1']],
        ])
        const [{ groups } = { groups: [] }] = users
        expect(groups.map((group) => ('$link' in group ? group.$link : null))).toEqual(
          with_
            ? [
                { role: 'x', since: 1 },
                { role: null, since: 5 },
              ]
            : [null, null],
        )
        expect(await outOfStep()).toEqual([])
      },
    )

    it('R22 to R26: ties, restores and hard deletes reach both ends', async () => {
      const { db, outOfStep } = await open(openStore())
      await db.post.createMany([
        { id: 'p1', author: 'u1' },
        { id: 'p2', author: 'u1' },
      ])
      await db.group.create({ id: 'g1', members: ['u1', 'u2'] })
      await db.user.delete('u1')
      expect(await db.post.findById('p1')).toMatchObject({ author: null })
      expect(await outOfStep()).toEqual([])
      await db.post.delete('p2')
      await db.user.restore('u1')
      expect(ids(await db.user.at('u1').posts.list())).toEqual(['p1'])
      expect(ids(await db.group.at('g1').members.list())).toEqual(['u1', 'u2'])
      await db.user.delete('u1', { hard: true })
      await db.group.delete('g1')
      expect(await db.user.at('u2').groups.list()).toEqual([])
      expect(await outOfStep()).toEqual([])
    })

    it('R19: the other end is not touched', async () => {
      const { db } = await open(openStore())
      await db.post.create({ id: 'p1' })
      await db.group.create({ id: 'g1' })
      await db.user.at('u1').posts.add('p1')
      await db.user.at('u1').groups.add('g1')
      await db.user.at('u1').friends.add('u2')
      const versions = [
        await db.user.findById('u1'),
        await db.post.findById('p1'),
        await db.group.findById('g1'),
      ]
      expect(versions.map((record) => record?.version)).toEqual([1, 2, 1])
    })

    it('either end is answered by one read, and its ids are nobody’s to see', async () => {
      const { db, count } = await open(openStore())
      await db.post.createMany(['p1', 'p2', 'p3'].map((post) => ({ id: post, author: 'u1' })))
      await db.group.create({ id: 'g1', members: ['u1', 'u2'] })
      expect(await db.user.findById('u1')).toEqual({ id: 'u1', version: 1, deletedAt: null })
      const populate = { posts: true, groups: true, badge: true } as const
      expect(await count('read', () => db.user.find({ populate }))).toBeLessThanOrEqual(4)
      expect(await count('read', () => db.user.count({ where: { groups: { $some: {} } } }))).toBe(1)
      await expect(db.user.find({ reveal: ['posts'] } as object)).rejects.toMatchObject({
        code: 'KIN_UNKNOWN_FIELD',
      })
    })
  })
}

describe('R18: records are written in (model, id) order', () => {
  it('from whichever end', async () => {
    const { db, log } = await open(mirroringSqlite(), true)
    await db.group.createMany([{ id: 'g2' }, { id: 'g1' }])
    const written = async (run: () => Promise<unknown>) => {
      log.splice(0)
      await run()
      const writes = log.filter(({ kind, statement }) => kind === 'write' && statement.startsWith('update'))
      return writes.map(({ statement, parameters }) => {
        const places = parameters.filter((value) => typeof value === 'string' && /^\["[ug]\d/.test(value))
        return `${statement.split(' ')[1]} ${places.join()}`
      })
    }
    expect(await written(() => db.user.at('u3').groups.add(['g2', 'g1']))).toEqual([
      '"group" ["g1","g2"]',
      '"user" ["u3"]',
    ])
    // Neighbours who get the same are written together, and nobody else.
    const differing = [
      { id: 'u2', $link: { role: 'b' } },
      { id: 'u1', $link: { role: 'a' } },
    ]
    expect(await written(() => db.group.at('g1').members.add(differing))).toEqual([
      '"group" ["g1"]',
      '"user" ["u1"]',
      '"user" ["u2"]',
    ])
    await db.post.createMany([
      { id: 'p2', author: 'u3' },
      { id: 'p1', author: 'u1' },
    ])
    expect(await written(() => db.user.at('u2').friends.add(['u3', 'u1']))).toEqual([
      '"user" ["u1"]',
      '"user" ["u2"]',
      '"user" ["u3"]',
    ])
  })
})

describe('R18: a store that lets a transaction see what another one has changed meanwhile', () => {
  it('has the reference read again, and no entry is left behind', async () => {
    let seen = 0
    const store = mirroringSqlite()
    const meddled: Store = {
      ...store,
      async bind(graph, options) {
        const bound = await store.bind(graph, options)
        const compileRead: BoundStore['compileRead'] = (request) => {
          const compiled = bound.compileRead(request)
          const { model, fields } = request.node
          const reads = model.name === 'post' && fields.map(({ name }) => name).join() === 'id,author'
          return {
            ...compiled,
            async run(session, values, keys) {
              const found = await compiled.run(session, values, keys)
              // Between the last look at it and the write, another transaction would have committed this.
              if (reads && session.inTransaction && ++seen === 2) moveAway(session)
              return found
            },
          }
        }
        return { ...bound, compileRead }
      },
    }
    const moveAway = ({ native }: Session): void => {
      ;(native as { exec: (statement: string) => void }).exec(`update "post" set "author" = 'u3'`)
    }
    const { db, count, outOfStep } = await open(meddled)
    await db.post.create({ id: 'p1', author: 'u1' })
    expect(await count('begin', () => db.user.at('u2').posts.add('p1'))).toBe(2)
    expect(seen).toBe(4)
    const users = await db.user.find({ populate: { posts: true } })
    expect(users.map(({ posts }) => ids(posts))).toEqual([[], ['p1'], []])
    expect(await outOfStep()).toEqual([])
  })
})
