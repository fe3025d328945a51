import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { connect } from 'kinship'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pullGraph } from '../../src/introspect/pull-graph.js'
import type { PulledGraph } from '../../src/introspect/pulled-graph.js'
import { toGraph } from '../../src/introspect/to-graph.js'
import type { Store } from '../../src/store/store.js'
import { postgres } from '../../src/stores/postgres/index.js'
import { chinookFile, chinookScript, whyNoChinook } from '../examples/chinook-file.js'
import { plainSql } from '../examples/plain-sql.js'
import { chinookReads, type LooseDb } from './chinook-reads.js'
import { associationsOf } from './database.js'
import { importedGraph, typeErrors, writtenGraph } from './round-trip.js'

let database: PGlite

beforeAll(async () => {
  database = await PGlite.create()
  // Far from where dates are stored: nothing may depend on it.
  await database.exec("set timezone to 'UTC'")
})

afterAll(() => database.close())

let namespaces = 0

/** A store on these tables, in a namespace of their own. */
async function storeWith(statements: string): Promise<Store> {
  const schema = `Found ${++namespaces}`
  await database.exec(`create schema "${schema}"; set search_path to "${schema}"; ${statements}`)
  await database.exec('reset search_path')
  return postgres({ database, schema })
}

async function pulledFrom(store: Store): Promise<PulledGraph> {
  if (store.describe === undefined) throw new TypeError('A PostgreSQL store can describe its database')
  return pullGraph(await store.describe())
}

const loose = async (graph: unknown, store: Store): Promise<LooseDb> => connect(graph as never, store)

const everything = `
  create type mood as enum ('sad', 'it''s ok');
  create domain price as numeric(10, 2) default 1.5;
  create table owners (id uuid primary key default gen_random_uuid(), name text not null);
  create table thing (
    id serial primary key, small smallint, four int default 7, eight bigint, huge bigint, free numeric,
    money price, whole numeric(9, 0), single real, double double precision, fixed char(2), short varchar(20) default 'it''s',
    long text not null, other uuid, flag boolean default true, stamp timestamp default now(), zoned timestamptz,
    day date, doc jsonb, bytes bytea, mood mood default 'sad', state varchar(9) check (state in ('a', 'it''s')),
    ip inet, span interval, list int[], sum int generated always as (four * 2) stored,
    owner_id uuid references owners on delete set null, code text unique, unique (small, four));
  create table mute (id int primary key);
  create view things as select * from thing;
  create materialized view kept as select * from thing;
  create table apart (id int, at date, primary key (id, at)) partition by range (at);
  create table apart_1 partition of apart for values from ('2024-01-01') to ('2025-01-01');
  insert into thing (huge, long) values (9007199254740993, 'x');`

test('tables of PostgreSQL become models', async () => {
  const graph = await pulledFrom(await storeWith(everything))
  const thing = graph.models.find(({ name }) => name === 'thing')
  const fields = thing?.fields.map((field) => {
    if (field.type !== 'scalar') return [field.name, field.type]
    const initial = field.initial === null || field.initial === 'now' ? field.initial : field.initial.value
    return [field.name, field.kind, field.codec?.name ?? null, field.values, initial]
  })
  expect(fields).toEqual([
    ['id', 'id'],
    ['small', 'integer', null, null, null],
    ['four', 'integer', null, null, 7],
    ['eight', 'integer', null, null, null],
    ['huge', 'bigint', null, null, null],
    ['free', 'number', null, null, null],
    ['money', 'decimal', null, null, null],
    ['whole', 'integer', null, null, null],
    ['single', 'number', null, null, null],
    ['double', 'number', null, null, null],
    ['fixed', 'string', null, null, null],
    ['short', 'string', null, null, "it's"],
    ['long', 'string', null, null, null],
    ['other', 'string', 'asText', null, null],
    ['flag', 'boolean', null, null, true],
    ['stamp', 'date', null, null, 'now'],
    ['zoned', 'date', null, null, null],
    ['day', 'date', null, null, null],
    ['doc', 'json', null, null, null],
    ['bytes', 'binary', null, null, null],
    ['mood', 'enum', null, ['sad', "it's ok"], 'sad'],
    ['state', 'enum', null, ['a', "it's"], null],
    ['ip', 'string', 'asText', null, null],
    ['span', 'string', 'asText', null, null],
    ['owner', 'one'],
    ['code', 'string', null, null, null],
  ])
  expect(thing?.unique).toEqual([['small', 'four']])
  expect(associationsOf(graph)).toEqual(['thing.owner: one owner, inverse things'])
  expect(graph.notes.map(({ table, column, text }) => `${table}.${column} ${text}`)).toEqual([
    'mute.id is not assigned by the database; an id must be given on create',
    'thing.list (integer[]) is left out: no field can hold that',
    'thing.sum is computed by the database, and left out',
  ])
  expect(graph.left.map(({ table, text }) => `${table} ${text}`)).toEqual([
    'apart has a key of 2 columns (id, at); an id is one',
    'kept is a materialized view, and has no key of its own',
    'things is a view, and has no key of its own',
  ])
})

