/** The law on PostgreSQL. Every sequence makes tables of its own, so there are fewer of them. */
import { describeStores, postgresStore } from '../helpers/stores.js'
import { holds, ON_SERVERS } from './holds.js'
import { variantsOn } from './variants.js'

describeStores([postgresStore], (store) => {
  holds(1, undefined, variantsOn(store), ON_SERVERS * 2)
})
