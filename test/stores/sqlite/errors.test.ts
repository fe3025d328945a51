import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isKinshipError, type KinshipError } from '../../../src/errors/index.js'
import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import { openTestStore, temporaryDirectory, temporaryFile, testStore } from '../../helpers/sqlite.js'
import { note, notes } from './notes.js'
import { change, create, insert, modelOf, oid, place, readAll, whereId } from '../common/raw.js'

const graph = defineGraph({
  user: k.model(
    {
      email: k.string().unique(),
      first: k.string().column('first_name').optional(),
      last: k.string().optional(),
      address: k.object({ zip: k.string().unique().optional() }).optional(),
    },
    { unique: [['first', 'last']], softDelete: true },
  ),
  profile: k.model({ user: k.one('user', { inverse: 'profile' }).unique() }),
  group: k.model({ members: k.many('user', { inverse: 'groups' }) }),
  paint: k.model({ color: k.enum(['red', 'green']) }),
})
const [user, profile, group, paint] = ['user', 'profile', 'group', 'paint'].map((name) =>
  modelOf(graph, name),
) as [never, never, never, never]
const join_ = modelOf(graph, 'group.members')

async function failure(promise: Promise<unknown>): Promise<KinshipError> {
  const error: unknown = await promise.then(
    () => new Error('nothing failed'),
    (caught: unknown) => caught,
  )
  if (!isKinshipError(error)) throw error
  return error
}

describe("SQLite's errors become kinship's", () => {
  test('R8: a unique value taken names model and fields, not columns', async () => {
    const store = await openTestStore(graph)
    await create(store, user, { id: oid(1), email: 'a', first: 'A', last: 'B' })
    const single = await failure(create(store, user, { id: oid(2), email: 'a' }))
    expect(single).toMatchObject({ code: 'KIN_UNIQUE', details: { model: 'user', fields: ['email'] } })
    const several = await failure(create(store, user, { id: oid(2), email: 'b', first: 'A', last: 'B' }))
    expect(several).toMatchObject({
      code: 'KIN_UNIQUE',
      details: { model: 'user', fields: ['first', 'last'] },
    })
    expect(several.message).not.toContain('first_name')
    expect(several.cause).toBeInstanceOf(Error)
  })

  test('R8: nulls and soft-deleted records leave a unique value free', async () => {
    const store = await openTestStore(graph)
    await create(store, user, { id: oid(1), email: 'a', first: 'A' }, { id: oid(2), email: 'b', first: 'A' })
    const deletedAt = { at: place(user, 'deletedAt'), op: 'set', value: { fixed: new Date() } } as const
    await change(store, user, whereId(user, oid(1)), [deletedAt])
    await create(store, user, { id: oid(3), email: 'a' })
    expect(await readAll(store, user)).toHaveLength(3)
  })

  test('a unique member of an embedded object', async () => {
    const store = await openTestStore(graph)
    await create(store, user, { id: oid(1), email: 'a', address: { zip: '1' } })
    const taken = await failure(create(store, user, { id: oid(2), email: 'b', address: { zip: '1' } }))
    expect(taken).toMatchObject({ code: 'KIN_UNIQUE', details: { model: 'user', fields: ['address.zip'] } })
    await create(store, user, { id: oid(2), email: 'b', address: { zip: null } })
    await create(store, user, { id: oid(3), email: 'c', address: null })
  })

  test('an id that exists, and a pair that exists', async () => {
    const store = await openTestStore(graph)
    await create(store, user, { id: oid(1), email: 'a' })
    await create(store, group, { id: oid(2) })
    const id = await failure(create(store, user, { id: oid(1), email: 'b' }))
    expect(id).toMatchObject({ code: 'KIN_UNIQUE', details: { model: 'user', fields: ['id'] } })
    await create(store, join_, { group: oid(2), user: oid(1) })
    const pair = await failure(create(store, join_, { group: oid(2), user: oid(1) }))
    expect(pair).toMatchObject({
      code: 'KIN_UNIQUE',
      details: { model: 'group.members', fields: ['group', 'user'] },
    })
  })

  test('R14: a one-one that is taken is named by its association', async () => {
    const store = await openTestStore(graph)
    await create(store, user, { id: oid(1), email: 'a' })
    await create(store, profile, { id: oid(2), user: oid(1) })
    const taken = await failure(create(store, profile, { id: oid(3), user: oid(1) }))
    expect(taken).toMatchObject({
      code: 'KIN_ONE_TAKEN',
      details: { association: 'profile.user', target: null },
    })
  })

  test('what the database refuses otherwise says by which code', async () => {
    const store = await openTestStore(graph)
    const refused = async (write: Promise<unknown>) => {
      const { code, details, hint } = await failure(write)
      expect(hint).toBeDefined()
      return { code, ...(details as object) }
    }
    expect(await refused(create(store, paint, { id: oid(1), color: 'blue' }))).toMatchObject({
      code: 'KIN_CONSTRAINT',
      driverCode: 'SQLITE_CONSTRAINT_CHECK',
    })
    expect(await refused(create(store, paint, { id: oid(1) }))).toMatchObject({
      code: 'KIN_CONSTRAINT',
      driverCode: 'SQLITE_CONSTRAINT_NOTNULL',
      statement: 'insert into "paint" ("id", "color") values (?, ?)',
    })
    expect(await refused(create(store, profile, { id: oid(1), user: oid(9) }))).toMatchObject({
      code: 'KIN_STORE_FAILED',
      driverCode: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    })
  })

  test('a failed statement leaves the transaction to whoever began it', async () => {
    const store = await openTestStore(notes)
    await store.transaction({}, async (session) => {
      await insert(store, session, note, [{ id: 'a' }])
      await expect(async () => insert(store, session, note, [{ id: 'a' }])).rejects.toMatchObject({
        code: 'KIN_UNIQUE',
      })
      await insert(store, session, note, [{ id: 'b' }])
    })
    expect(await readAll(store, note)).toHaveLength(2)
  })

  test('a table or column that is not there: run sync', async () => {
    const file = temporaryFile()
    const store = await testStore({ file }).bind(notes, { log: null })
    const table = await failure(readAll(store, note))
    expect(table).toMatchObject({ code: 'KIN_SCHEMA_MISMATCH', details: { table: 'note', column: null } })
    expect(table.hint).toContain('db.sync()')
    await store.sync({})
    const more = defineGraph({
      note: k.model({ id: k.id.string(), text: k.string().optional(), color: k.string().optional() }),
    })
    const wider = await testStore({ file }).bind(more, { log: null })
    const color = modelOf(more, 'note')
    for (const failing of [readAll(wider, color), create(wider, color, { id: 'a' })]) {
      expect(await failure(failing)).toMatchObject({
        code: 'KIN_SCHEMA_MISMATCH',
        details: { table: 'note', column: 'color' },
      })
    }
  })
})

