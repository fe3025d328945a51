import type { IdKind } from '../schema/graph.js'
import type { SystemOption, UniqueKeys } from './any-model.js'
import type { ModelHooks } from './hooks.js'
import type { IdField } from './fields.js'
import type { Shape, spec } from './spec.js'

export interface ModelSpec<S extends Shape, System extends SystemOption, Keys extends UniqueKeys> {
  readonly shape: S
  readonly system: System
  readonly keys: Keys
  readonly id: S extends { readonly id: IdField<IdKind, infer Value> } ? Value : string
  readonly idKind: S extends { readonly id: IdField<infer Kind, string | number> } ? Kind : 'objectId'
}

/** A declared model, made by `k.model`. It learns its name in `defineGraph`. */
export interface Model<
  S extends Shape,
  System extends SystemOption = never,
  Keys extends UniqueKeys = readonly [],
> {
  readonly [spec]: ModelSpec<S, System, Keys>
}

/** Options of a model; all default to off or none. */
export interface ModelOptions<
  S extends Shape,
  SoftDelete extends boolean | { readonly column: string },
  Timestamps extends boolean | { readonly createdAt?: string; readonly updatedAt?: string },
  Version extends boolean | { readonly column: string },
  Keys extends UniqueKeys,
> {
  /** `delete` marks the record instead of removing it; adds `deletedAt: Date | null`. */
  readonly softDelete?: SoftDelete
  /** Adds `createdAt` and `updatedAt`, kept by kinship. The object names the columns. */
  readonly timestamps?: Timestamps
  /** Adds `version`, starting at 1 and growing with every change; see `ifVersion` of `update`. */
  readonly version?: Version
  /** Composite unique keys: lists of field names. */
  readonly unique?: Keys & readonly (readonly (keyof NoInfer<S> & string)[])[]
  /** Composite indexes: lists of field names. */
  readonly indexes?: readonly (readonly (keyof NoInfer<S> & string)[])[]
  /** Functions that run inside the writing transaction, once per record. */
  readonly hooks?: ModelHooks<
    ModelSpec<NoInfer<S>, SystemOf<NoInfer<SoftDelete>, NoInfer<Timestamps>, NoInfer<Version>>, readonly []>
  >
  /** Table (SQL) or collection (documents). Default: the model's name. */
  readonly table?: string
  /** Another word for `table`. */
  readonly collection?: string
  /** Path segment in REST. Default: the model's name. */
  readonly alias?: string
  /** Words for people: OpenAPI, diagrams. */
  readonly description?: string
}

/**
 * The system options that are on. `infer` lets declaration files of users show the options themselves; they could not
 * name this type.
 */
export type SystemOf<SoftDelete, Timestamps, Version> =
  | (SoftDelete extends false ? never : 'softDelete')
  | (Timestamps extends false ? never : 'timestamps')
  | (Version extends false ? never : 'version') extends infer On extends SystemOption
  ? On
  : never
