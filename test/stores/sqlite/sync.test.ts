import { describe, expect, test } from 'vitest'
import { codecs, defineGraph, isKinshipError, k } from '../../../src/index.js'
import type { Graph } from '../../../src/schema/graph.js'
import type { Filter } from '../../../src/store/filter.js'
import type { SyncReport } from '../../../src/store/store.js'
import { blog } from '../../fixtures/graphs.js'
import { openTestStore, temporaryFile, testStore } from '../../helpers/sqlite.js'
import { create, modelOf, oid, readAll, record } from './raw.js'

/** A database with these tables already in it, and a graph bound to it. */
async function adopted(graph: Graph, ...statements: string[]) {
  const file = temporaryFile()
  const first = await testStore({ file }).bind(defineGraph({ none: k.model({ name: k.string() }) }), {
    log: null,
  })
  await run(first, statements)
  const store = await testStore({ file }).bind(graph, { log: null })
  const rows = (statement: string) =>
    store.transaction({}, async (session) =>
      (session.native as { prepare(text: string): { all(): unknown[] } }).prepare(statement).all(),
    )
  return { store, rows, run: (...more: string[]) => run(store, more) }
}

async function run(store: Awaited<ReturnType<typeof openTestStore>>, statements: readonly string[]) {
  await store.transaction({}, async (session) => {
    for (const statement of statements) (session.native as { exec(text: string): void }).exec(statement)
  })
}

