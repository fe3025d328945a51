import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { create, createMany } from './create.js'
import type { WriteOptions } from './results.js'

/** The writing half of a repository; `Repository` in the types documents each. */
export function writeMethods(context: EngineContext, model: Model) {
  return {
    create: (data: unknown, options?: WriteOptions) => create(context, model, data, options),
    createMany: (list: unknown, options?: WriteOptions) => createMany(context, model, list, options),
  }
}
