import { describe, expect, it } from 'vitest'
import { connect, defineGraph, k } from '../../../src/index.js'
import { testStore } from '../../helpers/sqlite.js'
import { id, open, type Opened } from './database.js'

const graph = defineGraph({
  owner: k.model({ name: k.string() }, { softDelete: true }),
  note: k.model(
    {
      text: k.string(),
      owner: k.one('owner', { inverse: 'notes', onDelete: 'dirty' }).optional(),
      boss: k.one('owner', { onDelete: 'dirty' }).optional(),
      readers: k.many('owner'),
      seen: k.array(k.one('owner')),
      log: k.array(k.object({ by: k.one('owner').optional(), act: k.string() })),
      origin: k.object({ from: k.one('owner').optional() }).optional(),
      teams: k.many('team', { inverse: 'notes', through: 'assignment' }),
    },
    { softDelete: true },
  ),
  team: k.model({ name: k.string() }),
  assignment: k.model({ note: k.one('note'), team: k.one('team'), role: k.string() }, { softDelete: true }),
})

const [me, you, dead] = [id(1), id(2), id(3)] as const
const [n1, n2, n3] = [id(11), id(12), id(13)] as const
const deletedAt = new Date(1)

function openNotes(): Promise<Opened> {
  return open(graph, {
    owner: [
      { id: me, name: 'me' },
      { id: you, name: 'you' },
      { id: dead, name: 'me', deletedAt },
    ],
    note: [
      {
        id: n1,
        text: 'a',
        owner: me,
        boss: you,
        readers: [you, me, dead],
        seen: [you, me, you, me],
        log: [
          { by: me, act: 'x' },
          { by: you, act: 'y' },
        ],
        origin: { from: you },
      },
      { id: n2, text: 'b', owner: you, boss: me },
      { id: n3, text: 'c', owner: dead },
    ],
    team: [
      { id: id(21), name: 'red' },
      { id: id(22), name: 'blue' },
    ],
    assignment: [
      { id: id(31), note: n1, team: id(21), role: 'lead' },
      { id: id(32), note: n1, team: id(22), role: 'help' },
      { id: id(33), note: n2, team: id(21), role: 'lead', deletedAt },
    ],
  })
}

const ids = (records: readonly { readonly id: string }[]): string[] => records.map((record) => record.id)

describe('a scope on a model', () => {
  it('is added to every node of it', async () => {
    const { db } = await openNotes()
    const mine = db.scoped({ note: { owner: me } })
    expect(ids(await mine.note.find())).toEqual([n1])
    expect(await mine.note.findById(n2)).toBeNull()
    expect(await mine.note.count()).toBe(1)
    expect(await mine.note.exists({ where: { text: 'b' } })).toBe(false)
    const owners = await mine.owner.find({ populate: { notes: true }, count: { notes: true } })
    expect(owners.map((owner: { notes: [] }) => owner.notes.length)).toEqual([1, 0])
    expect(owners.map((owner: { $count: unknown }) => owner.$count)).toEqual([{ notes: 1 }, { notes: 0 }])
    expect(await mine.owner.find({ where: { notes: { $some: { text: 'b' } } } })).toEqual([])
    const team = await mine.team.findOne({ where: { name: 'red' }, populate: { notes: { select: ['id'] } } })
    expect(ids(team.notes)).toEqual([n1])
  })

  it('narrows what was narrowed; both must allow', async () => {
    const { db } = await openNotes()
    const scoped = db.scoped({ note: { text: { $in: ['a', 'b'] } } })
    expect(ids(await scoped.note.find())).toEqual([n1, n2])
    expect(ids(await scoped.scoped({ note: { text: { $ne: 'a' } } }).note.find())).toEqual([n2])
  })

  it('holds inside of its transactions, and from connect on', async () => {
    const { db, store } = await openNotes()
    const found = await db
      .scoped({ note: { text: 'b' } })
      .transaction((tx: { note: { find(): Promise<{ id: string }[]> } }) => tx.note.find())
    expect(ids(found)).toEqual([n2])
    const connected = await connect(graph, store, { scopes: { note: { text: 'c' } } })
    expect(ids(await connected.note.find())).toEqual([n3])
    await connected.close()
  })

  it('may test associations; it looks at everything that is not deleted', async () => {
    const { db } = await openNotes()
    const scoped = db.scoped({ note: { owner: { name: 'me' } }, owner: { notes: { $some: { text: 'a' } } } })
    expect(ids(await scoped.note.find())).toEqual([n1])
    expect(ids(await scoped.owner.find())).toEqual([me])
  })

  it('comes with its values in front, so that other values keep their places', async () => {
    const { db } = await openNotes()
    const scoped = db.scoped({ note: { text: { $in: ['a', 'b'] } }, owner: { name: 'you' } })
    const query = {
      where: { owner: { name: { $like: 'y%' } } },
      limit: 1,
      populate: { owner: { where: { name: 'you' } } },
    }
    const [note] = await scoped.note.find(query)
    expect(note).toMatchObject({ id: n2, owner: { name: 'you' } })
    const page = await scoped.note.findPage({ orderBy: { owner: { name: 'asc' } }, limit: 1 })
    expect(ids(page.records)).toEqual([n1])
    const next = await scoped.note.findPage({
      orderBy: { owner: { name: 'asc' } },
      limit: 1,
      after: page.next,
    })
    expect(ids(next.records)).toEqual([n2])
  })
})

