import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { connect } from '../../../src/index.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { streamed } from './streamed.js'

const RECORDS = 100_000
const MEGABYTES = 64
const script = fileURLToPath(new URL('stream-child.ts', import.meta.url))

const digits = (first: string, number: string): string => `'${first}' || printf('%023x', ${number})`

it(`R28: a stream of ${RECORDS} records with their children fits into ${MEGABYTES} MB`, async () => {
  const file = temporaryFile('stream.db')
  const db = await connect(streamed, testStore({ file }))
  await db.sync()
  await db.transaction(async (tx) => {
    const native = tx.native as { exec(sql: string): unknown }
    const numbers = (count: number): string =>
      `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`
    native.exec(`${numbers(RECORDS)} insert into owner (id, name, text)
      select ${digits('a', 'n')}, 'owner ' || (n * 7919 % ${RECORDS}), hex(zeroblob(100)) from numbers`)
    native.exec(`${numbers(RECORDS * 2)} insert into thing (id, name, owner)
      select ${digits('b', 'n')}, 'thing ' || n, ${digits('a', `1 + n % ${RECORDS}`)} from numbers`)
  })
  await db.close()

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', `--max-old-space-size=${MEGABYTES}`, script, file],
    { cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
  )
  expect(JSON.parse(stdout)).toEqual({
    records: RECORDS,
    children: RECORDS * 2,
    distinct: RECORDS,
    ordered: true,
  })
}, 120_000)
