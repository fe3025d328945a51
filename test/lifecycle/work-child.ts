/** Connects, writes, reads and closes; then nothing should be left that keeps the process alive. */
import { connect, defineGraph, k } from '../../src/index.js'
import { givenPlace } from '../races/given-place.js'

const graph = defineGraph({
  user: k.model({ name: k.string() }),
  group: k.model({ members: k.many('user', { inverse: 'groups' }) }),
})
const { store } = givenPlace()
const db = await connect(graph, store)
await db.sync()
await db.group.create({ members: [{ name: 'Ann' }, { name: 'Ben' }] })
const users = await Promise.all(Array.from({ length: 5 }, () => db.user.find({ populate: { groups: true } })))
await db.close()
console.log(`done ${users[0]?.length}`)