describe('opening', () => {
  const open = (options: object) => failure(testStore(options).bind(notes, { log: null }))

  test('a file that is no database, a directory that is not there', async () => {
    const directory = temporaryDirectory()
    const text = join(directory, 'text.txt')
    writeFileSync(text, 'no database at all, but long enough to be looked at by SQLite '.repeat(100))
    expect(await open({ file: text })).toMatchObject({
      code: 'KIN_STORE_OPEN_FAILED',
      details: { location: text },
    })
    const nowhere = join(directory, 'nowhere', 'a.db')
    const failed = await open({ file: nowhere })
    expect(failed).toMatchObject({ code: 'KIN_STORE_OPEN_FAILED', details: { location: nowhere } })
    expect(failed.message).toContain(nowhere)
    // In the driver's own words, which say more than the code.
    expect(failed.message).toContain((failed.cause as Error).message)
  })

  test('can be tried again', async () => {
    const file = temporaryFile()
    writeFileSync(file, 'no database at all, but long enough to be looked at by SQLite '.repeat(100))
    const store = testStore({ file })
    await expect(store.bind(notes, { log: null })).rejects.toMatchObject({ code: 'KIN_STORE_OPEN_FAILED' })
    writeFileSync(file, '')
    const bound = await store.bind(notes, { log: null })
    await bound.sync({})
    await create(bound, note, { id: 'a' })
  })

  test('options are checked at once, and misspelt ones named', () => {
    expect(() => testStore({ readonly: true } as never)).toThrow(
      expect.objectContaining({
        code: 'KIN_UNKNOWN_OPTION',
        details: expect.objectContaining({ nearest: ['readOnly'] }),
      }),
    )
    for (const wrong of [
      { file: '' },
      { readOnly: true },
      { busyTimeout: -1 },
      { pragmas: { 'journal_mode = wal; drop': 1 } },
      { pragmas: { cache_size: '1; drop table user' } },
    ]) {
      expect(() => testStore(wrong)).toThrow(expect.objectContaining({ code: 'KIN_INVALID_ARGUMENT' }))
    }
  })

  test('a mirror is a fault of the graph on SQL stores', async () => {
    const mirrored = defineGraph({
      a: k.model({ b: k.one('b', { inverse: 'a', layout: 'mirror' }).unique().optional() }),
      b: k.model({ name: k.string() }),
    })
    const fault = await failure(testStore().bind(mirrored, { log: null }))
    expect(fault).toMatchObject({
      code: 'KIN_GRAPH_FAULTS',
      details: { faults: [{ code: 'illegal-layout', model: 'a', field: 'b' }] },
    })
    expect(fault.message).toContain('mirror')
  })
})
