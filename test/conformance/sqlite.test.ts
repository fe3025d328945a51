import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { temporaryFile, testStore } from '../helpers/sqlite.js'

conformanceSuite({ describe, it }, { name: 'sqlite memory', open: () => testStore() })

conformanceSuite(
  { describe, it },
  {
    name: 'sqlite file',
    open: () => testStore({ file: temporaryFile() }),
    openTwo() {
      const file = temporaryFile()
      return [testStore({ file }), testStore({ file })]
    },
  },
)
