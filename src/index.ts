export { connect } from './engine/connect.js'
export { isKinshipError, KinshipError } from './errors/index.js'
export type {
  Blocker,
  ErrorCode,
  ErrorDetails,
  ErrorId,
  ErrorInit,
  ErrorJson,
  GraphFault,
  KinshipErrorOf,
  SyncRefusal,
  UnknownNameDetails,
  ValidationIssue,
} from './errors/index.js'
export { codecs } from './schema/codecs.js'
export { defineGraph } from './schema/define-graph.js'
export { k } from './schema/k.js'
export type { Codec } from './schema/graph.js'
export type { StandardSchema } from './schema/standard-schema.js'
export type { Many, One } from './types/associations.js'
export type { JsonValue, K } from './types/builder.js'
export type {
  Connect,
  ConnectOptions,
  Db,
  ScopedDb,
  Scopes,
  Transaction,
  TransactionOptions,
} from './types/db.js'
export type { ArrayField, IdField, ObjectField, ScalarField } from './types/fields.js'
export type { Graph } from './types/graph.js'
export type { ArrayHandle, ManyHandle, OneHandle } from './types/handles.js'
export type { HookContext } from './schema/hooks.js'
export type { CreateInput, UpdateInput, UpdateManyInput } from './types/input.js'
export type { Loaded } from './types/loaded.js'
export type { Model } from './types/model.js'
export type { OrderBy } from './types/order.js'
export type { Populate, Query } from './types/query.js'
export type { RecordOf } from './types/record.js'
export type { EndSpec, ManySpec, OneSpec, ThroughSpec } from './types/spec.js'
export type {
  DeletePlan,
  DeleteReport,
  ExplainedStep,
  Explanation,
  LinkReport,
  MetHolders,
  Page,
  ReachedRecord,
  RestoreReport,
} from './types/reports.js'
export type { Repository } from './types/repository.js'
export type { Where } from './types/where.js'
export type { Capabilities, LogEntry, Store, SyncOptions, SyncReport } from './store/store.js'
