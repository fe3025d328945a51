import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { describeStores, openAt, sharedPlace, storeNamed } from '../helpers/stores.js'

describeStores(
  (store) => {
    conformanceSuite(
      { describe, it },
      {
        name: store.name,
        open: store.open,
        openTwo() {
          const place = sharedPlace(store)
          return [openAt(place), openAt(place)]
        },
      },
    )
  },
  [storeNamed('mongodb')],
)
