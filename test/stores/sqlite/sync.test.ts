import { describe, expect, test } from 'vitest'
import { isKinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { blog } from '../../fixtures/graphs.js'
import { openTestStore, temporaryFile, testStore } from '../../helpers/sqlite.js'
import { create, modelOf, oid, readAll } from '../common/raw.js'

describe('sync on a new database', () => {
  test('R29: tables with deferred foreign keys, an index for every reference, partial unique keys', async () => {
    const store = await testStore().bind(blog, { log: null })
    const { created, statements, problems } = await store.sync({})
    expect(problems).toEqual([])
    expect(created).toContain('table user')
    expect(created).toContain('index post_author_index')
    const all = statements.join(';\n')
    // A strong, weak or restrict tie has a foreign key, a soft or dirty one has none.
    expect(all).toContain('foreign key ("post") references "post" ("id") deferrable initially deferred')
    expect(all).not.toContain('foreign key ("author")')
    expect(all).toContain('create index "post_author_index" on "post" ("author", "id")')
    expect(all).toContain(
      'create unique index "user_email_unique" on "user" ("email") where "deletedAt" is null',
    )
    // Deletes look for soft-deleted holders too, whom the partial index does not know.
    expect(all).toContain('create index "profile_user_index" on "profile" ("user", "id")')
    expect(all).toContain('primary key ("group", "user")')
    expect(all).toContain('create index "group_members_user_index" on "group_members" ("user")')
  })

  test('R7, R5: integer ids never come back, enums have a check, names are quoted', async () => {
    const graph = defineGraph({
      order: k.model(
        { id: k.id.integer(), state: k.enum(['x', "it's"]).column('a"b') },
        { table: 'the "order"' },
      ),
    })
    const store = await testStore().bind(graph, { log: null })
    const { statements } = await store.sync({})
    expect(statements).toEqual([
      'create table "the ""order""" (\n  "id" integer primary key autoincrement,\n' +
        `  "a""b" text not null check ("a""b" in ('x', 'it''s'))\n)`,
    ])
    await create(store, modelOf(graph, 'order'), { state: "it's" })
    expect(await readAll(store, modelOf(graph, 'order'))).toEqual([{ id: 1, state: "it's" }])
    expect(await store.sync({})).toEqual({ created: [], statements: [], problems: [] })
  })

  test('a dry run says the same and changes nothing', async () => {
    const store = await testStore().bind(blog, { log: null })
    const dry = await store.sync({ dryRun: true })
    expect(await store.sync({ dryRun: true })).toEqual(dry)
    expect(await store.sync({})).toEqual(dry)
    expect(await store.sync({})).toEqual({ created: [], statements: [], problems: [] })
  })
})

describe('sync on an existing database', () => {
  const before = defineGraph({
    post: k.model({ title: k.string() }),
    user: k.model({ name: k.string() }),
  })

  test('adds tables, columns and indexes, and the rows that exist get constant defaults', async () => {
    const file = temporaryFile()
    const old = await openTestStore(before, { file })
    await create(old, modelOf(before, 'post'), { id: oid(1), title: 'a' })
    const after = defineGraph({
      post: k.model(
        {
          title: k.string().index(),
          author: k.one('user', { inverse: 'posts' }).optional(),
          state: k.enum(['draft', 'live']).default('draft'),
          price: k.decimal(6, 2).default('1.50'),
          tags: k.many('tag'),
        },
        { version: true, timestamps: true, softDelete: true },
      ),
      user: k.model({ name: k.string().unique() }),
      tag: k.model({ name: k.string() }),
    })
    const store = await testStore({ file }).bind(after, { log: null })
    const { created, problems } = await store.sync({})
    expect(problems).toEqual([])
    expect(created.filter((made) => !made.includes('kinship'))).toEqual([
      'column post.author',
      'column post.state',
      'column post.price',
      'column post.tags',
      'column post.createdAt',
      'column post.updatedAt',
      'column post.version',
      'column post.deletedAt',
      'column post.deletedBy',
      'index post_title_index',
      'index post_author_index',
      'index user_name_unique',
      'table tag',
    ])
    const [post] = await readAll(store, modelOf(after, 'post'))
    expect(post).toMatchObject({
      title: 'a',
      author: null,
      state: 'draft',
      price: '1.50',
      tags: [],
      version: 1,
    })
    expect(post?.['createdAt']).toBeInstanceOf(Date)
    expect(await store.sync({})).toEqual({ created: [], statements: [], problems: [] })
    const nobody = create(store, modelOf(after, 'post'), { ...post, id: oid(2), author: oid(9) })
    await expect(nobody).rejects.toMatchObject({ details: { driverCode: 'SQLITE_CONSTRAINT_FOREIGNKEY' } })
  })

  const needy = () =>
    defineGraph({
      post: k.model({
        title: k.string(),
        author: k.one('user', { inverse: 'posts' }),
        text: k.string(),
        extra: k.string().optional(),
      }),
      user: k.model({ name: k.string() }),
    })

  test('R29: what cannot be added is listed, all of it, and nothing is applied', async () => {
    const file = temporaryFile()
    const old = await openTestStore(before, { file })
    await create(old, modelOf(before, 'post'), { id: oid(1), title: 'a' })
    const store = await testStore({ file }).bind(needy(), { log: null })
    const dry = await store.sync({ dryRun: true })
    expect(dry.problems.map(({ table, what }) => `${table} ${what}`)).toEqual([
      'post column author',
      'post column text',
    ])
    expect(dry.created).toEqual(['column post.extra'])
    const error: unknown = await store.sync({}).catch((caught: unknown) => caught)
    expect(isKinshipError(error, 'KIN_SYNC_REFUSED') && error.details.refusals).toMatchObject([
      { table: 'post', column: 'author' },
      { table: 'post', column: 'text' },
    ])
    expect(String(error).split('\n')).toEqual([
      'KinshipError: Sync found 2 changes that it must not make, and made none:',
      expect.stringMatching(/^- post, column author: it is required, .+ Make it `.optional\(\)`/),
      expect.stringMatching(/^- post, column text: /),
    ])
    expect(await store.sync({ dryRun: true })).toEqual(dry)
  })

  test('R29: with `partial` the rest is applied', async () => {
    const file = temporaryFile()
    const old = await openTestStore(before, { file })
    await create(old, modelOf(before, 'post'), { id: oid(1), title: 'a' })
    const store = await testStore({ file }).bind(needy(), { log: null })
    const report = await store.sync({ partial: true })
    expect(report.created).toEqual(['column post.extra'])
    expect(report.problems).toHaveLength(2)
    expect((await store.sync({ dryRun: true })).statements).toEqual([])
  })

  test('a table without rows gets required columns, foreign keys and all', async () => {
    const file = temporaryFile()
    await openTestStore(before, { file })
    const store = await testStore({ file }).bind(needy(), { log: null })
    const { created, problems } = await store.sync({})
    expect(problems).toEqual([])
    expect(created).toEqual([
      'column post.author',
      'column post.text',
      'column post.extra',
      'index post_author_index',
    ])
    expect(await store.sync({})).toEqual({ created: [], statements: [], problems: [] })
  })
})
