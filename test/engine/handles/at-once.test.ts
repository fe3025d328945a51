import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../schema/loose.js'
import { inShort, type Loose, openGraph, refusal } from '../write/database.js'

const none = { added: [], updated: [], removed: [], unchanged: [] }
const ids = (records: readonly Loose[]): unknown[] => records.map(({ id }) => id)

const graph = (hooks: Loose = {}) =>
  defineGraph({
    user: k.model({ name: k.string() }, { softDelete: true, hooks }),
    group: k.model({
      name: k.string(),
      members: k.many('user', {
        inverse: 'groups',
        payload: { role: k.string(), since: k.integer().default(7) },
      }),
    }),
  })

async function prepare(hooks?: Loose) {
  const { db, statements, dump } = await openGraph(graph(hooks))
  const users: Loose[] = await db.user.createMany(['a', 'b', 'c', 'd'].map((name) => ({ name })))
  const group = await db.group.create({ name: 'g' })
  const { members } = db.group.at(group.id)
  const short = async (call: () => Promise<unknown>) => (await statements(call)).map(inShort)
  const shown = async (): Promise<unknown[]> =>
    (await members.list()).map(({ name, $link }: Loose) => [name, $link.role, $link.since])
  return { db, users, group, members, short, shown, dump }
}

describe('pairs that are as one would expect are written without looking first', () => {
  test('new ones: the owner, the pairs', async () => {
    const { users, members, short, shown } = await prepare()
    expect(await short(() => members.add(users, { role: 'r' }))).toEqual([
      'select group',
      'insert group_members',
    ])
    expect(await shown()).toEqual(['a', 'b', 'c', 'd'].map((name) => [name, 'r', 7]))
  })

  test('from the other end, too', async () => {
    const { db, users, group, short, shown } = await prepare()
    const { groups } = db.user.at(users[0].id)
    expect(await short(() => groups.add(group, { role: 'r' }))).toEqual([
      'select user',
      'insert group_members',
    ])
    expect(await shown()).toEqual([['a', 'r', 7]])
    expect(await short(() => groups.remove(group))).toEqual(['select user', 'delete group_members'])
    expect(await shown()).toEqual([])
  })

  test('ones to be removed that are there: the owner, the pairs', async () => {
    const { users, members, short, shown } = await prepare()
    await members.add(users, { role: 'r' })
    const removing = await short(() => members.remove(users.slice(1)))
    expect(removing).toEqual(['select group', 'delete group_members'])
    expect(await shown()).toEqual([['a', 'r', 7]])
  })

  test('no pairs are nothing to write', async () => {
    const { members } = await prepare()
    expect(await members.add([])).toEqual(none)
    expect(await members.remove([])).toEqual(none)
  })
})

describe('what is otherwise than expected is undone and looked at', () => {
  test('R13: pairs that exist are merged, or unchanged', async () => {
    const { users, members, shown } = await prepare()
    const [a, b, c, d] = users
    await members.add([a, b], { role: 'r', since: 1 })
    expect(await members.add([d, b, a, c], { role: 'r', since: 2 })).toEqual({
      ...none,
      added: ids([d, c]),
      updated: ids([b, a]),
    })
    expect(await members.add([a, b], { role: 'r', since: 2 })).toEqual({ ...none, unchanged: ids([a, b]) })
    expect(await shown()).toEqual(['a', 'b', 'c', 'd'].map((name) => [name, 'r', 2]))
  })

  test('R15: a target that is missing or deleted is refused, and nothing is written', async () => {
    const { db, users, members, dump } = await prepare()
    await db.user.delete(users[3].id)
    const before = await dump()
    for (const target of [users[3], '0123456789abcdef01234567']) {
      const refused = await refusal(members.add([users[0], target], { role: 'r' }))
      expect(refused).toMatchObject({ code: 'KIN_TARGET_NOT_FOUND' })
    }
    expect(await dump()).toEqual(before)
  })

  test('what is not linked is not removed, and unchanged', async () => {
    const { users, members, shown } = await prepare()
    const [a, b, c, d] = users
    await members.add([a, b], { role: 'r' })
    expect(await members.remove([d, b, c])).toEqual({ ...none, removed: [b.id], unchanged: ids([d, c]) })
    expect(await shown()).toEqual([['a', 'r', 7]])
  })
})

describe('it looks first', () => {
  test('where the payload is not complete: the pair may be there', async () => {
    const { users, members, short, shown } = await prepare()
    await members.add(users[0], { role: 'r' })
    const merging = await short(() => members.add(users[0], { since: 9 }))
    expect(merging.slice(0, 2)).toEqual(['select group', 'select group_members'])
    expect(await shown()).toEqual([['a', 'r', 9]])
    expect(await refusal(members.add(users[1], { since: 9 }))).toMatchObject({ code: 'KIN_VALIDATION' })
  })

  test('inside of a transaction, where nothing can be undone apart', async () => {
    const { db, users, group, members, shown } = await prepare()
    await members.add(users[0], { role: 'r' })
    await db.transaction(async (tx: Loose) => {
      const within = tx.group.at(group.id).members
      expect(await within.add([users[0], users[1]], { role: 's' })).toMatchObject({ added: [users[1].id] })
      expect(await within.remove([users[0], users[2]])).toMatchObject({ removed: [users[0].id] })
    })
    expect(await shown()).toEqual([['b', 's', 7]])
  })

  test('where hooks are to be told', async () => {
    const told: unknown[] = []
    const { users, members } = await prepare({ beforeLink: ({ target }: Loose) => void told.push(target) })
    await members.add(users[0], { role: 'r' })
    await members.add([users[0], users[1]], { role: 'r' })
    expect(told).toEqual(ids(users.slice(0, 2)))
  })

  test('R35: where the caller sees a part only', async () => {
    const { db, users, group, members, shown } = await prepare()
    const mine = db.scoped({ user: { name: { $in: ['a', 'b'] } } }).group.at(group.id).members
    expect(await refusal(mine.add(users[2], { role: 'r' }))).toMatchObject({ code: 'KIN_TARGET_NOT_FOUND' })
    await members.add(users, { role: 'r' })
    expect(await mine.remove([users[0], users[2]])).toEqual({
      ...none,
      removed: [users[0].id],
      unchanged: [users[2].id],
    })
    expect(await shown()).toEqual(['b', 'c', 'd'].map((name) => [name, 'r', 7]))
  })
})
