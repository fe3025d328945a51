import type { Db, MongoClient } from 'mongodb'
import type { Graph } from '../../schema/graph.js'
import type { BindOptions } from '../../store/create-store.js'
import type { BoundStore } from '../../store/store.js'
import type { Deployment } from './deployment.js'
import type { Target } from './options.js'
import type { Work } from './work.js'

/** A database that is connected to. */
export interface Database {
  readonly client: MongoClient
  readonly db: Db
  readonly deployment: Deployment
  readonly target: Target
  readonly work: Work
  bind(graph: Graph, options: BindOptions): BoundStore
  close(): Promise<void>
}
