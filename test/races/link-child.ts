/** Creates records under users that somebody else deletes at the same time, until every user is gone. */
import { connect, isKinshipError } from '../../src/index.js'
import { family } from './family.js'
import { givenPlace } from './given-place.js'

const { store, args: users } = givenPlace()
const db = await connect(family, store)
const group = await db.group.create({})
console.log('ready')
const left = new Set(users)
while (left.size > 0) {
  for (const user of left) {
    try {
      await db.post.create({ author: user, comments: [{}] })
      await db.note.create({ user })
      await db.token.create({ user })
      await db.group.at(group.id).members.add(user)
      await db.basket.create({ of: [{ user, at: 1 }] })
    } catch (error) {
      if (!isKinshipError(error, 'KIN_TARGET_NOT_FOUND')) throw error
      left.delete(user)
    }
  }
}
await db.close()
