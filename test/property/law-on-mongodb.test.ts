/** The law on MongoDB, in all its layouts. Every sequence makes databases of its own, so there are fewer of them. */
import { describeStores, mongodbStore } from '../helpers/stores.js'
import { holds, ON_SERVERS } from './holds.js'
import { variantsOn } from './variants.js'

describeStores([mongodbStore], (store) => {
  holds(1, undefined, variantsOn(store), ON_SERVERS)
})
