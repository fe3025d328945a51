import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../schema/loose.js'
import { type Loose, openGraph, refusal } from './database.js'

type Call = readonly [hook: string, about: unknown]

/** Hooks that write down what they are told; `act` may do more. */
function heard(act: (hook: string, event: Loose, context: Loose) => unknown = () => undefined) {
  const calls: Call[] = []
  const listen = (hook: string, about: (event: Loose) => unknown) => async (event: Loose, context: Loose) => {
    calls.push([`${context.model} ${hook}`, about(event)])
    await act(hook, event, context)
  }
  const link = ({ association, payload }: Loose): unknown => [association, payload]
  const hooks = {
    beforeCreate: listen('beforeCreate', ({ name }) => name),
    afterCreate: listen('afterCreate', ({ name, secret }) => [name, secret]),
    beforeUpdate: listen('beforeUpdate', ({ changes, before }) => [changes, before.name, before.secret]),
    afterUpdate: listen('afterUpdate', ({ changes }) => changes),
    beforeLink: listen('beforeLink', link),
    afterLink: listen('afterLink', link),
    beforeUnlink: listen('beforeUnlink', link),
    afterUnlink: listen('afterUnlink', link),
    afterCommit: listen('afterCommit', (events) => events.map(({ kind }: Loose) => kind)),
  }
  const graph = defineGraph({
    team: k.model(
      {
        name: k.string(),
        players: k.many('player', { inverse: 'teams', payload: { number: k.integer().default(1) } }),
      },
      { hooks },
    ),
    player: k.model(
      {
        name: k.string(),
        secret: k.string().optional().hidden(),
        coach: k.one('player', { inverse: 'coached' }).optional(),
        notes: k.array(k.object({ text: k.string(), by: k.one('player').optional() })),
      },
      { hooks },
    ),
  })
  return { graph, calls, take: (): Call[] => calls.splice(0) }
}

