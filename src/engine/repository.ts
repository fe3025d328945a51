import type { Model } from '../schema/graph.js'
import type { EngineContext } from './context.js'
import { deleteMethods } from './delete/delete-methods.js'
import { handlesOf } from './handles/handles.js'
import { readMethods } from './read/read-methods.js'
import { writeMethods } from './write/write-methods.js'

/** The operations on the records of one model: `db.user`. */
export function repositoryOf(context: EngineContext, model: Model): object {
  return Object.freeze({
    ...readMethods(context, model),
    ...writeMethods(context, model),
    ...deleteMethods(context, model),
    at: (id: unknown) => handlesOf(context, model, id),
  })
}
