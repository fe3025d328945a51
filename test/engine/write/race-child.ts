/** Takes part in a race for one-ones: for each user it tries to give it a profile and a badge of its own. */
import { connect, isKinshipError } from '../../../src/index.js'
import { sqlite } from '../../../src/stores/sqlite/index.js'
import type { Loose } from './database.js'
import { shop } from './shop.js'

const [driver, file = '', ...users] = process.argv.slice(2)
const db: Loose = await connect(shop('join') as Loose, sqlite({ file, driver: driver as 'better-sqlite3' }))
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
