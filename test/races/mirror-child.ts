/** Changes mirrored pairs at random ends until it is killed, or as often as it is told. */
import { connect } from '../../src/index.js'
import { givenPlace } from './given-place.js'
import { attempt, type Cast, mirrored, randomChange } from './mirrored.js'

const { store, args } = givenPlace()
const [cast = '', times = 'Infinity'] = args
const db = await connect(mirrored, store)
const change = (): Promise<unknown> => attempt(randomChange(db, JSON.parse(cast) as Cast))
// Whoever kills it is to meet one that is under way.
for (let first = 0; first < 8; first++) await change()
console.log('ready')
for (let left = Number(times); left > 0; left--) await change()
await db.close()