test('its source compiles, sync finds the tables as they should be, and records of all types are written and read', async () => {
  const store = await storeWith(everything)
  const graph = await pulledFrom(store)
  const written = writtenGraph(graph)
  expect(typeErrors(written.folder)).toBe('')
  const db = await loose(await importedGraph(written.file), store)
  expect(await db.sync({ dryRun: true })).toMatchObject({
    created: ['index thing_owner_index'],
    problems: [{ table: 'mute', reason: 'its ids are not assigned by the database' }],
  })

  const values = {
    small: 1,
    four: 2,
    eight: 3,
    huge: 9007199254740993n,
    free: 4.5,
    money: '5.25',
    whole: 6,
    single: 0.5,
    double: 1.25,
    fixed: 'ab',
    short: 'v',
    long: 'new',
    other: '018f3c5e-7a10-7c3e-9b1a-0123456789ab',
    flag: false,
    stamp: new Date('2024-05-01T12:00:00Z'),
    zoned: new Date('2024-05-01T12:00:00Z'),
    day: new Date('2024-05-01T00:00:00Z'),
    doc: { a: [1] },
    bytes: Buffer.from([0, 255]),
    mood: "it's ok",
    state: "it's",
    ip: '10.0.0.1',
    span: '01:30:00',
    code: null,
  }
  const { owner, thing } = db as unknown as Record<'owner' | 'thing', Repository>
  const { id } = await owner.create({ name: 'one', things: [values, { ...values, four: 3 }] })
  expect(await thing.find({ where: { owner: id } })).toEqual([
    { id: 2, ...values, owner: id },
    { id: 3, ...values, four: 3, owner: id },
  ])
  for (const [name, value] of Object.entries(values)) {
    if (value === null || name === 'doc') continue
    expect([name, (await thing.find({ where: { [name]: value, owner: id } })).length]).toEqual([
      name,
      name === 'four' ? 1 : 2,
    ])
    expect([name, (await thing.find({ where: { [name]: { $in: [value] } } })).length > 0]).toEqual([
      name,
      true,
    ])
    if (name === 'bytes') continue
    expect((await thing.find({ orderBy: { [name]: 'desc' } })).length).toBe(3)
    await thing.update(2, { [name]: value })
  }
  expect(await thing.find({ where: { other: { $like: '018f%' }, mood: { $lte: 'sad' } } })).toHaveLength(2)
})

interface Repository {
  create(data: object): Promise<{ id: string }>
  update(id: unknown, data: object): Promise<object>
  find(query: object): Promise<object[]>
}

const skipped = chinookScript === null || chinookFile === null

describe.skipIf(skipped)(`chinook in PostgreSQL${skipped ? ` (skipped: ${whyNoChinook})` : ''}`, () => {
  let db: LooseDb
  let graph: PulledGraph
  let plain: ReturnType<typeof plainSql>

  beforeAll(async () => {
    const script = readFileSync(chinookScript ?? '', 'utf8').replaceAll(
      /^(drop database|create database|\\c).*$/gim,
      '',
    )
    const store = await storeWith(script)
    graph = await pulledFrom(store)
    db = await loose(toGraph(graph), store)
    plain = plainSql(chinookFile ?? '')
  })

  afterAll(() => plain.close())

  test('it has the same models and associations as in SQLite, and sync has nothing to create', async () => {
    expect(associationsOf(graph)).toContain('playlist.tracks: many track, inverse playlists')
    expect(associationsOf(graph)).toContain('employee.reportsTo: one employee, inverse reports, restrict')
    expect(graph.left).toEqual([])
    const { created } = (await db.sync({ dryRun: true })) as { created: string[] }
    expect(created).toEqual([])
  })

  test('every table has as many records as rows', async () => {
    for (const { name, table } of graph.models) {
      const { rows } = await database.query<{ rows: number }>(
        `select count(*)::int as rows from "Found ${namespaces}"."${table}"`,
      )
      expect({ table, rows: await db[name]?.count() }).toEqual({ table, ...rows[0] })
    }
  })

  test.each(Object.entries(chinookReads))('%s', async (_, { model, query, sql }) => {
    const records = await db[model]?.find(query)
    const rows = plain.rows(sql).map((row) => JSON.parse((row as { record: string }).record) as unknown)
    expect(JSON.parse(JSON.stringify(records))).toEqual(rows)
  })
})
