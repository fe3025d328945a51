import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import type { Call } from './call.js'
import { count, exists } from './count.js'
import { explain } from './explain.js'
import { findPage } from './find-page.js'
import { find, findById, findOne } from './find.js'
import { populate } from './populate.js'
import { readerOf } from './reader.js'
import { stream, type StreamOptions } from './stream.js'

/** The reading half of a repository; `Repository` in the types documents each. */
export function readMethods(context: EngineContext, model: Model) {
  const reader = readerOf(context, model)
  return {
    find: (query?: Call) => find(reader, query),
    findOne: (query?: Call) => findOne(reader, query),
    findById: (id: unknown, query?: Call) => findById(reader, id, query),
    findPage: (query?: Call) => findPage(reader, query),
    count: (query?: Call) => count(reader, query),
    exists: (query?: Call) => exists(reader, query),
    stream: (query?: Call, options?: StreamOptions) => stream(reader, query, options),
    populate: (records: unknown, tree: unknown) => populate(reader, records, tree),
    explain: (query?: Call) => explain(reader, query),
  }
}
