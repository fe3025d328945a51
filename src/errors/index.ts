export type { ErrorCode } from './catalogue.js'
export type {
  Blocker,
  ErrorDetails,
  ErrorId,
  GraphFault,
  SyncRefusal,
  UnknownNameDetails,
  ValidationIssue,
} from './error-details.js'
export { fail } from './fail.js'
export { isKinshipError } from './is-kinship-error.js'
export type { KinshipErrorOf } from './is-kinship-error.js'
export { KinshipError } from './kinship-error.js'
export type { ErrorInit, ErrorJson } from './kinship-error.js'
export { nearest } from './nearest.js'
export { unknownName } from './unknown-name.js'
