import type { Graph } from '../../schema/graph.js'
import type { BindOptions } from '../../store/create-store.js'
import type { BoundStore } from '../../store/store.js'
import { capabilitiesOf } from './capabilities.js'
import { Guards } from './guard-collection.js'
import type { Database } from './database.js'
import { compileRead } from './read/compile-read.js'
import { storedModels } from '../../store/stored-models.js'
import { sync } from './schema/sync.js'
import { Synced } from './schema/synced.js'
import { type Ground, MongoSession } from './session.js'
import { runTransaction } from './transaction.js'
import { compileDelete } from './write/compile-delete.js'
import { compileInsert } from './write/compile-insert.js'
import { compileWrite } from './write/compile-write.js'

/** What a graph is bound to. */
interface Binding {
  readonly database: Database
  readonly graph: Graph
  readonly options: BindOptions
}

/** A graph on a database. */
export function bindGraph({ database, graph, options }: Binding): BoundStore {
  const { client, db, deployment, target, work } = database
  const models = new Map(storedModels(graph).map((model) => [model.collection, model]))
  const synced = new Synced(db, storedModels(graph))
  const guards = new Guards(db, guardedCollections(graph))
  const { features } = deployment
  const { maxTimeMS } = target
  const ground: Ground = { client, db, deployment, models, guards, synced, work, maxTimeMS, log: options.log }
  const unhurried = new MongoSession(ground)
  return {
    capabilities: capabilitiesOf(deployment, target),
    compileRead: (request) => compileRead(request, features),
    compileWrite: (request) => compileWrite(features, request),
    compileDelete: (request) => compileDelete(features, request),
    compileInsert: (request) => compileInsert(request),
    reader: (signal) => (signal === undefined ? unhurried : new MongoSession(ground, undefined, signal)),
    transaction: (given, body) => work.run(() => runTransaction(ground, given, body)),
    sync: (given) => work.run(() => sync(ground, graph, given)),
    close: options.close,
  }
}

/** The records that can be referred to, and those whose embedded arrays are changed under a lock. */
function guardedCollections(graph: Graph): readonly string[] {
  return [...new Set([...graph.models.values()].map(({ collection }) => collection))]
}
