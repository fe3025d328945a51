import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plainSql } from '../examples/plain-sql.js'
import { temporaryDirectory } from '../helpers/sqlite.js'
import { madeWith } from '../introspect/database.js'
import { ran } from './ran.js'

const shop = `
  create table artist (id integer primary key, name text not null);
  create table album (id integer primary key, title text, artist_id integer not null references artist on delete cascade);
  create table log (line text);
  insert into artist values (1, 'AC/DC'), (2, 'Accept');
  insert into album values (1, 'Let There Be Rock', 1), (2, 'Balls to the Wall', 2);`

test('help names every command, and each has an example', async () => {
  const { code, out } = await ran(['--help'])
  expect(code).toBe(0)
  const commands = [...out.matchAll(/^ {2}(\w[\w-]*) .*\S$/gm)].map(([, name]) => name ?? '')
  expect(commands).toContain('pull')
  for (const name of commands.filter((each) => each !== 'help')) {
    const help = await ran([name, '--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toContain(`Example:\n  kinship ${name} `)
  }
})

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await ran(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test.each([
  [['pul'], "error: unknown command 'pul'\n(Did you mean pull?)"],
  [['pull', '--ot', 'x'], "error: unknown option '--ot'\n(Did you mean --out?)"],
  [['pull', 'extra'], 'error: too many arguments'],
  [['plan-delete'], "error: missing required argument 'model'"],
  [['pull', '--db'], "error: option '--db <target>' argument missing"],
])('%j is misused: exit code 2, and the right word', async (args, message) => {
  const { code, err } = await ran(args)
  expect(code).toBe(2)
  expect(err).toContain(message)
})

test('pull writes the graph to the standard output, and what is to be said to the other', async () => {
  const { code, out, err } = await ran(['pull', '--db', madeWith(shop)])
  expect(code).toBe(0)
  expect(out).toContain(
    "artist: k.one('artist', { inverse: 'albums', onDelete: 'strong' }).column('artist_id'),",
  )
  expect(err).toMatch(/^2 models and 1 association from .*found\.db\.\nLeft out:\n {2}log has no primary key/)
})

test('pull writes a file, and replaces one only if told to', async () => {
  const cwd = temporaryDirectory()
  const file = madeWith(shop)
  mkdirSync(join(cwd, 'src'))
  expect(await ran(['pull', '--db', file, '--out', 'src/graph.ts'], cwd)).toMatchObject({ code: 0, out: '' })
  const written = readFileSync(join(cwd, 'src/graph.ts'), 'utf8')
  expect(written).toContain('export const graph = defineGraph({ album, artist })')

  writeFileSync(join(cwd, 'src/graph.ts'), 'mine')
  const refused = await ran(['pull', '--db', file, '--out', 'src/graph.ts'], cwd)
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toMatch(
    /^KIN_INVALID_ARGUMENT: .*graph\.ts exists already\.\n {2}at {4}--out\n {2}hint .*--force/,
  )
  expect(readFileSync(join(cwd, 'src/graph.ts'), 'utf8')).toBe('mine')

  expect(await ran(['pull', '--db', file, '--out', 'src/graph.ts', '--force'], cwd)).toMatchObject({
    code: 0,
  })
  expect(readFileSync(join(cwd, 'src/graph.ts'), 'utf8')).toBe(written)
})

test('errors are a code, a message and a hint, without a stack', async () => {
  const missing = await ran(['pull', '--db', 'missing.db'])
  expect(missing.code).toBe(1)
  expect(missing.err).toMatch(
    /^KIN_STORE_OPEN_FAILED: There is no file .*missing\.db\.\n {2}at {4}--db\n {2}hint .*\n$/,
  )

  const cwd = temporaryDirectory()
  writeFileSync(
    join(cwd, 'text.db'),
    'no database, but long enough to be taken for the beginning of one'.repeat(20),
  )
  const none = await ran(['pull', '--db', 'text.db'], cwd)
  expect(none.code).toBe(1)
  expect(none.err).toMatch(/^KIN_STORE_OPEN_FAILED: /)
  expect(none.err).not.toContain(' at async ')

  const empty = await ran(['pull', '--db', madeWith('create table log (line text);')])
  expect(empty.code).toBe(1)
  expect(empty.err).toContain('there is no table of records.\n- log has no primary key')

  expect((await ran(['pull'])).err).toContain('No database was named.')
  expect((await ran(['pull', '--db', 'oracle://host/db'])).err).toContain(
    'There is no store for "oracle://".',
  )
})

test('plan-delete shows what a delete would reach, and deletes nothing', async () => {
  const file = madeWith(shop)
  const { code, out } = await ran(['plan-delete', 'artist', '1', '--db', file])
  expect(code).toBe(0)
  expect(out).toContain('album')
  const { out: json } = await ran(['plan-delete', 'artist', '1', '--db', file, '--json'])
  expect(JSON.parse(json)).toMatchObject({ model: 'artist', deleted: { artist: 1, album: 1 } })
  const plain = plainSql(file)
  expect(plain.rows('select count(*) as rows from artist')).toEqual([{ rows: 2 }])
  plain.close()

  expect((await ran(['plan-delete', 'artists', '1', '--db', file])).err).toContain('Did you mean "artist"?')
  expect((await ran(['plan-delete', 'artist', '9', '--db', file])).err).toMatch(/^KIN_NOT_FOUND: /)
})

const config = `
  import { defineGraph, k } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)}
  export const graph = defineGraph({ note: k.model({ text: k.string() }) })
  export default { graph, db: 'notes.db' }`

test('kinship.config gives the graph and the database; sync makes what is missing', async () => {
  const cwd = temporaryDirectory()
  writeFileSync(join(cwd, 'kinship.config.mjs'), config)
  expect(await ran(['sync', '--dry-run'], cwd)).toMatchObject({ code: 1 })
  expect(await ran(['sync'], cwd)).toEqual({ code: 0, out: 'created table note\n', err: '' })
  expect(await ran(['sync'], cwd)).toEqual({ code: 0, out: '', err: 'Nothing is missing.\n' })
  expect((await ran(['pull'], cwd)).out).toContain('text: k.string()')
})

test('sync without a graph that is declared has nothing to go by', async () => {
  const { code, err } = await ran(['sync', '--db', madeWith(shop)])
  expect(code).toBe(1)
  expect(err).toContain('Sync needs a graph that a program declares')
})
