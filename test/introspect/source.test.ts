import { connect } from 'kinship'
import { expect, test } from 'vitest'
import { print } from '../../src/introspect/print.js'
import { toGraph } from '../../src/introspect/to-graph.js'
import { testStore } from '../helpers/sqlite.js'
import { madeWith, pulled } from './database.js'
import { importedGraph, typeErrors, writtenGraph } from './round-trip.js'

const everything = `
  create table class (id integer primary key, name text not null unique, "k" text default 'it''s "k"');
  create table student (code text primary key, class_id integer references class on delete set null,
    fee numeric(8,2) not null default 1.5, state text not null default 'new' check (state in ('new', 'it''s')),
    born datetime default current_timestamp, alive boolean, face blob, notes json, unique (class_id, fee));
  create table mentor (id integer primary key, student_id text not null unique references student on delete cascade);
  create table friendship (student_id text references student, friend_id text references student, since datetime,
    a_rather_long_name_for_a_column text, another_rather_long_name_for_a_column text not null default 'x',
    primary key (student_id, friend_id));
  create table rival (student_id text references student on delete cascade, rival_id text references student
    on delete cascade, primary key (student_id, rival_id));
  create table enrolment (id integer primary key, class_id integer not null references class on delete cascade,
    student_id text not null references student on delete cascade, grade real, unique (class_id, student_id));
  create table graphs (id integer primary key);
  insert into class (id, name) values (1, 'one');
  insert into student (code, class_id, state, alive, fee) values ('ann', 1, 'it''s', 1, 2), ('bob', 1, 'new', 0, 1.5);
  insert into friendship (student_id, friend_id) values ('ann', 'bob');
  insert into enrolment (class_id, student_id, grade) values (1, 'ann', 1.5);`

test('the source compiles under strict, and declares the same graph as the one in memory', async () => {
  const file = madeWith(everything)
  const found = await pulled(file)
  const written = writtenGraph(found)
  expect(typeErrors(written.folder)).toBe('')
  const graph = await importedGraph(written.file)
  const compiled = toGraph(found)
  const facts = (each: typeof compiled) =>
    [...each.models.values()].map(({ name, collection, fields, ends, uniques }) => ({
      name,
      collection,
      uniques: uniques.map((unique) => unique.fields),
      fields: [...fields.values()].map(({ edge, codec, default: initial, ...rest }) => ({
        ...rest,
        codec: codec === null ? null : Object.keys(codec),
        initial: typeof initial === 'function' ? 'function' : initial,
        to: edge?.to.name,
      })),
      ends: [...ends].map(([end, { to, onDelete, many, exclusive, payload }]) => {
        return [end, to.name, onDelete, many, exclusive, ...payload.keys()]
      }),
    }))
  expect(facts(graph)).toEqual(facts(compiled))
})

test('bound to its database it has nothing to create, and reads what is there', async () => {
  const file = madeWith(everything)
  const graph = toGraph(await pulled(file))
  const db = (await connect(graph as never, testStore({ file }))) as unknown as {
    sync(options: object): Promise<{ created: string[]; problems: unknown[] }>
    student: { find(query: object): Promise<object[]> }
  }
  const { created, problems } = await db.sync({ dryRun: true })
  // References that no index begins with; the database does without, and so may it.
  expect(created).toEqual([
    'index enrolment_student_index',
    'index friendship_friends_index',
    'index rival_rivals_index',
  ])
  expect(problems).toEqual([])
  expect(
    await db.student.find({
      populate: { friends: true, enrolments: true, classes: true },
      select: ['id', 'state'],
    }),
  ).toMatchObject([
    {
      id: 'ann',
      state: "it's",
      friends: [{ id: 'bob', alive: false, fee: '1.50' }],
      enrolments: [{ grade: 1.5 }],
      classes: [{ name: 'one', $link: { grade: 1.5 } }],
    },
    { id: 'bob', state: 'new', friends: [], classes: [] },
  ])
})

test('code is broken where a line would be too long, and only there', () => {
  const items = (size: number) => Array.from({ length: size }, (_, at) => `'item ${at}'`)
  const short = { open: '[', items: items(3), close: ']', space: '', broken: false }
  const long = { ...short, items: items(12) }
  expect(print(['k.enum(', short, ')'])).toBe("k.enum(['item 0', 'item 1', 'item 2'])")
  expect(print(['k.enum(', long, ')', '.optional()'])).toBe(
    `k.enum([\n${items(12)
      .map((item) => `  ${item},\n`)
      .join('')}]).optional()`,
  )
})
