import { expect, test } from 'vitest'
import { connect } from '../../../src/engine/connect.js'
import { isKinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { mongodb, type MongodbHandle } from '../../../src/stores/mongodb/index.js'
import { mongodbUrl } from '../../helpers/mongodb.js'
import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { openMongodb } from './open-store.js'

const graph = defineGraph({
  user: k.model({ email: k.string().unique(), age: k.integer().index() }, { softDelete: true }),
  card: k.model(
    { owner: k.one('user', { inverse: 'card', onDelete: 'soft' }).unique() },
    { softDelete: true },
  ),
  group: k.model({
    members: k.many('user', { inverse: 'groups' }),
    fans: k.many('user', { inverse: 'admires', layout: 'array', payload: { since: k.date().optional() } }),
    picks: k.many('user'),
    items: k.array(k.object({ by: k.one('user').column('b'), more: k.object({ who: k.one('user') }) })),
    seen: k.array(k.one('user')),
    place: k.object({ code: k.string().unique() }).optional(),
  }),
})

interface Listed {
  readonly key: object
  readonly unique?: boolean
  readonly partialFilterExpression?: object
}

describeOn(mongodbServer(), 'R29: sync on MongoDB', () => {
  const handleOf = (store: Awaited<ReturnType<typeof openMongodb>>) =>
    store.reader() as { readonly native: unknown }
  const indexesOf = async ({ native }: { readonly native: unknown }, collection: string) => {
    const found = (await (native as MongodbHandle).db
      .collection(collection)
      .listIndexes()
      .toArray()) as Listed[]
    const texts = found.map(({ key, unique, partialFilterExpression }) => {
      const where = Object.keys(partialFilterExpression ?? {}).join(' and ')
      return `${Object.keys(key).join()}${unique ? ' unique' : ''}${where && ` where ${where}`}`
    })
    return texts.sort()
  }

  test('every place that holds ids has an index, embedded ones too; unique ones leave out nulls and the deleted', async () => {
    const session = handleOf(await openMongodb(graph))
    expect(await indexesOf(session, 'user')).toEqual(['_id', 'age', 'email unique where email and deletedAt'])
    expect(await indexesOf(session, 'card')).toEqual([
      '_id',
      'owner',
      'owner unique where owner and deletedAt',
    ])
    expect(await indexesOf(session, 'group')).toEqual([
      '_id',
      'fans.id',
      'items.b',
      'items.more.who',
      'picks',
      'place.code unique where place.code',
      'seen',
    ])
    expect(await indexesOf(session, 'group_members')).toEqual(['_id', 'group,user unique', 'user,group'])
  })

  test('several processes may sync at once', async () => {
    const url = mongodbUrl()
    const databases = await Promise.all(Array.from({ length: 4 }, () => connect(graph, mongodb(url))))
    await Promise.all(databases.map((db) => db.sync()))
    const [db] = databases
    expect(await db?.sync()).toEqual({ created: [], statements: [], problems: [] })
    await db?.user.create({ email: 'a', age: 1 })
    for (const each of databases) await each.close()
  })

  test('records that contradict a unique index, an index that is stricter, and a name that is taken are problems', async () => {
    const store = await openMongodb(
      defineGraph({ user: k.model({ email: k.string(), code: k.string(), age: k.integer() }) }),
    )
    await store.transaction({}, async ({ native }) => {
      const users = (native as MongodbHandle).db.collection('user')
      await users.insertMany([{ email: 'x', code: 'a' }, { email: 'x', code: 'b' }, { code: null }])
      await users.createIndexes([
        { key: { code: 1 }, unique: true, name: 'mine' },
        { key: { other: 1 }, name: 'user_age_index' },
      ])
      const user = k.model({
        email: k.string().unique(),
        code: k.string().unique(),
        age: k.integer().index(),
      })
      const { databaseName } = (native as MongodbHandle).db
      const db = await connect(defineGraph({ user }), mongodb({ url: mongodbUrl(), database: databaseName }))
      const { problems } = await db.sync({ dryRun: true })
      expect(problems.map(({ table, what, reason }) => [table, what, reason])).toEqual([
        ['user', 'index user_code_unique', '"mine" is unique among other records, or nulls, too'],
        ['user', 'index user_age_index', 'an index of this name exists and is another one'],
        ['user', 'index user_email_unique', 'records that exist share a value that is to be unique'],
      ])
      await expect(db.sync()).rejects.toSatisfy((error) => isKinshipError(error, 'KIN_SYNC_REFUSED'))
      expect((await db.sync({ partial: true })).created).toEqual([])
      await db.close()
    })
  })

  test('indexes that are there under other names are taken', async () => {
    const store = await openMongodb(defineGraph({ note: k.model({ text: k.string() }) }))
    const { db } = handleOf(store).native as MongodbHandle
    await db.collection('user').createIndexes([
      { key: { age: 1, email: 1 }, name: 'mine' },
      {
        key: { email: 1 },
        name: 'unique',
        unique: true,
        partialFilterExpression: { $and: [{ deletedAt: { $eq: null } }, { email: { $gte: '' } }] },
      },
    ])
    const other = await mongodb({ url: mongodbUrl(), database: db.databaseName }).bind(graph, { log: null })
    const { created } = await other.sync({ dryRun: true })
    expect(created.filter((name) => name.startsWith('index user_'))).toEqual([])
    await other.close()
  })

  test('any number of nulls, and one live record for each value', async () => {
    const url = mongodbUrl()
    const db = await connect(
      defineGraph({ user: k.model({ email: k.string().unique().optional() }, { softDelete: true }) }),
      mongodb(url),
    )
    await db.sync()
    await db.user.createMany([{ email: null }, {}, { email: 'a' }])
    await expect(db.user.create({ email: 'a' })).rejects.toSatisfy((error) =>
      isKinshipError(error, 'KIN_UNIQUE'),
    )
    const first = await db.user.findOne({ where: { email: 'a' } })
    await db.user.delete(first?.id ?? '')
    await db.user.create({ email: 'a' })
    expect(await db.user.count({ deleted: 'include' })).toBe(4)
    await db.close()
  })

  test('before it nothing is written to a collection in which something is to be unique', async () => {
    const db = await connect(graph, mongodb(mongodbUrl()))
    const early: unknown = await db.user.create({ email: 'a', age: 1 }).catch((error: unknown) => error)
    expect(isKinshipError(early, 'KIN_SCHEMA_MISMATCH') && early.details).toEqual({
      store: 'mongodb',
      table: 'user',
      column: null,
    })
    expect(await db.user.count()).toBe(0)
    await db.sync()
    await db.user.create({ email: 'a', age: 1 })
    await db.close()
  })
})
