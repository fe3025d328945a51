import { expect, test } from 'vitest'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { describeStores, pgliteStore, postgresStore } from '../../helpers/stores.js'
import { emptyNamespace, nothing, words } from './namespaces.js'

describeStores([pgliteStore, postgresStore], ({ name }) => {
  const where = name as 'pglite' | 'postgres'

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
          twin: k.one('post', { inverse: 'twins' }).optional(),
        },
        { softDelete: true },
      ),
    })
    const { bind, run } = await emptyNamespace(where)
    await run(
      `create table "user" (id int primary key, email text not null unique, nick text, age integer not null,
         "deletedAt" timestamptz, "deletedBy" text)`,
      `insert into "user" (id, email, age) values (1, 'a', 1)`,
      `create table post (id text primary key, state text not null check ("state" in ('a', 'b')),
         author integer not null references "user"(id),
         editor integer references "user"(id) on delete set null,
         reader integer references "user"(id) on delete cascade,
         other int references "user"(id),
         place integer not null, twin integer, "deletedAt" timestamptz, "deletedBy" text)`,
      `insert into post values ('1', 'a', 1, 1, 1, null, 7, null)`,
      `create index post_place_index on post (state)`,
    )
    const report = await (await bind(graph)).sync({ dryRun: true })
    expect(words(report)).toEqual([
      'column id: its ids are not assigned by the database',
      'column nick: it is required, and is null in rows that exist',
      'column age: it must not be null, and the field is optional',
      expect.stringMatching(/^index user_email_unique: ".*" is unique among soft-deleted records too$/),
      "column state: its check allows other values: 'a', 'b'",
      'column reader: its foreign key does CASCADE on delete, which does not fit the tie',
      'column other: its foreign key leads to "user", the association to "post"',
      'column place: rows that exist refer to records that "user" does not have',
      'column twin: it holds values of another type (N) than what it refers to in "post" (S)',
      'column author: its foreign key to "user" forbids what a soft or dirty tie leaves behind',
      'index post_place_index: an index of this name exists and is another one',
    ])
    for (const { fix } of report.problems) expect(fix).not.toBe('')
  })

  test('R29: NOT NULL and foreign keys are added where the rows allow it', async () => {
    const graph = defineGraph({
      user: k.model({ id: k.id.string(), name: k.string() }),
      post: k.model({ id: k.id.string(), author: k.one('user', { inverse: 'posts' }) }),
    })
    const { bind, run } = await emptyNamespace(where)
    await run(
      'create table "user" (id text primary key, name text)',
      'create table post (id text primary key, author text)',
      `insert into "user" values ('u', 'U')`,
      `insert into post values ('p', 'u')`,
    )
    const store = await bind(graph)
    expect((await store.sync({})).created).toEqual([
      'not null user.name',
      'not null post.author',
      'foreign key post.author',
      'index post_author_index',
    ])
    expect(await store.sync({})).toEqual(nothing)
    await expect(run(`insert into post values ('q', 'nobody')`)).rejects.toMatchObject({
      details: { driverCode: '23503' },
    })
  })

  test('serial ids, names in capitals, indexes and keys that do the same are left as they are', async () => {
    const graph = defineGraph({
      post: k.model(
        { id: k.id.integer(), title: k.string().column('Title').index(), a: k.string(), b: k.string() },
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
    const { bind, run } = await emptyNamespace(where)
    await run(
      'create table "Posts" (id serial primary key, "Title" text not null, a text not null, b text not null, unique (b, a))',
      'create index titles on "Posts" ("Title", a)',
      'create table posts (id text primary key)',
      'create table tag (id text primary key)',
      `create table "PostTag" ("PostId" int not null references "Posts", "TagId" text not null references tag)`,
      'create unique index pairs on "PostTag" ("PostId", "TagId")',
    )
    const store = await bind(graph)
    // The unique index begins with the post, so tags have no index of their own yet.
    expect(await store.sync({})).toMatchObject({ created: [], problems: [] })
  })

  test('a partial index and a table of another namespace are told apart', async () => {
    const graph = defineGraph({
      user: k.model({ id: k.id.string(), email: k.string().unique() }, { softDelete: true }),
    })
    const other = await emptyNamespace(where)
    await other.run('create table "user" (id text primary key, email int)')
    const { bind, run } = await emptyNamespace(where)
    await run(
      `create table "user" (id text primary key, email text not null, "deletedAt" timestamptz, "deletedBy" text)`,
      'create unique index mine on "user" (email) where "deletedAt" is null',
    )
    const { created } = await (await bind(graph)).sync({})
    expect(created.filter((made) => !made.includes('kinship'))).toEqual([])
  })

  test('a unique key that rows contradict is not made', async () => {
    const graph = defineGraph({ user: k.model({ id: k.id.string(), email: k.string().optional().unique() }) })
    const { bind, run } = await emptyNamespace(where)
    await run(
      'create table "user" (id text primary key, email text)',
      `insert into "user" values ('1', 'a'), ('2', 'a'), ('3', null), ('4', null)`,
    )
    const store = await bind(graph)
    expect(words(await store.sync({ dryRun: true }))).toEqual([
      'index user_email_unique: rows that exist share a value that is to be unique',
    ])
    await run(`update "user" set email = 'b' where id = '2'`)
    expect((await store.sync({})).created).toEqual(['index user_email_unique'])
  })
})
