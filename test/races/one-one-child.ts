/** Takes part in a race for one-ones: for each user it tries to give it a profile and a badge of its own. */
import { connect, isKinshipError } from '../../src/index.js'
import { givenPlace } from './given-place.js'
import { claims } from './claims.js'

const { store, args: users } = givenPlace()
const db = await connect(claims, store)
console.log('ready')
for (const user of users) {
  try {
    await db.profile.create({ bio: 'child', user })
  } catch (error) {
    if (!isKinshipError(error, 'KIN_ONE_TAKEN')) throw error
  }
  await db.user.at(user).badge.create({ label: 'child' })
  await db.user.upsert({
    where: { email: user },
    create: { name: 'x', age: 1 },
    update: { age: { $inc: 1 } },
  })
}
await db.close()
