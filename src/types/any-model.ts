import type { IdKind } from '../schema/graph.js'
import type { Shape, spec } from './spec.js'

/** Model options that add fields of kinship's own. */
export type SystemOption = 'softDelete' | 'timestamps' | 'version'

/** Composite unique keys: lists of field names. */
export type UniqueKeys = readonly (readonly string[])[]

export interface AnyModelSpec {
  readonly shape: Shape
  readonly system: SystemOption
  readonly keys: UniqueKeys
  readonly id: string | number
  readonly idKind: IdKind
}

/** Any declared model. */
export interface AnyModel {
  readonly [spec]: AnyModelSpec
}

/** Declared models by name. */
export interface Models {
  readonly [name: string]: AnyModel
}
