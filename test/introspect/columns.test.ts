import { expect, test } from 'vitest'
import type { PulledScalar } from '../../src/introspect/pulled-graph.js'
import { fieldOf, madeWith, pulled } from './database.js'

/** The field pulled for a column of this type that holds these values (as SQL). */
async function fieldFor(type: string, values: readonly string[] = []): Promise<PulledScalar> {
  const rows = values.map((value) => `insert into found (value) values (${value});`).join('\n')
  const graph = await pulled(madeWith(`create table found (id integer primary key, value ${type});\n${rows}`))
  return fieldOf(graph, 'found.value') as PulledScalar
}

const now = "'2024-05-01 12:30:00'"

test.each<[type: string, values: string[], kind: string, codec: string | null]>([
  ['INTEGER', ['1', '-7'], 'integer', null],
  ['BIGINT', ['9007199254740991'], 'integer', null],
  ['BIGINT', ['9007199254740993'], 'bigint', null],
  ['INT', [], 'integer', null],
  ['NVARCHAR(160)', ["'a'"], 'string', null],
  ['TEXT', [], 'string', null],
  ['DOUBLE', ['1.5', '2'], 'number', null],
  ['REAL', [], 'number', null],
  ['BLOB', ["x'00ff'"], 'binary', null],
  ['BOOLEAN', ['0', '1'], 'boolean', null],
  ['BOOLEAN', ['0', '2'], 'integer', null],
  ['BOOLEAN', ["'Y'", "'N'"], 'boolean', 'booleanText'],
  ['BOOLEAN', [], 'boolean', null],
  ['JSON', ['\'{"a":1}\''], 'json', null],
  ['JSON', ["'{'"], 'string', null],
  ['NUMERIC(10,2)', ['0.99', '7'], 'decimal', 'numeric'],
  ['NUMERIC(10,2)', ['0.991'], 'number', null],
  ['DECIMAL(4,2)', ['123.5'], 'number', null],
  ['NUMERIC(10,2)', [], 'decimal', 'numeric'],
  ['NUMERIC(10)', ['7'], 'integer', null],
  ['DATETIME', [now, "'2024-05-01 12:30:00.500'"], 'date', 'sqlDateTime'],
  ['DATETIME', [], 'date', 'sqlDateTime'],
  ['TIMESTAMP', ["'2024-05-01T12:30:00.000Z'"], 'date', 'isoDate'],
  ['TIMESTAMP', ["'2024-05-01T12:30:00.000Z'", now], 'string', null],
  ['DATETIME', ["'2024-05-01 12:30:00.123456'"], 'string', null],
  ['DATETIME', ['1714566600'], 'date', 'epochSeconds'],
  ['DATETIME', ['1714566600000'], 'date', 'epochMillis'],
  ['DATETIME', ['7'], 'integer', null],
  ['DATE', ["'2024-05-01'"], 'string', null],
  ['DATE', [], 'string', null],
  ['', ["'a'"], 'string', null],
  ["TEXT CHECK (value IN ('a', 'it''s'))", ["'a'"], 'enum', null],
  ["TEXT CHECK (value IN ('a', 'b') AND id > 0)", ["'a'"], 'string', null],
])('%s holding %j is a field of kind %s with codec %s', async (type, values, kind, codec) => {
  const field = await fieldFor(type, values)
  expect(field).toMatchObject({ kind, codec: codec === null ? null : { name: codec }, optional: true })
})

test('an enum has the values of its check', async () => {
  const field = await fieldFor("TEXT CHECK (value IN ('a', 'it''s'))")
  expect(field.values).toEqual(['a', "it's"])
})

test.each<[type: string, initial: PulledScalar['initial']]>([
  ["TEXT DEFAULT 'it''s'", { value: "it's" }],
  ['INTEGER DEFAULT 7', { value: 7 }],
  ['INTEGER DEFAULT -7', { value: -7 }],
  ['BOOLEAN DEFAULT TRUE', { value: true }],
  ['BOOLEAN DEFAULT 0', { value: false }],
  ['NUMERIC(10,2) DEFAULT 1.5', { value: '1.50' }],
  ['DATETIME DEFAULT CURRENT_TIMESTAMP', 'now'],
  ["DATETIME DEFAULT (datetime('now'))", 'now'],
  ['TEXT DEFAULT NULL', null],
  ['TEXT DEFAULT (lower(hex(randomblob(16))))', null],
  ['INTEGER', null],
])('%s has the default %j', async (type, initial) => {
  expect((await fieldFor(type)).initial).toEqual(initial)
})

test('what no field can hold is left out, and said', async () => {
  const graph = await pulled(
    madeWith(`
      create table found (id integer primary key, mixed, [all] as (id * 2), required blob not null);
      insert into found (mixed, required) values ('a', x'00'), (1, 'text');`),
  )
  expect(graph.models[0]?.fields.map(({ name }) => name)).toEqual(['id'])
  expect(graph.notes.map(({ column, text }) => `${column} ${text}`)).toEqual([
    'mixed (no type, holding text and integer) is left out: no field can hold that',
    'all is computed by the database, and left out',
    'required (BLOB, holding blob and text) is left out: no field can hold that; records can be read and changed, but not created',
  ])
})

test('columns that sound like secrets are hidden', async () => {
  const graph = await pulled(
    madeWith(`create table user (id integer primary key, name text, password_hash text, apiToken text, salt text,
      secretary text, compass text);`),
  )
  const fields = graph.models[0]?.fields.filter((field): field is PulledScalar => field.type === 'scalar')
  expect(fields?.filter(({ hidden }) => hidden).map(({ name }) => name)).toEqual([
    'passwordHash',
    'apiToken',
    'salt',
  ])
  expect(graph.notes).toHaveLength(3)
})

test('names that JavaScript or kinship need, and names without letters, get others', async () => {
  const graph = await pulled(
    madeWith(`
      create table transactions (id integer primary key, "constructor" text, "?" text, "#" text, "2nd name" text,
        "id value" text, "ID-VALUE" text);
      create table "class" (number integer primary key, id text);`),
  )
  expect(graph.models.map(({ name }) => name)).toEqual(['class', 'transactionRecord'])
  expect(graph.models.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
    ['id', 'idValue'],
    ['id', 'constructorValue', 'column', 'column2', '_2NdName', 'idValue', 'idValueValue'],
  ])
})
