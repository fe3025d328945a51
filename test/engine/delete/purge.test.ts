import { describe, expect, test } from 'vitest'
import { defineGraph, k } from '../../../src/index.js'
import { countOf, open, refusal } from './database.js'

const soft = { softDelete: true } as const

const graph = defineGraph({
  user: k.model({ name: k.string() }, soft),
  post: k.model({ author: k.one('user', { inverse: 'posts', onDelete: 'soft' }), tags: k.many('tag') }, soft),
  tag: k.model({ name: k.string() }, soft),
  log: k.model(
    { user: k.one('user').optional(), post: k.one('post', { onDelete: 'strong' }).optional() },
    soft,
  ),
  note: k.model({ user: k.one('user').optional() }),
})

const later = () => new Date(Date.now() + 60_000)
const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

async function world() {
  const { db } = await open(graph)
  const jane = await db.user.create({ name: 'Jane', posts: [{}, {}] })
  await db.note.create({ user: jane })
  return { db, jane: jane.id }
}

describe('purge', () => {
  test('removes for good what was soft-deleted before the date, journals included', async () => {
    const { db, jane } = await world()
    await db.user.delete(jane)
    expect(await countOf(db, 'kinship_journal')).toBe(1)
    expect(await db.purge({ before: new Date(0) })).toMatchObject({ deleted: {} })
    expect(await db.purge({ before: later() })).toMatchObject({
      deleted: { user: 1, post: 2 },
      softDeleted: {},
      unlinked: 0,
    })
    for (const table of ['user', 'post', 'kinship_deletion', 'kinship_journal'])
      expect(await countOf(db, table)).toBe(0)
    expect(await db.note.find()).toMatchObject([{ user: null }])
  })

  test('leaves what was deleted later, and what lives', async () => {
    const { db, jane } = await world()
    const bob = await db.user.create({ name: 'Bob' })
    await db.user.delete(jane)
    await pause()
    const before = new Date()
    await pause()
    await db.user.delete(bob.id)
    await db.purge({ before })
    expect(await db.user.find({ deleted: 'include' })).toMatchObject([{ name: 'Bob' }])
    expect(await db.user.restore(bob.id)).toMatchObject({ restored: { user: 1 } })
  })

  test('the ties do what they do for a hard delete: entries, strong holders, references', async () => {
    const { db } = await world()
    const [post] = await db.post.find()
    const tag = await db.tag.create({ name: 'T' })
    await db.post.at(post!.id).tags.add(tag.id)
    const log = await db.log.create({ post: post!.id })
    await db.log.delete(log.id)
    await db.post.delete(post!.id)
    await db.tag.delete(tag.id)
    // Entries and the log are already hidden, and go with what they name.
    expect(await db.tag.purge({ before: later() })).toMatchObject({ deleted: { tag: 1 }, unlinked: 1 })
    expect(await db.post.purge({ before: later() })).toMatchObject({ deleted: { post: 1, log: 1 } })
  })

  test('of one model: the journal of the deletion stays for the others, without what is gone', async () => {
    const { db, jane } = await world()
    await db.user.delete(jane)
    expect(await db.purge({ before: later(), model: 'post' })).toMatchObject({ deleted: { post: 2 } })
    expect(await countOf(db, 'kinship_deletion')).toBe(1)
    expect(await db.user.restore(jane)).toMatchObject({ restored: { user: 1 }, relinked: 1 })
    expect(await db.note.find()).toMatchObject([{ user: jane }])
  })

  test('R24: a soft-deleted holder of what is purged has nothing to come back to', async () => {
    const { db, jane } = await world()
    const [note] = await db.note.find()
    await db.user.delete(jane)
    await db.user.purge({ before: later() })
    const [post] = await db.post.find({ deleted: 'only' })
    expect(await refusal(db.post.restore(post!.id))).toMatchObject({ code: 'KIN_RESTORE_REFUSED' })
    expect(await db.note.findById(note!.id)).toMatchObject({ user: null })
    expect(await countOf(db, 'kinship_journal')).toBe(0)
  })

  test('nothing to purge, no softDelete, wrong arguments', async () => {
    const { db } = await world()
    expect(await db.note.purge({ before: later() })).toMatchObject({ deleted: {}, softDeleted: {} })
    // @ts-expect-error -- no date
    expect(await refusal(db.purge({ before: 'now' }))).toMatchObject({
      code: 'KIN_INVALID_ARGUMENT',
      path: 'before',
    })
    // @ts-expect-error -- no such model
    expect(await refusal(db.purge({ before: later(), model: 'uesr' }))).toMatchObject({
      code: 'KIN_UNKNOWN_OPTION',
      details: { nearest: ['user'] },
    })
    const { db: hard } = await open(defineGraph({ a: k.model({ x: k.string() }) }))
    expect(await hard.purge({ before: later() })).toMatchObject({ deleted: {} })
  })
})
