/** Deletes a user and restores it, over and over, until it is killed. */
import { connect } from '../../../src/index.js'
import { sqlite } from '../../../src/stores/sqlite/index.js'
import { family } from './family.js'

const [driver, file = '', user = ''] = process.argv.slice(2)
const db = await connect(family, sqlite({ file, driver: driver as 'better-sqlite3' }))
if ((await db.user.findById(user)) === null) await db.user.restore(user)
console.log('ready')
for (;;) {
  await db.user.delete(user)
  await db.user.restore(user)
}
