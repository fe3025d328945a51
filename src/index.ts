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
