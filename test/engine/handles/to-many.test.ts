import { describe, expect, test } from 'vitest'
import { type Loose, openGraph, refusal } from '../write/database.js'
import { layouts, shop } from '../write/shop.js'

const role = { role: 'r' }
const none = { added: [], updated: [], removed: [], unchanged: [] }
const absent = 'f'.repeat(24)

describe.each(layouts)('handles of many-many ends, %s layout', (layout) => {
  async function prepare() {
    const opened = await openGraph(shop(layout))
    const { db } = opened
    const [a, b, c] = await db.user.createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    const [g, h] = await db.group.createMany([{ name: 'g' }, { name: 'h' }])
    const members = (): Promise<[string, Loose][]> =>
      db.group
        .at(g.id)
        .members.list()
        .then((list: Loose[]) => list.map(({ name, $link }) => [name, $link]))
    return { ...opened, a, b, c, g, h, members, at: db.group.at(g.id) }
  }

  test('R13: add reports new pairs, merged payloads, and pairs that are as asked for already', async () => {
    const { at, a, b, c, members } = await prepare()
    expect(await at.members.add([b, a.id], role)).toEqual({ ...none, added: [b.id, a.id] })
    const again = await at.members.add([c, { id: a.id, $link: { since: 1 } }, b, c.id], {
      role: 'r',
      note: undefined,
    })
    expect(again).toEqual({ ...none, added: [c.id], updated: [a.id], unchanged: [b.id] })
    expect(await members()).toEqual([
      ['a', { role: 'r', since: 1, note: null }],
      ['b', { role: 'r', since: 7, note: null }],
      ['c', { role: 'r', since: 7, note: null }],
    ])
    expect(await at.members.add([])).toEqual(none)
  })

  test('from both ends it is the same pair', async () => {
    const { db, at, a, g } = await prepare()
    await db.user.at(a.id).groups.add(g, { role: 'x', note: 'n' })
    expect(await at.members.add(a, { role: 'y' })).toEqual({ ...none, updated: [a.id] })
    const [group] = await db.user.at(a.id).groups.list()
    expect(group).toMatchObject({ name: 'g', $link: { role: 'y', since: 7, note: 'n' } })
    expect(await db.user.at(a.id).groups.remove(g)).toEqual({ ...none, removed: [g.id] })
    expect(await at.members.count()).toBe(0)
  })

  test("R15: a new pair needs its whole payload; a target's own $link goes before the one for all", async () => {
    const { at, a, b, dump, members } = await prepare()
    const before = await dump()
    const error = await refusal(at.members.add([{ id: a.id, $link: role }, b]))
    expect([error.code, error.path]).toEqual(['KIN_VALIDATION', 'targets[1].$link.role'])
    expect((await refusal(at.members.add(a, { role: 1 }))).path).toBe('payload.role')
    expect((await refusal(at.members.add(a, { rule: 'x' }))).message).toContain('Did you mean "role"?')
    expect(await dump()).toEqual(before)
    await at.members.add([{ id: a.id, $link: { role: 'own', since: 1 } }, b], { role: 'all', since: 2 })
    expect((await members()).map(([name, { role: is, since }]) => [name, is, since])).toEqual([
      ['a', 'own', 1],
      ['b', 'all', 2],
    ])
  })

  test('update changes the payload of a pair that is shown, and adds nothing', async () => {
    const { db, at, a, b, members } = await prepare()
    await at.members.add([a, b], role)
    expect(await at.members.update(a, { note: 'n' })).toEqual({ ...none, updated: [a.id] })
    expect(await at.members.update(a.id, { note: 'n' })).toEqual({ ...none, unchanged: [a.id] })
    expect((await members())[0]).toEqual(['a', { role: 'r', since: 7, note: 'n' }])
    expect((await refusal(at.members.update(absent, { note: 'n' }))).details).toEqual({
      model: 'user',
      ids: [absent],
    })
    await db.user.delete(b.id)
    expect((await refusal(at.members.update(b, { note: 'n' }))).code).toBe('KIN_NOT_FOUND')
  })

  test('remove leaves what is not linked unchanged; an entry goes although its target is hidden', async () => {
    const { db, at, a, b, c } = await prepare()
    await at.members.add([a, b], role)
    await db.user.delete(b.id)
    expect(await at.members.remove([c, b, a.id, absent])).toEqual({
      ...none,
      removed: [b.id, a.id],
      unchanged: [c.id, absent],
    })
    expect(await at.members.remove(a)).toEqual({ ...none, unchanged: [a.id] })
    expect(await at.members.list({ deleted: 'include' })).toEqual([])
  })

  test('R15: set and clear act on what the list shows; removed ids come ascending', async () => {
    const { db, at, a, b, c, members } = await prepare()
    const gone = await db.user.create({ name: 'gone' })
    await at.members.add([a, b, gone], role)
    await db.user.delete(gone.id)
    expect(await at.members.set([c, { id: a.id, $link: { note: 'n' } }], role)).toEqual({
      added: [c.id],
      updated: [a.id],
      removed: [b.id],
      unchanged: [],
    })
    expect((await members()).map(([name]) => name)).toEqual(['a', 'c'])
    expect(await at.members.clear()).toEqual({ ...none, removed: [a.id, c.id] })
    expect((await at.members.list({ deleted: 'include' })).map(({ name }: Loose) => name)).toEqual(['gone'])
    expect(await at.members.clear()).toEqual(none)
  })

  test('create makes records and adds them', async () => {
    const { db, at, members } = await prepare()
    const one = await at.members.create({ name: 'new', posts: [{ title: 't' }] }, role)
    expect(one).toEqual(await db.user.findById(one.id))
    const two = await at.members.create([{ name: 'x' }, { name: 'y' }], { role: 's', since: 1 })
    expect(two.map(({ name }: Loose) => name)).toEqual(['x', 'y'])
    expect((await members()).map(([name, $link]) => [name, $link.role, $link.since])).toEqual([
      ['new', 'r', 7],
      ['x', 's', 1],
      ['y', 's', 1],
    ])
    expect((await refusal(at.members.create({ name: 'z' }))).code).toBe('KIN_VALIDATION')
  })

  test('list, count and has read what is shown, shaped by a query', async () => {
    const { db, at, a, b, c } = await prepare()
    await at.members.add([
      { id: a.id, $link: { role: 'x', since: 3 } },
      { id: b.id, $link: { role: 'y', since: 2 } },
      { id: c.id, $link: { role: 'x', since: 1 } },
    ])
    await db.user.delete(c.id)
    const query = {
      where: { $link: { role: 'x' } },
      orderBy: { $link: { since: 'asc' } },
      select: ['name'],
      deleted: 'include',
    }
    expect((await at.members.list(query)).map(({ name }: Loose) => name)).toEqual(['c', 'a'])
    expect(await at.members.list({ limit: 1, offset: 1, select: ['name'] })).toMatchObject([{ name: 'b' }])
    expect([await at.members.count(), await at.members.count({ where: { name: 'a' } })]).toEqual([2, 1])
    expect([await at.members.has(a), await at.members.has(c.id), await at.members.has(absent)]).toEqual([
      true,
      false,
      false,
    ])
    const error = await refusal(at.members.list({ where: { nam: 'x' } }))
    expect([error.code, error.path]).toEqual(['KIN_UNKNOWN_FIELD', 'where.nam'])
  })

  test('R37: an owner that is absent or hidden is not found, by any method', async () => {
    const { db, a, g } = await prepare()
    await db.user.delete(a.id)
    const at = db.user.at(a.id)
    const calls = [
      () => at.groups.list(),
      () => at.groups.count(),
      () => at.groups.has(g),
      () => at.groups.add(g, role),
      () => at.groups.update(g, role),
      () => at.groups.remove(g),
      () => at.groups.set([g], role),
      () => at.groups.clear(),
      () => at.groups.create({ name: 'x' }, role),
      () => at.manager.get(),
      () => at.manager.set(null),
      () => at.profile.create({}),
    ]
    for (const call of calls) {
      const error = await refusal(call())
      expect([error.code, error.details]).toEqual(['KIN_NOT_FOUND', { model: 'user', ids: [a.id] }])
    }
    expect((await refusal(db.user.at('x').groups.list())).code).toBe('KIN_INVALID_ID')
    expect((await refusal(db.group.at(g.id).members.has('x'))).code).toBe('KIN_INVALID_ID')
  })

  test('a misspelt end is reported with the nearest right one', async () => {
    const { db, a } = await prepare()
    expect(() => db.user.at(a.id).grups).toThrow(
      'There is no association or embedded array "grups" in model "user". Did you mean "groups"?',
    )
    // Nothing that JavaScript looks for by itself is taken for an end.
    expect(await db.user.at(a.id)).toBeDefined()
  })
})

