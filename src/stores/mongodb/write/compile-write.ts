import type { Document } from 'mongodb'
import type { CompiledWrite, WriteRequest } from '../../../store/write.js'
import type { Features } from '../deployment.js'
import { lookAhead, placesOf, planInside, withAhead } from '../read/ahead.js'
import { resolvePlaces, resolveWith } from '../resolve.js'
import type { Command, MongoSession } from '../session.js'
import { statementText } from '../statement.js'
import { type Condition, conditionsOf } from './conditions.js'
import { compileTarget } from './target.js'
import { compileUpdate } from './update.js'

/** Compiles changes to all the records that a filter finds. Lists and arrays are changed where they are. */
export function compileWrite(features: Features, { model, where, changes }: WriteRequest): CompiledWrite {
  const target = compileTarget(features, model, where)
  const update = compileUpdate(model, changes)
  const conditions = conditionsOf(model, changes)
  const inside = planInside(changes.flatMap((change) => ('where' in change ? [change.where] : [])))
  const shown = update(resolvePlaces, placesOf(inside))
  const options = shown.arrayFilters && { arrayFilters: shown.arrayFilters }
  const statement = statementText(model.collection, 'updateMany', target.shown, shown.update, options)
  const command: Command = { collection: model.collection, statement }

  return {
    statement: withAhead(inside, statement),
    async run(session, values) {
      const mongo = session as MongoSession
      const resolve = resolveWith(values)
      const filter = await target.find(mongo, values)
      const found = await lookAhead(mongo, inside, resolve)
      const { update: changed, arrayFilters } = update(resolve, found)
      if (conditions === null) return mongo.updateMany(command, filter, changed, arrayFilters)
      const known = conditions(resolve, mongo.deployment.maxDocument)
      const guarded = { $and: [filter, ...known.map(({ holds }) => holds)] }
      const named = countOfIds(filter)
      const wanted = named ?? (await count(mongo, command, filter))
      const met = await mongo.updateMany(command, guarded, changed, arrayFilters)
      // Records that were named and are not there are no error.
      if (met < wanted && (named === null || met < (await count(mongo, command, filter)))) {
        await explain(mongo, command, filter, known)
      }
      return met
    },
  }
}

/** How many documents a filter names at most; null where it does not name them. */
function countOfIds(filter: Document): number | null {
  const test = (filter['_id'] ?? {}) as { readonly $in?: readonly unknown[]; readonly $eq?: unknown }
  if (test.$in !== undefined) return test.$in.length
  return test.$eq === undefined ? null : 1
}

async function count(session: MongoSession, command: Command, filter: Document): Promise<number> {
  const [found] = await session.aggregate(command, [{ $match: filter }, { $count: 'count' }])
  return Number(found?.['count'] ?? 0)
}

/** Throws where a condition kept the write from a document that the filter finds. Absent ones are no error. */
async function explain(
  session: MongoSession,
  command: Command,
  filter: Document,
  conditions: readonly Condition[],
): Promise<void> {
  for (const { holds, refuse } of conditions) {
    const against = { $and: [filter, { $nor: [holds] }] }
    const [found] = await session.find(command, against, { projection: { _id: 1 }, limit: 1 })
    if (found !== undefined) throw refuse()
  }
}