describe('R35: ids outside of the scope', () => {
  const scopes = { owner: { name: 'me' } }

  it('are taken out of what is shown: null in a to-one, left out of lists, inside embedded structures too', async () => {
    const { db, reads } = await openNotes()
    const note = await db.scoped(scopes).note.findById(n1)
    expect(note).toMatchObject({
      owner: me,
      boss: null,
      // Within the scope, a soft-deleted target keeps its raw id in view (R20).
      readers: [me, dead],
      seen: [me, me],
      log: [
        { by: me, act: 'x' },
        { by: null, act: 'y' },
      ],
      origin: { from: null },
    })
    expect(reads()).toBe(2)
  })

  it('are looked up by one statement for each model, whatever the number of records and nodes', async () => {
    const { db, reads } = await openNotes()
    const owners = await db.scoped(scopes).owner.find({ populate: { notes: { populate: { teams: true } } } })
    expect(owners[0].notes[0]).toMatchObject({ boss: null, readers: [me, dead] })
    expect(reads()).toBe(3 + 1)
  })

  it('are taken out of populated places, too', async () => {
    const { db } = await openNotes()
    const note = await db.scoped(scopes).note.findById(n1, {
      populate: {
        boss: true,
        readers: { select: ['name'] },
        seen: { select: ['id'] },
        log: { by: { select: ['id'] } },
        origin: { from: true },
      },
    })
    expect(note).toMatchObject({
      boss: null,
      readers: [{ name: 'me' }],
      seen: [{ id: me }, { id: me }],
      log: [{ by: { id: me } }, { by: null }],
      origin: { from: null },
    })
  })

  it('are not to be found out by filters, orders and cursors', async () => {
    const { db } = await openNotes()
    const { note } = db.scoped(scopes)
    const found = async (where: unknown): Promise<string[]> => ids(await note.find({ where }))
    expect(await found({ owner: you })).toEqual([])
    expect(await found({ owner: null })).toEqual([n2])
    expect(await found({ owner: { $ne: me } })).toEqual([n2, n3])
    expect(await found({ owner: { $exists: true } })).toEqual([n1, n3])
    expect(await found({ owner: dead })).toEqual([n3])
    expect(await found({ readers: { $contains: you } })).toEqual([])
    expect(await found({ readers: { $size: 1 } })).toEqual([n1])
    expect(await found({ seen: { $some: you } })).toEqual([])
    expect(await found({ seen: { $size: 2 } })).toContain(n1)
    expect(await found({ seen: { $size: 4 } })).toEqual([])
    // What is hidden is no element that would have to match.
    expect(await found({ seen: { $every: me } })).toContain(n1)
    expect(await found({ seen: { $every: { name: 'me' } } })).toContain(n1)
    expect(await found({ $not: { seen: { $every: me } } })).toEqual([])
    expect(await found({ seen: { $none: { $ne: me } } })).toContain(n1)
    expect(await found({ log: { $some: { by: you } } })).toEqual([])
    expect(await found({ log: { $some: { by: null } } })).toEqual([n1])
    expect(await found({ origin: { from: you } })).toEqual([])
    expect(ids(await note.find({ orderBy: { owner: 'asc' } }))).toEqual([n2, n1, n3])
    const { next } = await note.findPage({ orderBy: { owner: 'asc' }, limit: 1 })
    expect(Buffer.from(next, 'base64url').toString()).not.toContain(you)
    expect(ids(await note.find({ orderBy: { owner: 'asc' }, after: next }))).toEqual([n1, n3])
  })

  it('stay in view of callers without a scope', async () => {
    const { db, reads } = await openNotes()
    expect(await db.scoped({ team: { name: 'red' } }).note.findById(n1)).toMatchObject({ boss: you })
    expect(reads()).toBe(1)
  })
})

describe('declared pairs are records, too', () => {
  it('a soft-deleted pair pairs nobody', async () => {
    const { db } = await openNotes()
    const teams = await db.team.find({ populate: { notes: { select: ['id'] } }, count: { notes: true } })
    expect(teams.map((team: { notes: [] }) => team.notes.length)).toEqual([1, 1])
    expect(teams.map((team: { $count: unknown }) => team.$count)).toEqual([{ notes: 1 }, { notes: 1 }])
    expect(await db.note.find({ where: { id: n2, teams: { $some: {} } } })).toEqual([])
  })

  it('a scope on their model hides pairs', async () => {
    const { db } = await openNotes()
    const scoped = db.scoped({ assignment: { role: 'lead' } })
    const note = await scoped.note.findById(n1, {
      select: [],
      populate: { teams: { select: ['name'] } },
      count: { teams: true },
    })
    expect(note).toEqual({ teams: [{ name: 'red', $link: { role: 'lead' } }], $count: { teams: 1 } })
    expect(await scoped.note.count({ where: { teams: { $some: { name: 'blue' } } } })).toBe(0)
  })

  it('whose scope cannot test other records', async () => {
    const { db } = await openNotes()
    expect(() => db.scoped({ assignment: { note: { text: 'a' } } })).toThrow(
      expect.objectContaining({
        code: 'KIN_INVALID_ARGUMENT',
        message:
          'The scope of "assignment" tests records other than its own, and "assignment" joins two models.',
      }),
    )
  })
})

describe('scopes that are wrong', () => {
  it('are refused when they are given', async () => {
    const { db } = await openNotes()
    expect(() => db.scoped({ nota: {} })).toThrow(expect.objectContaining({ code: 'KIN_UNKNOWN_OPTION' }))
    const store = testStore()
    const scopes = { note: { txet: 'a' } } as object
    await expect(connect(graph, store, { scopes })).rejects.toMatchObject({ path: 'scopes.note.txet' })
    await expect(connect(graph, store, { scoped: {} } as object)).rejects.toMatchObject({
      code: 'KIN_UNKNOWN_OPTION',
      message: 'There is no option "scoped" in "connect". Did you mean "scopes"?',
    })
  })
})
