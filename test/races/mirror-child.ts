/** Changes mirrored pairs at random ends until it is killed, or as often as it is told. */
import { connect } from '../../src/index.js'
import { givenPlace } from './given-place.js'
import { attempt, type Cast, mirrored, randomChange } from './mirrored.js'

const { store, args } = givenPlace()
const [cast = '', times = 'Infinity'] = args
const db = await connect(mirrored, store)
console.log('ready')
for (let left = Number(times); left > 0; left--) {
  await attempt(randomChange(db, JSON.parse(cast) as Cast))
}
await db.close()
