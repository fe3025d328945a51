/** R9 to R11: lists in order, page by page. */
import assert from 'node:assert/strict'
import { defineGraph } from '../../schema/define-graph.js'
import { k } from '../../schema/k.js'
import type { ConformanceCase } from './conformance-case.js'
import { refused } from './refused.js'

const notes = defineGraph({
  user: k.model({ name: k.string() }, { softDelete: true }),
  note: k.model({
    text: k.string(),
    rank: k.integer().optional(),
    by: k.one('user', { inverse: 'notes', onDelete: 'dirty' }).optional(),
  }),
})

const texts = (records: readonly { readonly text: string }[]): string =>
  records.map(({ text }) => text).join('')
const names = (records: readonly { readonly name: string }[]): string =>
  records.map(({ name }) => name).join('')

/** Ids that ascend as given, whatever the order of creation. */
const id = (at: number): string => at.toString(16).padStart(24, '0')

export const orderCases: readonly ConformanceCase[] = [
  {
    rule: 'R9',
    title: 'a list comes by ascending id, and every order is completed with it',
    async run({ open }) {
      const db = await open(notes)
      for (const [at, text, rank] of [
        [3, 'c', 1],
        [1, 'a', 1],
        [2, 'b', 0],
      ] as const)
        await db.note.create({ id: id(at), text, rank })
      assert.equal(texts(await db.note.find()), 'abc')
      assert.equal(texts(await db.note.find({ orderBy: { rank: 'desc' } })), 'acb')
      assert.equal(texts(await db.note.find({ orderBy: [{ rank: 'asc' }, { text: 'desc' }] })), 'bca')
    },
  },
  {
    rule: 'R9',
    title: 'null is the smallest value',
    async run({ open }) {
      const db = await open(notes)
      await db.note.createMany([{ text: 'b', rank: -5 }, { text: 'a' }, { text: 'c', rank: 0 }])
      assert.equal(texts(await db.note.find({ orderBy: { rank: 'asc' } })), 'abc')
      assert.equal(texts(await db.note.find({ orderBy: { rank: 'desc' } })), 'cba')
    },
  },
  {
    rule: 'R9',
    title: 'a hidden or missing to-one sorts as null',
    layouts: ['reference'],
    async run({ open }) {
      const db = await open(notes)
      const [ann, zoe] = await db.user.createMany([{ name: 'Ann' }, { name: 'Zoe' }])
      await db.note.create({ id: id(1), text: 'a', by: ann!.id })
      await db.note.create({ id: id(2), text: 'z', by: zoe!.id })
      await db.note.create({ id: id(3), text: 'n' })
      assert.equal(texts(await db.note.find({ orderBy: { by: { name: 'desc' } } })), 'zan')
      await db.user.delete(zoe!.id)
      assert.equal(texts(await db.note.find({ orderBy: { by: { name: 'desc' } } })), 'azn')
      assert.equal(texts(await db.note.find({ orderBy: { by: { name: 'asc' } } })), 'zna')
    },
  },
  {
    rule: 'R9',
    title: 'order, offset and limit of a populated list are per parent',
    layouts: ['join', 'array', 'mirror'],
    async run({ open, many: layout }) {
      const db = await open(
        defineGraph({
          song: k.model({ name: k.string() }),
          list: k.model({ songs: k.many('song', { inverse: 'lists', layout }) }),
        }),
      )
      const songs = await db.song.createMany(['a', 'b', 'c'].map((name) => ({ name })))
      const [a, b, c] = songs.map((song) => song.id) as [string, string, string]
      await db.list.createMany([{ songs: [a, b, c] }, { songs: [c] }, {}, { songs: [b, a] }])
      const node = { orderBy: { name: 'desc' }, offset: 1, limit: 1 } as const
      for (const strategy of [undefined, ...db.store.strategies]) {
        const shown = await db.list.find({ strategy, populate: { songs: node } })
        assert.deepEqual(
          shown.map((list) => names(list.songs)),
          ['b', '', '', 'a'],
        )
      }
    },
  },
  {
    rule: 'R10',
    title: 'a one-sided list keeps the order given, unless it is told not to',
    layouts: ['array', 'join'],
    async run({ open, many: layout }) {
      const db = await open(
        defineGraph({
          tag: k.model({ name: k.string() }),
          kept: k.model({ tags: k.many('tag', { layout }) }),
          sorted: k.model({ tags: k.many('tag', { layout, ordered: false }) }),
        }),
      )
      const tags = (await db.tag.createMany(['a', 'b', 'c'].map((name) => ({ name })))).map((tag) => tag.id)
      const [a, b, c] = tags as [string, string, string]
      const kept = await db.kept.create({ tags: [c, a] })
      assert.deepEqual(kept.tags, [c, a])
      await db.kept.at(kept.id).tags.add([a, b])
      assert.equal(names(await db.kept.at(kept.id).tags.list()), 'cab')
      await db.kept.at(kept.id).tags.set([b, c])
      assert.equal(names((await db.kept.findById(kept.id, { populate: { tags: true } }))?.tags ?? []), 'bc')
      assert.deepEqual((await db.sorted.create({ tags: [c, a] })).tags, [a, c])
    },
  },
  {
    rule: 'R10',
    title: 'a many-many is ordered on request, at its holder',
    layouts: ['join', 'array', 'mirror'],
    async run({ open, many: layout }) {
      const db = await open(
        defineGraph({
          song: k.model({ name: k.string() }),
          playlist: k.model({
            name: k.string(),
            songs: k.many('song', { inverse: 'playlists', layout, ordered: true }),
          }),
        }),
      )
      const songs = await db.song.createMany(['a', 'b', 'c'].map((name) => ({ name })))
      const [a, b, c] = songs.map((song) => song.id) as [string, string, string]
      const list = await db.playlist.create({ name: 'x', songs: [b, c] })
      await db.playlist.at(list.id).songs.add(a)
      assert.equal(names(await db.playlist.at(list.id).songs.list()), 'bca')
      assert.equal(names(await db.playlist.at(list.id).songs.list({ orderBy: { name: 'desc' } })), 'cba')
      assert.equal(names(await db.playlist.at(list.id).songs.list({ offset: 1, limit: 1 })), 'c')
    },
  },
  {
    rule: 'R11',
    title: 'cursors walk through equal and missing values, there and back',
    async run({ open }) {
      const db = await open(notes)
      const ranks = [null, 2, 1, null, 1, 2, 1]
      await db.note.createMany(ranks.map((rank, at) => ({ id: id(at), text: String(at), rank })))
      for (const direction of ['asc', 'desc'] as const) {
        const query = { orderBy: { rank: direction }, limit: 2 }
        const whole = texts(await db.note.find({ orderBy: { rank: direction } }))
        let page = await db.note.findPage({ ...query, total: true })
        assert.deepEqual([page.total, page.pages, page.previous], [7, 4, null])
        let walked = texts(page.records)
        while (page.next !== null) {
          page = await db.note.findPage({ ...query, after: page.next })
          walked += texts(page.records)
        }
        assert.equal(walked, whole)
        assert.equal(page.hasNext, false)
        const before = await db.note.findPage({ ...query, after: page.previous ?? '' })
        assert.equal(texts(before.records), whole.slice(4, 6))
      }
    },
  },
  {
    rule: 'R11',
    title: 'a cursor belongs to its query',
    async run({ open }) {
      const db = await open(notes)
      await db.note.createMany([{ text: 'a' }, { text: 'b' }])
      const { next } = await db.note.findPage({ orderBy: { text: 'asc' }, limit: 1 })
      assert.ok(next !== null)
      await refused(
        'KIN_INVALID_CURSOR',
        db.note.findPage({ orderBy: { rank: 'asc' }, limit: 1, after: next }),
      )
      await refused('KIN_INVALID_CURSOR', db.note.findPage({ limit: 1, after: 'nonsense' }))
    },
  },
  {
    rule: 'R11',
    title: 'an order by the size of a list pages by offset only',
    layouts: ['reference'],
    async run({ open }) {
      const db = await open(notes)
      await db.user.create({ name: 'one', notes: [{ text: 'a' }] })
      await db.user.create({ name: 'two', notes: [{ text: 'b' }, { text: 'c' }] })
      const query = { orderBy: { notes: { $size: 'desc' } }, limit: 1 } as const
      const page = await db.user.findPage(query)
      assert.deepEqual([names(page.records), page.next, page.hasNext], ['two', null, true])
      assert.equal(names((await db.user.findPage({ ...query, offset: 1 })).records), 'one')
      const { next } = await db.user.findPage({ limit: 1 })
      await refused('KIN_INVALID_CURSOR', db.user.findPage({ ...query, after: next ?? '' }))
    },
  },
]
