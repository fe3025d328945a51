/** R27: large closures live in a work table. Their statements grow with levels and chunks, and their memory not at all. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { connect, isKinshipError } from '../../../src/index.js'
import type { LogEntry } from '../../../src/store/store.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'
import { fillLarge, large, ROOT, type Size } from './large.js'

const IN_MEMORY = 5_000
const run = promisify(execFile)
const script = fileURLToPath(new URL('large-child.ts', import.meta.url))

const small: Size = { posts: 50, comments: 500, likes: 9_450 }
const big: Size = { posts: 5_000, comments: 45_000, likes: 50_000 }

async function filled(size: Size, closureInMemory = IN_MEMORY) {
  const file = temporaryFile()
  const log: LogEntry[] = []
  const db = await connect(large, testStore({ file }), {
    closureInMemory,
    log: (entry) => log.push(entry),
  })
  await db.sync()
  await db.transaction(async (tx) => fillLarge(tx.native, size))
  log.splice(0)
  return { db, log, file }
}

const counts = ({ posts, comments, likes }: Size) => ({
  user: 1,
  post: posts,
  comment: comments,
  like: likes,
})

describe('R27: 100,000 dependants over three levels', () => {
  test('statements grow with levels and chunks, not with records', async () => {
    const sent: number[] = []
    for (const size of [small, big]) {
      const { db, log } = await filled(size)
      const report = await db.user.delete(ROOT)
      expect(report.softDeleted).toEqual(counts(size))
      expect(Math.max(...log.map(({ parameters }) => parameters.length))).toBeLessThan(10_000)
      sent.push(log.length)
      await db.close()
    }
    const [few, many] = sent as [number, number]
    // Ten times the records: not more than ten times the chunks, of 5,000 ids or 500 rows each.
    expect(few).toBeLessThan(200)
    expect(many).toBeLessThan(600)
  }, 120_000)

  test('what is planned in memory is what is carried out from the table; the report goes through all of it, and restore undoes it', async () => {
    const { db, log } = await filled(big)
    const plan = await db.user.planDelete(ROOT)
    expect(log.filter(({ kind }) => kind !== 'read')).toEqual([])
    expect(plan.softDeleted).toEqual(counts(big))
    await db.note.create({ user: ROOT })
    const call = db.user.delete(ROOT, { plan })
    await expect(call.catch((error: unknown) => isKinshipError(error) && error.code)).resolves.toBe(
      'KIN_PLAN_STALE',
    )
    await db.note.deleteMany({})

    const report = await db.user.delete(ROOT, { plan })
    expect(report.ids).toMatchObject({ softDeleted: { user: [ROOT] }, deleted: {} })
    expect(report.ids.softDeleted['like']).toHaveLength(1_000)
    const seen = new Set<unknown>()
    const ways = new Set<string>()
    for await (const { id, level, model, via } of report.records()) {
      seen.add(id)
      ways.add(`${level} ${model} from ${via?.model}`)
    }
    expect(seen.size).toBe(100_001)
    expect([...ways]).toEqual([
      '0 user from undefined',
      '1 post from user',
      '2 comment from post',
      '3 like from comment',
    ])
    expect(await db.like.count()).toBe(0)

    log.splice(0)
    const back = await db.user.restore(ROOT)
    expect(back.restored).toEqual(counts(big))
    expect(log.length).toBeLessThan(200)
    expect(await db.like.count()).toBe(big.likes)
    await db.close()
  }, 120_000)

  test('what is in memory when there is too much of it is not forgotten half way through', async () => {
    const size = { posts: 12_000, comments: 24_000, likes: 24_000 }
    const { db } = await filled(size, 20_000)
    expect((await db.user.delete(ROOT)).softDeleted).toEqual(counts(size))
    expect(await db.like.count()).toBe(0)
    await db.close()
  })

  test('the rows of a closure are gone when another large delete comes long after', async () => {
    const { db } = await filled({ ...small, likes: 6_000 })
    const old = '000000000abcdef.0.1'
    await db.user.delete(ROOT)
    await db.user.restore(ROOT)
    const count = () =>
      db.transaction(
        async (tx) =>
          (tx.native as Native).prepare('select id from kinship_closure where id = ?').all(old).length,
      )
    await db.transaction(async (tx) => {
      const row = `insert into kinship_closure (id, shelf, outcome, level) values (?, '', 'soft', 0)`
      ;(tx.native as Native).prepare(row).run(old)
    })
    expect(await count()).toBe(1)
    await db.user.delete(ROOT)
    expect(await count()).toBe(0)
    await db.close()
  })

  describe('in memory', () => {
    let file = ''
    beforeAll(async () => {
      const { db, file: made } = await filled(big)
      file = made
      await db.close()
    }, 60_000)

    /** What a delete keeps, in megabytes, at most. */
    async function kept(inMemory: number): Promise<number> {
      const { stdout } = await run(
        process.execPath,
        ['--import', 'tsx', '--expose-gc', script, file, String(inMemory)],
        { cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
      )
      return Number(stdout)
    }

    test('there are not much more records than are allowed to be', async () => {
      expect(await kept(IN_MEMORY)).toBeLessThan(11)
      // The measure shows it where all of them are.
      expect(await kept(1_000_000)).toBeGreaterThan(14)
    }, 120_000)
  })
})

/** better-sqlite3's handle, or that of `node:sqlite` */
type Native = {
  prepare(statement: string): { run(value: string): unknown; all(value: string): unknown[] }
}
