import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { describeStores, openAt, mongodbStore } from '../helpers/stores.js'

describeStores([mongodbStore], (store) => {
  conformanceSuite(
    { describe, it },
    {
      name: store.name,
      open: store.open,
      openTwo() {
        const place = store.newPlace()
        return [openAt(place), openAt(place)]
      },
    },
  )
})
