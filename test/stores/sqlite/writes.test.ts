import { openTestStore } from '../../helpers/sqlite.js'
import { testChanges } from '../common/change-tests.js'
import { testInserts } from '../common/insert-tests.js'

testChanges((graph) => openTestStore(graph))
testInserts((graph) => openTestStore(graph))
