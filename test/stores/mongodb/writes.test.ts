import { describeOn, mongodbServer } from '../../helpers/servers.js'
import { testChanges } from '../common/change-tests.js'
import { testInserts } from '../common/insert-tests.js'
import { openMongodb } from './open-store.js'

describeOn(mongodbServer(), 'on MongoDB', () => {
  testChanges((graph) => openMongodb(graph))
  testInserts((graph) => openMongodb(graph))
})