describe('hooks', () => {
  test('run once per record, nested ones included, before and after, and once when it is committed', async () => {
    const { graph, take } = heard()
    const { db } = await openGraph(graph)
    const team = await db.team.create({
      name: 't',
      players: [
        { name: 'a', secret: 's', notes: [{ text: 'n', by: { name: 'n' } }], $link: { number: 9 } },
        { $create: { name: 'b', coach: { name: 'c' } } },
      ],
    })
    const calls = take()
    expect(calls.slice(0, 5)).toEqual([
      ['team beforeCreate', 't'],
      ['player beforeCreate', 'a'],
      ['player beforeCreate', 'n'],
      ['player beforeCreate', 'b'],
      ['player beforeCreate', 'c'],
    ])
    expect(calls.slice(5, 13).filter(([hook]) => hook.startsWith('team'))).toEqual([
      ['team beforeLink', ['team.players', { number: 9 }]],
      ['team beforeLink', ['team.players', { number: 1 }]],
      ['team afterLink', ['team.players', { number: 9 }]],
      ['team afterLink', ['team.players', { number: 1 }]],
    ])
    expect(calls.filter(([hook]) => hook.endsWith('afterCreate')).map(([, about]) => about)).toEqual(
      expect.arrayContaining([
        ['t', undefined],
        ['a', 's'],
        ['n', null],
        ['b', null],
        ['c', null],
      ]),
    )
    expect(calls.filter(([hook]) => hook.endsWith('afterCommit'))).toEqual([
      ['team afterCommit', ['link', 'link', 'create']],
      ['player afterCommit', expect.arrayContaining(['create', 'link'])],
    ])
    await db.team.update(team.id, { name: 'u' })
    expect(take()).toEqual([
      ['team beforeUpdate', [{ name: 'u' }, 't', undefined]],
      ['team afterUpdate', { name: 'u' }],
      ['team afterCommit', ['update']],
    ])
    await db.team.at(team.id).players.clear()
    expect(take().map(([hook]) => hook)).toEqual([
      ...['team', 'team', 'player', 'player'].map((model) => `${model} beforeUnlink`),
      ...['team', 'team', 'player', 'player'].map((model) => `${model} afterUnlink`),
      'team afterCommit',
      'player afterCommit',
    ])
  })

  test('a reference moved from the other end is unlinked and linked', async () => {
    const { graph, take } = heard()
    const { db } = await openGraph(graph)
    const [a, b, c] = await db.player.createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    await db.player.update(c.id, { coach: a })
    take()
    await db.player.at(b.id).coached.add(c)
    expect(take().map(([hook]) => hook)).toEqual([
      'player beforeUnlink',
      'player beforeLink',
      'player afterLink',
      'player afterUnlink',
      'player afterCommit',
    ])
  })

  test('before hooks may change the data, which is validated after that', async () => {
    const { graph } = heard((hook, event) => {
      if (hook === 'beforeCreate') event.name = event.name?.toUpperCase() ?? 5
      if (hook === 'beforeUpdate') event.changes.name += '!'
    })
    const { db } = await openGraph(graph)
    const data = { name: 't', players: [{ name: 'p' }] }
    const team = await db.team.create(data)
    expect(team.name).toBe('T')
    expect(data).toEqual({ name: 't', players: [{ name: 'p' }] })
    expect((await db.player.find()).map(({ name }: Loose) => name)).toEqual(['P'])
    expect((await db.team.update(team.id, { name: 'x' })).name).toBe('x!')
    expect((await refusal(db.team.create({}))).code).toBe('KIN_VALIDATION')
    expect(await db.player.updateMany({ data: { name: 'all' } })).toEqual({ count: 1 })
    expect((await db.player.find())[0].name).toBe('all!')
    const made = await db.player.upsert({
      where: { id: 'a'.repeat(24) },
      create: { name: 'new' },
      update: {},
    })
    expect(made.record.name).toBe('NEW')
    expect((await db.team.at(team.id).players.create({ name: 'late' })).name).toBe('LATE')
  })

  test('what a hook writes belongs to the write: it is returned, and undone with it', async () => {
    let fail = false
    const { graph } = heard(async (hook, event, { db, model }) => {
      if (hook !== 'afterCreate' || model !== 'team') return
      await db.player.create({ name: `of ${event.name}` })
      await db.team.update(event.id, { name: 'written by the hook' })
      if (fail) throw new Error('no')
    })
    const { db } = await openGraph(graph)
    expect((await db.team.create({ name: 't' })).name).toBe('written by the hook')
    fail = true
    await expect(db.team.create({ name: 'u' })).rejects.toThrow('no')
    expect(await db.team.count()).toBe(1)
    expect(await db.player.count()).toBe(1)
  })

  test('R31: a write of a hook that fails, caught or not, fails the whole', async () => {
    const { graph } = heard(async (hook, _event, { db, model }) => {
      if (hook === 'afterCreate' && model === 'team') await db.player.create({}).catch(() => undefined)
    })
    const { db } = await openGraph(graph)
    const error = await refusal(db.team.create({ name: 't' }))
    expect([error.code, (error.cause as Loose).code]).toEqual(['KIN_TRANSACTION_DOOMED', 'KIN_VALIDATION'])
    expect(await db.team.count()).toBe(0)
  })

  test('R28: a hook that uses `db` instead of its own is refused, not left waiting', async () => {
    const { graph } = heard(async (hook) => {
      if (hook === 'beforeCreate') await opened.db.player.find()
    })
    const opened = await openGraph(graph)
    expect((await refusal(opened.db.team.create({ name: 't' }))).code).toBe('KIN_TRANSACTION_MISUSE')
  })

  test('R27: afterCommit runs once, after the commit; what it throws does not undo it', async () => {
    const seen: number[] = []
    const { graph } = heard(async (hook) => {
      if (hook !== 'afterCommit') return
      seen.push(await opened.db.team.count())
      throw new Error('too late')
    })
    const opened = await openGraph(graph)
    const { db: outer } = opened
    await expect(outer.team.create({ name: 't' })).rejects.toThrow('too late')
    expect(seen).toEqual([1])
    await expect(
      outer.transaction(async (tx: Loose) => {
        await tx.team.create({ name: 'u' })
        await tx.team.create({ name: 'v' })
      }),
    ).rejects.toThrow('too late')
    expect(seen).toEqual([1, 3])
    await outer
      .transaction(async (tx: Loose) => {
        await tx.team.create({ name: 'never' })
        throw new Error('stop')
      })
      .catch(() => undefined)
    expect(seen).toEqual([1, 3])
  })
})
