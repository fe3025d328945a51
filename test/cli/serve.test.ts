import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../helpers/sqlite.js'
import { madeWith } from '../introspect/database.js'
import { ran } from './ran.js'
import { ended, served, started } from './served.js'

const shop = `
  create table artist (id integer primary key, name text not null);
  create table album (id integer primary key, title text, artist_id integer not null references artist);
  create table health (id integer primary key);
  create table docs (id integer primary key);
  insert into artist values (1, 'AC/DC'), (2, 'Accept');
  insert into album values (1, 'Let There Be Rock', 1), (2, 'Balls to the Wall', 2);`

const json = { 'content-type': 'application/json' }

test('serve serves what is in a database, says so, and stops when told to', async () => {
  const { address, out, err, stop } = await served(['--db', madeWith(shop)])
  expect(err()).toMatch(/^4 models and 1 association from .*\nServing .*found\.db at http/)
  expect(err()).toContain(`Documentation: ${address}/docs\n`)
  expect(err()).not.toContain('WARNING')

  const albums = await fetch(`${address}/artist/1/albums?$embed=artist`)
  expect(await albums.json()).toMatchObject({
    docs: [{ title: 'Let There Be Rock', artist: { name: 'AC/DC' } }],
  })
  const created = await fetch(`${address}/artist`, {
    method: 'POST',
    headers: json,
    body: '{"name":"Queen"}',
  })
  expect(created.status).toBe(201)
  expect((await fetch(`${address}/`, { redirect: 'manual' })).headers.get('location')).toBe('/docs')
  expect((await fetch(`${address}/health`)).status).toBe(200)
  expect((await fetch(`${address}/health-records`)).status).toBe(200)

  expect(await stop('SIGINT')).toBe(0)
  const lines = out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { reqId?: string })
  expect(new Set(lines.flatMap(({ reqId }) => reqId ?? [])).size).toBe(5)
})

test('R28: --read-only has no route that writes, and changes no byte of the file', async () => {
  const file = madeWith(shop)
  const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex')
  const before = hash()
  const { address, err, stop } = await served(['--db', file, '--read-only', '--log', 'silent'])
  expect(err()).toContain('for reading only')
  expect((await fetch(`${address}/artist?$embed=albums`)).status).toBe(200)
  const created = await fetch(`${address}/artist`, {
    method: 'POST',
    headers: json,
    body: '{"name":"Queen"}',
  })
  expect(created.status).toBe(405)
  const removed = await fetch(`${address}/artist/1`, { method: 'DELETE' })
  expect(removed.status).toBe(405)
  const { paths } = (await (await fetch(`${address}/openapi.json`)).json()) as {
    paths: Record<string, object>
  }
  expect(new Set(Object.values(paths).flatMap((path) => Object.keys(path)))).toEqual(new Set(['get']))
  expect(await stop()).toBe(0)
  expect(hash()).toBe(before)
})

test('it warns in plain words when other machines can reach it', async () => {
  const { err, stop } = await served(['--db', madeWith(shop), '--host', '0.0.0.0', '--log', 'silent'])
  expect(err()).toContain('WARNING: other machines can reach this server, and it asks nobody who they are.')
  expect(err()).toContain('can read, change and delete everything')
  await stop()
})

test('a port that is taken is an error with a way out', async () => {
  const file = madeWith(shop)
  const { address, stop } = await served(['--db', file, '--log', 'silent'])
  const { port } = new URL(address)
  const { code, err } = await ran(['serve', '--db', file, '--port', port, '--log', 'silent'])
  expect(code).toBe(1)
  expect(err).toMatch(
    new RegExp(
      `^KIN_INVALID_ARGUMENT: Port ${port} of 127\\.0\\.0\\.1 is taken by another program\\.\n  at    --port\n  hint`,
    ),
  )
  const nowhere = await ran(['serve', '--db', file, '--host', '192.0.2.1', '--log', 'silent'])
  expect(nowhere.err).toContain('192.0.2.1 is no address of this machine')
  await stop()
})

test.each(['70000', '-1', 'http', '3000.5'])('%s is no port', async (port) => {
  const { code, err } = await ran(['serve', '--db', 'x', '--port', port])
  expect(code).toBe(2)
  expect(err).toContain('A port is a number from 0 to 65535.')
})

const config = `
  import { defineGraph, k } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)}
  const graph = defineGraph({ artist: k.model({ id: k.id.integer(), name: k.string() }) })
  const authorize = () => new Promise((resolve) => setTimeout(resolve, 500, true))
  export default { graph, rest: { authorize, docs: false } }`

test('what is under way is finished before it stops; the configuration says how it serves', async () => {
  const cwd = temporaryDirectory()
  writeFileSync(join(cwd, 'kinship.config.mjs'), config)
  const { address, err, stop } = await served(
    ['--db', madeWith(shop), '--host', '0.0.0.0', '--log', 'silent'],
    cwd,
  )
  expect(err()).not.toContain('WARNING')
  expect(err()).not.toContain('Documentation')
  expect((await fetch(`${address}/album`)).status).toBe(404)
  const slow = fetch(`${address}/artist/1`)
  await new Promise((resolve) => setTimeout(resolve, 150))
  const stopped = stop()
  expect(await (await slow).json()).toEqual({ id: 1, name: 'AC/DC' })
  expect(await stopped).toBe(0)
})

test('a second signal does not wait', async () => {
  const cwd = temporaryDirectory()
  writeFileSync(join(cwd, 'kinship.config.mjs'), config.replace('500', '20_000'))
  const { address, child, stop } = await served(['--db', madeWith(shop), '--log', 'silent'], cwd)
  const slow = fetch(`${address}/artist/1`).catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, 150))
  child.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(child.exitCode).toBe(null)
  await stop()
  expect(child.signalCode).toBe('SIGTERM')
  expect(await slow).toBeInstanceOf(Error)
})

test('routes lists what would be served', async () => {
  const { code, out } = await ran(['routes', '--db', madeWith(shop)])
  expect(code).toBe(0)
  const lines = out.trim().split('\n')
  expect(lines).toContain('GET    /artist/:ownerId/albums')
  expect(lines).toContain('DELETE /artist/:ownerId/albums/:childId')
  expect(lines).toContain('POST   /album')
  const reading = await ran(['routes', '--db', madeWith(shop), '--read-only'])
  expect(reading.out).not.toMatch(/^(POST|PUT|PATCH|DELETE)/m)
})

test('as a process it prints its error and ends with 1', async () => {
  const { child, out, err } = started(['serve', '--db', 'missing.db'])
  expect(await ended(child)).toBe(1)
  expect([out(), err()]).toEqual(['', expect.stringMatching(/^KIN_STORE_OPEN_FAILED: /)])
})
