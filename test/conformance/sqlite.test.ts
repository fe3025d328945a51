import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { temporaryFile, testStore } from '../helpers/sqlite.js'
import { noMirrors } from './no-mirrors.js'

conformanceSuite({ describe, it }, { name: 'sqlite memory', open: () => testStore(), skip: noMirrors })

conformanceSuite(
  { describe, it },
  {
    name: 'sqlite file',
    open: () => testStore({ file: temporaryFile() }),
    skip: noMirrors,
    openTwo() {
      const file = temporaryFile()
      return [testStore({ file }), testStore({ file })]
    },
  },
)
