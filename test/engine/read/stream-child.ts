/** Runs in a process with little memory: streams a file, given as argument, and says what came. */
import { connect } from '../../../src/index.js'
import { sqlite } from '../../../src/stores/sqlite/index.js'
import { streamed } from './streamed.js'

const [, , file = ''] = process.argv
const driver = process.env['KINSHIP_SQLITE_DRIVER'] === 'node' ? 'node:sqlite' : 'better-sqlite3'
const db = await connect(streamed, sqlite({ file, driver }))
const seen = new Uint8Array(100_001)
let [records, children, distinct] = [0, 0, 0]
let ordered = true
let last = ''
for await (const owner of db.owner.stream({ orderBy: { name: 'asc' }, populate: { things: true } })) {
  records++
  children += owner.things.length
  const number = Number.parseInt(owner.id.slice(1), 16)
  if (seen[number] === 0) distinct++
  seen[number] = 1
  ordered &&= owner.name >= last
  last = owner.name
}
await db.close()
console.log(JSON.stringify({ records, children, distinct, ordered }))
