import type { CompiledWrite, WriteRequest } from '../../../store/write.js'
import type { Features } from '../deployment.js'
import type { MongoSession } from '../session.js'
import { statementText } from '../statement.js'
import { compileTarget } from './target.js'

/** Compiles a delete of the records that a filter finds. */
export function compileDelete(
  features: Features,
  { model, where }: Omit<WriteRequest, 'changes'>,
): CompiledWrite {
  const target = compileTarget(features, model, where)
  const statement = statementText(model.collection, 'deleteMany', target.shown)
  const command = { collection: model.collection, statement }
  return {
    statement,
    async run(session, values) {
      const mongo = session as MongoSession
      return mongo.deleteMany(command, await target.find(mongo, values))
    },
  }
}
