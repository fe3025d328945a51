import { describe, it } from 'vitest'
import { conformanceSuite } from 'kinship/testing'
import { pgliteStore } from '../helpers/stores.js'

// One connection, in this process: what needs two stores on one database is tried on PostgreSQL itself.
conformanceSuite({ describe, it }, { name: 'pglite', open: pgliteStore.open })
