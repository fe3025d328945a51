/** Deletes a user and restores it, over and over, until it is killed. */
import { connect } from '../../src/index.js'
import { family } from './family.js'
import { givenPlace } from './given-place.js'

const { store, args } = givenPlace()
const [user = ''] = args
const db = await connect(family, store)
if ((await db.user.findById(user)) === null) await db.user.restore(user)
console.log('ready')
for (;;) {
  await db.user.delete(user)
  await db.user.restore(user)
}
