import { expect, test } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import { testStore } from '../../helpers/sqlite.js'

/** Groups of users, and users who know one another; with or without a hook that is told what is unlinked. */
function graphTelling(told: unknown[] | null) {
  const hooks = told === null ? {} : { hooks: { beforeUnlink: (event: unknown) => void told.push(event) } }
  return defineGraph({
    user: k.model(
      { name: k.string(), friends: k.many('user', { symmetric: true, payload: { since: k.string() } }) },
      hooks,
    ),
    group: k.model({
      name: k.string(),
      members: k.many('user', { inverse: 'groups', payload: { role: k.string() } }),
    }),
  })
}

test.each([true, false])(
  'unlink hooks are told payloads; without them none is read, and the report is the same (hooks: %s)',
  async (hooked) => {
    const told: unknown[] = []
    const db = await connect(graphTelling(hooked ? told : null), testStore())
    await db.sync()
    const [a, b, c] = (await db.user.createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }])).map(
      (user) => user.id,
    ) as [string, string, string]
    const group = await db.group.create({ name: 'g', members: [{ id: b, $link: { role: 'owner' } }] })
    await db.user.at(b).friends.add([
      { id: a, $link: { since: '2001' } },
      { id: c, $link: { since: '2002' } },
    ])

    const nothing = { added: [], updated: [] }
    expect(await db.group.at(group.id).members.remove([b, c])).toEqual({
      ...nothing,
      removed: [b],
      unchanged: [c],
    })
    expect(await db.user.at(c).friends.remove([a, b])).toEqual({ ...nothing, removed: [b], unchanged: [a] })
    expect(await db.user.at(b).friends.count()).toBe(1)
    expect(told).toMatchObject(hooked ? [{ payload: { role: 'owner' } }, { payload: { since: '2002' } }] : [])
    await db.close()
  },
)
