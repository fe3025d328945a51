import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { pgliteStore } from '../helpers/stores.js'
import { noMirrors } from './no-mirrors.js'

// One connection, in this process: what needs two stores on one database is tried on PostgreSQL itself.
conformanceSuite({ describe, it }, { name: 'pglite', open: pgliteStore.open, skip: noMirrors })