const words = ({ problems }: SyncReport) => problems.map(({ what, reason }) => `${what}: ${reason}`)

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
    expect(created).toEqual([
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
      'table kinship_deletion',
      'table kinship_journal',
      'index kinship_journal_deletion_index',
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

  test('what exists and does not fit is named, with what to do', async () => {
    const graph = defineGraph({
      user: k.model(
        { id: k.id.integer(), email: k.string().unique(), nick: k.string(), age: k.integer().optional() },
        { softDelete: true },
      ),
      post: k.model(
        {
          state: k.enum(['a', 'b', 'c']),
          author: k.one('user', { inverse: 'posts', onDelete: 'soft' }),
          editor: k.one('user', { inverse: 'edited', onDelete: 'weak' }).optional(),
          reader: k.one('user', { inverse: 'read' }).optional(),
          other: k.one('post', { inverse: 'others' }).optional(),
          place: k.one('user', { inverse: 'places', onDelete: 'strong' }),
        },
        { softDelete: true },
      ),
    })
    const { store } = await adopted(
      graph,
      `create table user (id int primary key, email text not null unique, nick text, age integer not null,
         deletedAt integer, deletedBy text)`,
      `insert into user (id, email, nick, age) values (1, 'a', 'x', 1)`,
      `create table post (id text primary key, state text not null check ("state" in ('a', 'b')),
         author integer not null references user(id),
         editor integer references user(id) on delete set null,
         reader integer references user(id) on delete cascade,
         other text references user(id),
         place integer not null, deletedAt integer, deletedBy text)`,
      `insert into post values ('1', 'a', 1, 1, 1, null, 1, null, null)`,
      `create index post_place_index on post (state)`,
    )
    const report = await store.sync({ dryRun: true })
    expect(words(report)).toEqual([
      'column id: its ids are not assigned by the database',
      'column nick: it may be null, and NOT NULL cannot be added to an existing column',
      'column age: it must not be null, and the field is optional',
      expect.stringMatching(/^index user_email_unique: ".*" is unique among soft-deleted records too$/),
      "column state: its check allows other values: 'a', 'b'",
      'column reader: its foreign key does CASCADE on delete, which does not fit the tie',
      'column other: its foreign key leads to "user", the association to "post"',
      'column place: a foreign key to "user" cannot be added to an existing column',
      'column author: its foreign key to "user" forbids what a soft or dirty tie leaves behind',
      'index post_place_index: an index of this name exists and is another one',
    ])
    for (const { table, fix } of report.problems) {
      expect(['user', 'post']).toContain(table)
      expect(fix).not.toBe('')
    }
  })

  test('a unique key that rows contradict is not made', async () => {
    const graph = defineGraph({ user: k.model({ id: k.id.string(), email: k.string().optional().unique() }) })
    const { store, run: more } = await adopted(
      graph,
      'create table user (id text primary key, email text)',
      `insert into user values ('1', 'a'), ('2', 'a'), ('3', null), ('4', null)`,
    )
    expect(words(await store.sync({ dryRun: true }))).toEqual([
      'index user_email_unique: rows that exist share a value that is to be unique',
    ])
    await more(`update user set email = 'b' where id = '2'`)
    expect((await store.sync({})).created).toEqual(['index user_email_unique'])
  })

  test('an index or a key that does the same is left as it is, whatever its name', async () => {
    const graph = defineGraph({
      post: k.model(
        { id: k.id.string(), title: k.string().index(), a: k.string(), b: k.string() },
        { table: 'Posts', unique: [['a', 'b']] },
      ),
      tag: k.model({
        id: k.id.string(),
        posts: k.many('post', {
          inverse: 'tags',
          table: 'PostTag',
          columns: { holder: 'TagId', target: 'PostId' },
        }),
      }),
    })
    const { store } = await adopted(
      graph,
      `create table POSTS (ID text not null primary key, Title text not null, A text not null, B text not null, unique (b, a))`,
      'create index titles on posts (title, a)',
      'create table tag (id text not null primary key)',
      `create table PostTag (PostId text not null references POSTS(id), TagId text not null references tag(id))`,
      'create unique index pairs on PostTag (PostId, TagId)',
    )
    const report = await store.sync({})
    expect(report).toMatchObject({ created: [], problems: [] })
  })

  test('a join table without a key gets a unique index for its pairs', async () => {
    const graph = defineGraph({
      a: k.model({ id: k.id.string(), bs: k.many('b', { inverse: 'as', table: 'a_b' }) }),
      b: k.model({ id: k.id.string() }),
    })
    const { store } = await adopted(
      graph,
      'create table a (id text not null primary key)',
      'create table b (id text not null primary key)',
      'create table a_b (a text not null references a(id), b text not null references b(id))',
    )
    expect((await store.sync({})).created).toEqual(['index a_b_a_b_unique', 'index a_b_b_index'])
  })

  test('immediate foreign keys of an adopted database are deferred within transactions', async () => {
    const graph = defineGraph({
      parent: k.model({ id: k.id.string() }),
      child: k.model({ id: k.id.string(), parent: k.one('parent', { inverse: 'children' }) }),
    })
    const { store } = await adopted(
      graph,
      'create table parent (id text not null primary key)',
      'create table child (id text not null primary key, parent text not null references parent(id))',
    )
    await store.transaction({}, async (session) => {
      const native = session.native as { exec(text: string): void }
      native.exec(`insert into child values ('c', 'p')`)
      native.exec(`insert into parent values ('p')`)
    })
    expect(await readAll(store, modelOf(graph, 'child'))).toEqual([{ id: 'c', parent: 'p' }])
  })

  test('an adopted table with codecs is read and written as it is', async () => {
    const graph = defineGraph({
      invoice: k.model(
        {
          id: k.id.integer().column('InvoiceId'),
          date: k.date().column('InvoiceDate', codecs.sqlDateTime),
          total: k.decimal(10, 2).column('Total', codecs.numeric(2)),
        },
        { table: 'Invoice' },
      ),
    })
    const { store, rows } = await adopted(
      graph,
      'create table Invoice (InvoiceId integer not null primary key, InvoiceDate datetime not null, Total numeric(10, 2) not null)',
      `insert into Invoice values (1, '2021-01-01 00:00:00', 1.98)`,
    )
    expect(await store.sync({})).toMatchObject({ created: [], problems: [] })
    const model = modelOf(graph, 'invoice')
    const date = new Date('2022-03-04T05:06:07Z')
    expect(await create(store, model, { date, total: '10.10' })).toEqual([2])
    expect(await readAll(store, model)).toEqual([
      { id: 1, date: new Date('2021-01-01T00:00:00Z'), total: '1.98' },
      { id: 2, date, total: '10.10' },
    ])
    expect(await rows('select InvoiceDate as d, Total as t from Invoice where InvoiceId = 2')).toEqual([
      { d: '2022-03-04 05:06:07', t: 10.1 },
    ])
    const since: Filter = {
      is: 'compare',
      operand: record(model, 'date'),
      op: 'in',
      value: { fixed: [date] },
      negated: false,
    }
    expect(await readAll(store, model, since)).toHaveLength(1)
  })
})
