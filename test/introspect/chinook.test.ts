import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { connect } from 'kinship'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PulledGraph } from '../../src/introspect/pulled-graph.js'
import { chinookFile, copyChinook, whyNoChinook } from '../examples/chinook-file.js'
import { plainSql } from '../examples/plain-sql.js'
import { testStore } from '../helpers/sqlite.js'
import { chinookReads, type LooseDb } from './chinook-reads.js'
import { associationsOf, pulled } from './database.js'
import { formatted, importedGraph, typeErrors, writtenGraph } from './round-trip.js'

const skipped = chinookFile === null ? ` (skipped: ${whyNoChinook})` : ''

/** A hash over every file of a folder and its name. */
function hashOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).toSorted())
    hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}

describe.skipIf(chinookFile === null)(`pulled from chinook${skipped}`, () => {
  let graph: PulledGraph
  let written: ReturnType<typeof writtenGraph>
  let db: LooseDb
  let plain: ReturnType<typeof plainSql>
  let hashes: [before: string, after: string]
  let remove: () => void

  beforeAll(async () => {
    const copy = copyChinook(chinookFile ?? '')
    remove = copy.remove
    const before = hashOf(dirname(copy.file))
    graph = await pulled(copy.file)
    hashes = [before, hashOf(dirname(copy.file))]
    written = writtenGraph(graph)
    db = await connect(await importedGraph(written.file), testStore({ file: copy.file }))
    plain = plainSql(copy.file)
  })

  afterAll(async () => {
    plain.close()
    await db.close()
    remove()
  })

  test('R28: pulling changes no byte of the file, nor of its folder', () => {
    expect(hashes[1]).toBe(hashes[0])
  })

  test('the graph file compiles under strict and is formatted', () => {
    expect(typeErrors(written.folder)).toBe('')
    const source = readFileSync(written.file, 'utf8')
    expect(formatted(source)).toBe(source)
  })

  test('every table is in it, and nothing has to be said about any', () => {
    const tables = plain.rows("select name from sqlite_schema where type = 'table' order by name")
    const found = [...graph.models.map(({ table }) => table), 'PlaylistTrack']
    expect(found.toSorted()).toEqual(tables.map((row) => (row as { name: string }).name))
    expect([graph.left, graph.notes]).toEqual([[], []])
  })

  test('playlists and tracks are a many-many, the employee tree has both ends', () => {
    expect(associationsOf(graph)).toEqual([
      'album.artist: one artist, inverse albums',
      'customer.supportRep: one employee, inverse customers, restrict',
      'employee.reportsTo: one employee, inverse reports, restrict',
      'invoice.customer: one customer, inverse invoices',
      'invoiceLine.invoice: one invoice, inverse lines',
      'invoiceLine.track: one track, inverse invoiceLines',
      'playlist.tracks: many track, inverse playlists',
      'track.album: one album, inverse tracks, restrict',
      'track.mediaType: one mediaType, inverse tracks',
      'track.genre: one genre, inverse tracks, restrict',
    ])
  })

  test('sync has nothing to create and finds nothing wrong', async () => {
    expect(await db.sync({ dryRun: true })).toEqual({ created: [], statements: [], problems: [] })
  })

  test('every table has as many records as rows', async () => {
    for (const { name, table } of graph.models) {
      const [row] = plain.rows(`select count(*) as rows from "${table}"`)
      expect({ table, rows: await db[name]?.count() }).toEqual({ table, ...row })
    }
  })

  test.each(Object.entries(chinookReads))('%s', async (_, { model, query, sql }) => {
    const records = await db[model]?.find(query)
    const rows = plain.rows(sql).map((row) => JSON.parse((row as { record: string }).record) as unknown)
    expect(JSON.parse(JSON.stringify(records))).toEqual(rows)
    expect(rows.length).toBeGreaterThan(0)
  })
})
