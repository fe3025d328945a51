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
        skip: {
          'R29: a sync that cannot make everything is refused, and makes nothing unless it may be partial':
            'documents need no columns, so sync finds nothing that it could not make here',
        },
      },
    )
  },
  [storeNamed('mongodb')],
)
