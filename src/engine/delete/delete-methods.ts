import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { deleteMany, type DeleteManyChoice, deleteOne, type DeleteOptions } from './delete.js'
import { planDelete, type PlanOptions } from './plan-delete.js'
import { purgeModel, type PurgeOptions } from './purge.js'
import { restore, type RestoreOptions } from './restore/restore.js'

/** The deleting part of a repository; `Repository` in the types documents each. */
export function deleteMethods(context: EngineContext, model: Model) {
  return {
    delete: (id: unknown, options?: DeleteOptions) => deleteOne(context, model, id, options),
    deleteMany: (choice: DeleteManyChoice) => deleteMany(context, model, choice),
    planDelete: (choice: unknown, options?: PlanOptions) => planDelete(context, model, choice, options),
    restore: (id: unknown, options?: RestoreOptions) => restore(context, model, id, options),
    purge: (options: PurgeOptions) => purgeModel(context, model, options),
  }
}
