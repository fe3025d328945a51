/** The law on PGlite, which is always there: PostgreSQL is tested a little everywhere. */
import { describeStores, pgliteStore } from '../helpers/stores.js'
import { holds, ON_SERVERS } from './holds.js'
import { variantsOn } from './variants.js'

describeStores([pgliteStore], (store) => {
  holds(1, undefined, variantsOn(store), ON_SERVERS)
})
