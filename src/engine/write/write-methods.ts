import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { create, createMany } from './create.js'
import { findOrCreate, type FindOrCreateChange } from './find-or-create.js'
import type { WriteOptions } from './results.js'
import { update, type UpdateOptions } from './update.js'
import { type BulkChange, updateMany } from './update-many.js'
import { upsert, type UpsertChange } from './upsert.js'

/** The writing half of a repository; `Repository` in the types documents each. */
export function writeMethods(context: EngineContext, model: Model) {
  return {
    create: (data: unknown, options?: WriteOptions) => create(context, model, data, options),
    createMany: (list: unknown, options?: WriteOptions) => createMany(context, model, list, options),
    update: (id: unknown, data: unknown, options?: UpdateOptions) =>
      update(context, model, id, data, options),
    updateMany: (change: BulkChange) => updateMany(context, model, change),
    upsert: (change: UpsertChange, options?: WriteOptions) => upsert(context, model, change, options),
    findOrCreate: (change: FindOrCreateChange, options?: WriteOptions) =>
      findOrCreate(context, model, change, options),
  }
}
