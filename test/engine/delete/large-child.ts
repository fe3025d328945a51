/** Deletes in a file, given as argument, rolls it back, and says how much was in memory at most. */
import { connect } from '../../../src/index.js'
import { sqlite } from '../../../src/stores/sqlite/index.js'
import { large, ROOT } from './large.js'

const [, , file = '', inMemory = ''] = process.argv
const driver = process.env['KINSHIP_SQLITE_DRIVER'] === 'node' ? 'node:sqlite' : 'better-sqlite3'
const collect = globalThis.gc!
let statements = 0
let most = 0
function look(): void {
  collect()
  most = Math.max(most, process.memoryUsage().heapUsed)
}
const log = (): void => {
  if (statements++ % 50 === 0) look()
}
const db = await connect(large, sqlite({ file, driver }), { log, closureInMemory: Number(inMemory) })
const failure = new Error('roll back')

async function deleteAndRollBack(): Promise<void> {
  const call = db.transaction(async (tx) => {
    await tx.user.delete(ROOT)
    look()
    throw failure
  })
  await call.catch((error: unknown) => {
    if (error !== failure) throw error
  })
}

// What is compiled and kept in any case is there after the first time.
await deleteAndRollBack()
collect()
const before = process.memoryUsage().heapUsed
most = before
await deleteAndRollBack()
await db.close()
console.log(((most - before) / 1e6).toFixed(1))
