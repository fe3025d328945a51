import type { Document } from 'mongodb'
import { KinshipError } from '../../../errors/index.js'
import type { CompiledWrite, WriteRequest } from '../../../store/write.js'
import type { Features } from '../deployment.js'
import { recordTooLarge } from '../errors.js'
import { resolvePlaces, resolveWith } from '../resolve.js'
import type { Command, MongoSession } from '../session.js'
import { statementText } from '../statement.js'
import { appendGuards } from './append-guards.js'
import { compileTarget } from './target.js'
import { compileUpdate } from './update.js'

/** Compiles changes to all the records that a filter finds. Lists and arrays are changed where they are. */
export function compileWrite(features: Features, { model, where, changes }: WriteRequest): CompiledWrite {
  const target = compileTarget(features, model, where)
  const update = compileUpdate(model, changes)
  const guards = appendGuards(model, changes)
  const shown = update(resolvePlaces)
  const options = shown.arrayFilters && { arrayFilters: shown.arrayFilters }
  const statement = statementText(model.collection, 'updateMany', target.shown, shown.update, options)
  const command: Command = { collection: model.collection, statement }

  return {
    statement,
    async run(session, values) {
      const mongo = session as MongoSession
      const resolve = resolveWith(values)
      const filter = await target.find(mongo, values)
      const { update: changed, arrayFilters } = update(resolve)
      if (guards === null) return mongo.updateMany(command, filter, changed, arrayFilters)
      const { maxDocument } = mongo.deployment
      const { fits, isNew } = guards(resolve, maxDocument)
      const guarded = { $and: [filter, ...(isNew === null ? [fits] : [fits, isNew])] }
      const met = await mongo.updateMany(command, guarded, changed, arrayFilters)
      if (met < wanted(filter)) await explain(mongo, command, filter, fits, isNew, model.name)
      return met
    },
  }
}

/** How many documents a filter names; without an end where it does not name them. */
function wanted(filter: Document): number {
  const id: unknown = filter['_id']
  if (id === undefined) return Number.POSITIVE_INFINITY
  const list = (id as { readonly $in?: unknown }).$in
  return Array.isArray(list) ? list.length : 1
}

/** Why a document that the filter finds was not met. Absent ones are no error. */
async function explain(
  session: MongoSession,
  command: Command,
  filter: Document,
  fits: Document,
  isNew: Document | null,
  model: string,
): Promise<void> {
  const first = { projection: { _id: 1 }, limit: 1 } as const
  const large = await session.find(command, { $and: [filter, { $nor: [fits] }] }, first)
  if (large.length > 0) throw recordTooLarge(model, session.deployment.maxDocument)
  if (isNew === null) return
  const there = await session.find(command, { $and: [filter, { $nor: [isNew] }] }, first)
  if (there.length === 0) return
  throw new KinshipError('KIN_CONFLICT', {
    message: `An entry that was to be added to a list of a ${model} was added by somebody else.`,
    details: { attempts: 1 },
  })
}
