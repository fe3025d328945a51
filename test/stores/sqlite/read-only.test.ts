import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestStore, temporaryDirectory } from '../../helpers/sqlite.js'
import { holdLock } from './other-process.js'
import { note, notes } from './notes.js'
import { create, readAll } from '../common/raw.js'

/** Every file of a directory with its content and time of change. */
function stateOf(directory: string) {
  return readdirSync(directory).map((name) => {
    const path = join(directory, name)
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
    return { name, hash, changed: statSync(path).mtimeMs }
  })
}

async function madeFile(journal: 'wal' | 'delete') {
  const directory = temporaryDirectory()
  const file = join(directory, 'made.db')
  const store = await openTestStore(notes, { file, pragmas: { journal_mode: journal } })
  await create(store, note, { id: 'a' }, { id: 'b' })
  await store.close()
  return { directory, file }
}

test.each(['wal', 'delete'] as const)(
  'R28: reading a file in %s mode read-only changes no byte of it, nor its directory',
  async (journal) => {
    const { directory, file } = await madeFile(journal)
    const before = stateOf(directory)
    expect(before).toHaveLength(1)
    const store = await openTestStore(notes, { file, readOnly: true })
    expect(await readAll(store, note)).toHaveLength(2)
    await store.transaction({}, async (session) => {
      expect(await readAll(store, note, undefined, session)).toHaveLength(2)
    })
    expect(await store.sync({})).toMatchObject({ statements: [], problems: [] })
    await store.close()
    expect(stateOf(directory)).toEqual(before)
  },
)

test.each(['wal', 'delete'] as const)('writing to a read-only store is refused (%s)', async (journal) => {
  const { directory, file } = await madeFile(journal)
  const before = stateOf(directory)
  const store = await openTestStore(notes, { file, readOnly: true })
  expect(store.capabilities.readOnly).toBe(true)
  await expect(create(store, note, { id: 'c' })).rejects.toMatchObject({ code: 'KIN_STORE_READ_ONLY' })
  expect(await readAll(store, note)).toHaveLength(2)
  await store.close()
  expect(stateOf(directory)).toEqual(before)
})

test('R28: what another process commits meanwhile is seen, its file left to it', async () => {
  const { file } = await madeFile('wal')
  const store = await openTestStore(notes, { file, readOnly: true })
  expect(await readAll(store, note)).toHaveLength(2)
  const other = await holdLock(file, 'theirs')
  expect(await readAll(store, note)).toHaveLength(2)
  await other.release()
  expect(await readAll(store, note)).toHaveLength(3)
})

test('R28: a file that a writer has open can be read', async () => {
  const { file } = await madeFile('wal')
  const other = await holdLock(file, 'theirs')
  const store = await openTestStore(notes, { file, readOnly: true })
  expect(await readAll(store, note)).toHaveLength(2)
  await other.release()
  expect(await readAll(store, note)).toHaveLength(3)
})

test('a file that is not there is not made', async () => {
  const directory = temporaryDirectory()
  const file = join(directory, 'none.db')
  const opening = openTestStore(notes, { file, readOnly: true })
  await expect(opening).rejects.toMatchObject({ code: 'KIN_STORE_OPEN_FAILED', details: { location: file } })
  expect(readdirSync(directory)).toEqual([])
})
