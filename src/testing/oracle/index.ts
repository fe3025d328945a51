export type {
  ArrayDescription,
  EmbeddedDescription,
  FieldDescription,
  GraphDescription,
  IdKind,
  ManyDescription,
  ModelDescription,
  ObjectDescription,
  OneDescription,
  ScalarDescription,
  ScalarKind,
  Tie,
} from './description.js'
export type { DeletePlan, DeleteReport } from './delete.js'
export type { ArrayHandle } from './embedded-handle.js'
export type { Query } from './fields-shown.js'
export type { Id, Members } from './graph.js'
export type { ManyHandle, OneHandle } from './handles.js'
export type { LinkReport } from './links.js'
export { Oracle } from './oracle.js'
export type { OracleOptions } from './oracle.js'
export type { OracleModel, Written } from './oracle-model.js'
export type { Cursor, Page } from './page.js'
export type { RestoreReport } from './restore.js'
export type { ScopedOracle } from './scope.js'
