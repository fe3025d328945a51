import { expect, test } from 'vitest'
import { connect } from '../../../src/engine/connect.js'
import { isKinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import type { LogEntry } from '../../../src/store/store.js'
import { mongodb, type MongodbHandle } from '../../../src/stores/mongodb/index.js'
import { mongodbUrl } from '../../helpers/mongodb.js'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { openMongodb } from './open-store.js'

const graph = defineGraph({
  user: k.model({ name: k.string() }),
  group: k.model({
    text: k.text().optional(),
    notes: k.array(k.object({ text: k.text() })),
    members: k.many('user', {
      inverse: 'groups',
      layout: 'array',
      payload: { role: k.string().optional(), since: k.date().optional() },
    }),
  }),
})
const MB = 1024 * 1024
const isTooLarge = (error: unknown) => isKinshipError(error, 'KIN_RECORD_TOO_LARGE')

describeOn(mongodbServer(), 'documents of MongoDB', () => {
  test('one that would be larger than 16 MB is refused, and nothing is written', async () => {
    const db = await connect(graph, mongodb(mongodbUrl()))
    await db.sync()
    await expect(db.group.create({ text: 'x'.repeat(17 * MB), notes: [] })).rejects.toSatisfy(isTooLarge)
    const { id } = await db.group.create({ text: 'x'.repeat(15 * MB), notes: [] })
    await expect(db.group.at(id).notes.push({ text: 'y'.repeat(2 * MB) })).rejects.toSatisfy(isTooLarge)
    expect(await db.group.findById(id, { select: ['notes'] })).toEqual({ notes: [] })
    await db.group.at(id).notes.push({ text: 'y' })
    expect(await db.group.count()).toBe(1)
    await db.close()
  }, 60_000)

  test('one entry of a list is changed by an operator that names it, never by writing the document', async () => {
    const log: LogEntry[] = []
    const db = await connect(graph, mongodb(mongodbUrl()), { log: (entry) => log.push(entry) })
    await db.sync()
    const user = await db.user.create({ name: 'u' })
    const { id } = await db.group.create({ notes: [{ text: 'a' }, { text: 'b' }] })
    const changes = async (act: () => Promise<unknown>) => {
      log.length = 0
      await act()
      const writes = log.filter(
        ({ kind, statement }) => kind === 'write' && statement.startsWith('db.group.'),
      )
      return writes
        .flatMap(({ parameters: [, update] }) => Object.entries(update as Record<string, object>))
        .map(([operator, places]) => `${operator} ${Object.keys(places).join()}`)
    }
    const { members, notes } = db.group.at(id)
    expect(await changes(() => members.add(user.id, { role: 'r' }))).toEqual(['$push members'])
    expect(await changes(() => members.update(user.id, { role: 's' }))).toEqual(['$set members.$[e0x0].role'])
    expect(await changes(() => members.remove(user.id))).toEqual(['$pull members'])
    expect(await changes(() => notes.push({ text: 'c' }))).toEqual(['$push notes'])
    expect(await changes(() => notes.update({ text: 'a' }, { text: 'd' }))).toEqual([
      '$pull notes',
      '$set notes',
    ])
    expect(await changes(() => notes.remove({ text: 'b' }))).toEqual(['$pull notes'])
    expect(await db.group.findById(id)).toMatchObject({ notes: [{ text: 'd' }, { text: 'c' }] })
    await db.close()
  })

  test('an entry that somebody else has pushed meanwhile is not pushed twice', async () => {
    const store = await openMongodb(graph)
    const group = graph.models.get('group')!
    const list = group.fields.get('members')!
    const append = store.compileWrite({
      model: group,
      where: {
        is: 'compare',
        operand: { of: 'record', path: ['id'], field: group.id! },
        op: 'eq',
        value: { slot: 0 },
        negated: false,
      },
      changes: [{ at: { path: ['members'], field: list }, op: 'append', value: { slot: 1 } }],
    })
    const [id, user] = ['a'.repeat(24), 'b'.repeat(24)]
    const fields = [group.id!, list]
    await store.transaction({}, async (session) => {
      await store.compileInsert({ model: group, fields }).run(session, [[id, []]])
      await append.run(session, [id, [{ id: user, role: null, since: null }]])
    })
    const again = store.transaction({}, async (session) => append.run(session, [id, [{ id: user }]]))
    await expect(again).rejects.toSatisfy((error) => isKinshipError(error, 'KIN_CONFLICT'))
    const absent = store.transaction({}, async (session) =>
      append.run(session, ['c'.repeat(24), [{ id: user }]]),
    )
    expect(await absent).toBe(0)
  })

  test('R25: a delete that reaches more records than it may is refused, and nothing is written', async () => {
    const family = defineGraph({
      parent: k.model({ name: k.string() }),
      child: k.model({ of: k.one('parent', { inverse: 'children', onDelete: 'strong' }) }),
    })
    const db = await connect(family, mongodb({ url: mongodbUrl(), maxClosure: 4 }))
    await db.sync()
    const large = await db.parent.create({ name: 'large', children: [{}, {}, {}, {}] })
    const small = await db.parent.create({ name: 'small', children: [{}, {}, {}] })
    const refused = db.parent.delete(large.id)
    await expect(refused).rejects.toSatisfy(
      (error) => isKinshipError(error, 'KIN_CLOSURE_TOO_LARGE') && error.details.limit === 4,
    )
    expect(await db.child.count()).toBe(7)
    await db.parent.delete(small.id)
    expect(await db.child.count()).toBe(4)
    await db.close()
  })

  test('documents that others made keep what the graph does not know; null and missing are one', async () => {
    const notes = defineGraph({
      note: k.model({
        id: k.id.integer(),
        text: k.string().optional(),
        stars: k.integer().optional(),
        tags: k.array(k.string()).optional(),
        place: k.object({ city: k.string().optional() }).optional(),
      }),
    })
    const db = await connect(notes, mongodb(mongodbUrl()))
    await db.transaction(async (tx) => {
      const { db: database, session } = tx.native as MongodbHandle
      const documents = [
        { _id: 7, extra: { a: [1] }, stars: null, tags: null, place: null },
        { _id: 8, extra: 'x', text: 'b', stars: 1, place: {} },
      ]
      await database.collection<{ _id: number }>('note').insertMany(documents, { session: session! })
    })
    const blank = { text: null, stars: null, tags: null, place: null }
    expect(await db.note.find()).toEqual([
      { ...blank, id: 7 },
      { ...blank, id: 8, text: 'b', stars: 1, place: { city: null } },
    ])
    await db.note.update(7, { stars: { $inc: 1 }, text: 'a' })
    await db.note.update(7, { tags: ['t'] })
    await db.note.update(8, { text: null, tags: ['t'] })
    // Ids that are there already are counted on from.
    expect(await db.note.create({})).toEqual({ ...blank, id: 9 })
    const stored = await db.transaction(async (tx) => {
      const { db: database, session } = tx.native as MongodbHandle
      return database
        .collection('note')
        .find({}, session && { session })
        .toArray()
    })
    expect(stored).toEqual([
      { _id: 7, extra: { a: [1] }, stars: null, tags: ['t'], place: null, text: 'a' },
      { _id: 8, extra: 'x', stars: 1, place: {}, tags: ['t'] },
      { _id: 9 },
    ])
    await db.close()
  })
})