describe('handles of one-many ends', () => {
  async function prepare() {
    const opened = await openGraph(shop('join'))
    const { db } = opened
    const [u, v] = await db.user.createMany([{ name: 'u' }, { name: 'v' }])
    const [p, q, gone] = await db.post.createMany([
      { title: 'p', author: u, editor: u },
      { title: 'q', author: v },
      { title: 'gone', author: u, editor: u },
    ])
    await db.post.delete(gone.id)
    return { ...opened, u, v, p, q, gone }
  }

  test('R14: adding moves; the record that moved is touched, the others are not (R19)', async () => {
    const { db, u, p, q } = await prepare()
    expect(await db.user.at(u.id).posts.add([p, q])).toEqual({ ...none, added: [q.id], unchanged: [p.id] })
    expect(await db.post.findById(q.id)).toEqual({ ...q, author: u.id, version: 2 })
    expect((await db.post.findById(p.id)).version).toBe(1)
    const made = await db.user.at(u.id).posts.create({ title: 'new' })
    expect(made).toMatchObject({ title: 'new', author: u.id, version: 1 })
  })

  test('R14: remove, set and clear on a required reference are refused, whatever is stored', async () => {
    const { db, u, v, p, dump } = await prepare()
    const before = await dump()
    const calls = [
      () => db.user.at(u.id).posts.remove(p),
      () => db.user.at(v.id).posts.remove([]),
      () => db.user.at(u.id).posts.set([p]),
      () => db.user.at(u.id).posts.clear(),
    ]
    for (const call of calls) expect((await refusal(call())).code).toBe('KIN_REQUIRED_REFERENCE')
    expect(await dump()).toEqual(before)
  })

  test('R14: what belongs to someone else, or is hidden, is unchanged', async () => {
    const { db, u, v, p, q, gone } = await prepare()
    expect(await db.user.at(v.id).edited.remove([p, q])).toEqual({ ...none, unchanged: [p.id, q.id] })
    expect(await db.user.at(u.id).edited.remove([gone])).toEqual({ ...none, unchanged: [gone.id] })
    expect(await db.user.at(u.id).edited.set([q])).toEqual({ ...none, added: [q.id], removed: [p.id] })
    expect(await db.user.at(u.id).edited.clear()).toEqual({ ...none, removed: [q.id] })
    const stored = await db.post.findById(gone.id, { deleted: 'only' })
    expect([stored.editor, stored.version]).toEqual([u.id, gone.version + 1])
    expect((await db.post.findById(p.id)).version).toBe(2)
  })
})
