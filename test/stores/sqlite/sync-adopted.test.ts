import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/schema/codecs.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import type { Filter } from '../../../src/store/filter.js'
import { testStore } from '../../helpers/sqlite.js'
import { adopted, words } from './adopted.js'
import { create, insert, modelOf, readAll, record } from '../common/raw.js'

describe('sync on a database that was made otherwise', () => {
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

  test('nor one among live records, where nothing says yet that a record is deleted', async () => {
    const graph = defineGraph({
      user: k.model({ id: k.id.string(), email: k.string().unique() }, { softDelete: true }),
    })
    const { store } = await adopted(
      graph,
      'create table user (id text not null primary key, email text not null)',
      `insert into user values ('1', 'a'), ('2', 'a')`,
    )
    expect(words(await store.sync({ dryRun: true }))).toEqual([
      'index user_email_unique: rows that exist share a value that is to be unique',
    ])
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

  describe('immediate foreign keys', () => {
    const graph = defineGraph({
      parent: k.model({ id: k.id.string() }),
      child: k.model({ id: k.id.string(), parent: k.one('parent', { inverse: 'children' }) }),
    })
    const open = async () => {
      const statements: string[] = []
      const { file } = await adopted(
        graph,
        'create table parent (id text not null primary key)',
        'create table child (id text not null primary key, parent text not null references parent(id))',
      )
      const logged = await testStore({ file }).bind(graph, {
        log: ({ statement }) => statements.push(statement.replace(/ .*/, '')),
      })
      return { logged, statements }
    }
    const parent = modelOf(graph, 'parent')
    const child = modelOf(graph, 'child')

    test('are deferred within transactions, from the first that does not hold', async () => {
      const { logged, statements } = await open()
      await logged.transaction({}, async (session) => {
        await insert(logged, session, child, [
          { id: 'c', parent: 'p' },
          { id: 'd', parent: 'p' },
        ])
        await insert(logged, session, child, [{ id: 'e', parent: 'p' }])
        await insert(logged, session, parent, [{ id: 'p' }])
      })
      expect(statements).toEqual(['begin', 'insert', 'pragma', 'insert', 'insert', 'insert', 'commit'])
      expect(await readAll(logged, child)).toHaveLength(3)
    })

    test('must hold in the end', async () => {
      const { logged } = await open()
      const broken = logged.transaction({}, async (session) =>
        insert(logged, session, child, [{ id: 'c', parent: 'p' }]),
      )
      await expect(broken).rejects.toMatchObject({ code: 'KIN_STORE_FAILED' })
      expect(await readAll(logged, child)).toEqual([])
    })

    test('cost nothing where they hold', async () => {
      const { logged, statements } = await open()
      await create(logged, parent, { id: 'p' })
      await create(logged, child, { id: 'c', parent: 'p' })
      expect(statements).toEqual(['begin', 'insert', 'commit', 'begin', 'insert', 'commit'])
    })
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
