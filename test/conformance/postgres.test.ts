import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { describeStores, openAt, postgresStore } from '../helpers/stores.js'
import { noMirrors } from './no-mirrors.js'

describeStores([postgresStore], (store) => {
  conformanceSuite(
    { describe, it },
    {
      name: store.name,
      open: store.open,
      skip: noMirrors,
      openTwo() {
        const place = store.newPlace()
        return [openAt(place), openAt(place)]
      },
    },
  )
})
