import { connect } from 'kinship'
import { expect, test } from 'vitest'
import { toGraph } from '../../src/introspect/to-graph.js'
import type { AnyGraph } from '../../src/types/graph.js'
import { testStore } from '../helpers/sqlite.js'
import { fieldOf, madeWith, pulled } from './database.js'

test('what cannot be a model is reported with the reason', async () => {
  const graph = await pulled(
    madeWith(`
      create table reading (sensor integer, at integer, value real, primary key (sensor, at));
      create table log (line text);
      create table picture (hash blob primary key);
      create table note (id integer primary key);
      create table tagging (note_id integer references note, picture_hash blob references picture,
        primary key (note_id, picture_hash));
      create view notes as select * from note;
      create virtual table pages using fts5 (title);
      insert into picture values (x'00');`),
  )
  expect(graph.models.map(({ name }) => name)).toEqual(['note'])
  expect(graph.left.map(({ table, text }) => `${table} ${text}`)).toEqual([
    'log has no primary key, and no unique column that is an integer or a text and never null',
    'picture has the key hash (BLOB), which cannot be an id',
    'reading has a key of 2 columns (sensor, at); an id is one',
    'tagging holds pairs with picture, which is no model',
    'notes is a view, and has no key of its own',
    'pages is a virtual table, and has no key of its own',
  ])
})

test('a unique column takes the place of a key that cannot be one', async () => {
  const graph = await pulled(
    madeWith(
      `create table reading (sensor integer, at integer, code text not null unique, primary key (sensor, at));`,
    ),
  )
  expect(graph.models[0]).toMatchObject({ unique: [['sensor', 'at']] })
  expect(fieldOf(graph, 'reading.id')).toMatchObject({ column: 'code', idKind: 'string' })
  expect(graph.notes).toEqual([
    {
      table: 'reading',
      column: 'code',
      text: 'takes the place of the primary key, because it is unique and never null',
    },
  ])
})

test('foreign keys that cannot be associations are plain fields, and said', async () => {
  const graph = await pulled(
    madeWith(`
      create table country (id integer primary key, code text unique, a integer, b integer, unique (a, b));
      create table city (id integer primary key references country, country_code text references country (code),
        a integer, b integer, gone integer references nowhere (id), foreign key (a, b) references country (a, b));`),
  )
  expect(fieldOf(graph, 'city.countryCode')).toMatchObject({ type: 'scalar', kind: 'string' })
  expect(graph.models.flatMap(({ fields }) => fields).filter(({ type }) => type === 'one')).toEqual([])
  expect(graph.notes.map(({ column, text }) => `${column} ${text}`)).toEqual([
    'id is the key and a foreign key to country at once; the association is left out',
    'country_code is a foreign key to country that names something else than the key of a model; it is a plain field',
    'gone is a foreign key to nowhere that names something else than the key of a model; it is a plain field',
    'a, b is a foreign key of 2 columns to country; they are plain fields',
  ])
})

test.each([
  ['integer primary key', '7', 'integer', 0],
  ['int primary key', '7', 'integer', 1],
  ['text primary key', "'de'", 'string', 0],
  ['text primary key', "'6650a1b2c3d4e5f60718293a'", 'objectId', 0],
  ['char(36) primary key', "'018f3c5e-7a10-7c3e-9b1a-0123456789ab'", 'uuid', 0],
  ['char(36) primary key', "'018F3C5E-7A10-7C3E-9B1A-0123456789AB'", 'string', 0],
])('a key that is %s and holds %s is an id of kind %s', async (type, value, idKind, notes) => {
  const graph = await pulled(
    madeWith(`create table found (code ${type}); insert into found values (${value});`),
  )
  expect(fieldOf(graph, 'found.id')).toMatchObject({ type: 'id', idKind, column: 'code' })
  expect(graph.notes).toHaveLength(notes)
})

test('a key that the database does not assign has to be given, and nothing is stored without it', async () => {
  for (const key of ['int primary key', 'int not null primary key']) {
    const file = madeWith(`create table found (code ${key}, name text); insert into found values (1, 'a');`)
    const graph = toGraph(await pulled(file)) as unknown as AnyGraph
    const db = (await connect(graph, testStore({ file }))) as unknown as Record<'found', Found>
    await expect(db.found.create({ name: 'b' })).rejects.toMatchObject({
      code: key.includes('not null') ? 'KIN_CONSTRAINT' : 'KIN_INVALID_ARGUMENT',
    })
    expect(await db.found.create({ id: 5, name: 'c' })).toEqual({ id: 5, name: 'c' })
    expect(await db.found.find({})).toEqual([
      { id: 1, name: 'a' },
      { id: 5, name: 'c' },
    ])
  }
})

interface Found {
  create(data: object): Promise<object>
  find(query: object): Promise<object[]>
}
