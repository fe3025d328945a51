/**
 * A graph as plain, serialisable data: what a generator makes, a property test prints, and the oracle runs on. It
 * mirrors `k.model(shape, options)` member by member and says nothing about layouts, tables or columns.
 */

export type IdKind = 'objectId' | 'uuid' | 'integer' | 'string'
export type Tie = 'strong' | 'soft' | 'weak' | 'dirty' | 'restrict'
export type ScalarKind =
  | 'string'
  | 'text'
  | 'integer'
  | 'bigint'
  | 'number'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'json'
  | 'binary'
  | 'enum'

export interface ScalarDescription {
  readonly kind: ScalarKind
  readonly optional?: boolean
  /** not in embedded shapes */
  readonly unique?: boolean
  readonly hidden?: boolean
  readonly immutable?: boolean
  /** as JSON: a date as ISO text, a bigint as its digits; binary has none */
  readonly default?: unknown
  /** decimal: at most 18 */
  readonly precision?: number
  /** decimal */
  readonly scale?: number
  /** enum */
  readonly values?: readonly string[]
}

/** Default ties (design §6): restrict where required, weak where optional. */
export interface OneDescription {
  readonly kind: 'one'
  readonly target: string
  readonly optional?: boolean
  /** one-one; not in embedded shapes */
  readonly unique?: boolean
  /** not in embedded shapes (R17) */
  readonly inverse?: string
  readonly hidden?: boolean
  readonly immutable?: boolean
  readonly onDelete?: Tie
  /** one-one only */
  readonly onHolderDelete?: 'strong' | 'soft'
}

export interface ManyDescription {
  readonly kind: 'many'
  readonly target: string
  readonly inverse?: string
  /** fields of one pairing, without references */
  readonly payload?: Readonly<Record<string, ScalarDescription | ObjectDescription | ArrayDescription>>
  /** default: true without inverse, false with one (R10) */
  readonly ordered?: boolean
  readonly symmetric?: boolean
  readonly hidden?: boolean
  /** default: weak */
  readonly onDelete?: 'weak' | 'dirty' | 'restrict'
}

export interface ObjectDescription {
  readonly kind: 'object'
  readonly fields: Readonly<Record<string, EmbeddedDescription>>
  readonly optional?: boolean
  readonly hidden?: boolean
  readonly immutable?: boolean
}

/** Elements are never null. */
export interface ArrayDescription {
  readonly kind: 'array'
  readonly item: ScalarDescription | ObjectDescription | OneDescription
  readonly optional?: boolean
  readonly hidden?: boolean
  readonly immutable?: boolean
}

/** What embedded objects may hold. */
export type EmbeddedDescription = ScalarDescription | ObjectDescription | ArrayDescription | OneDescription
export type FieldDescription = EmbeddedDescription | ManyDescription

export interface ModelDescription {
  /** default: objectId */
  readonly id?: IdKind
  readonly fields: Readonly<Record<string, FieldDescription>>
  /** adds `deletedAt` */
  readonly softDelete?: boolean
  /** adds `createdAt` and `updatedAt` */
  readonly timestamps?: boolean
  /** adds `version` */
  readonly version?: boolean
  /** composite unique keys: scalar fields and to-one references */
  readonly unique?: readonly (readonly string[])[]
}

export interface GraphDescription {
  readonly models: Readonly<Record<string, ModelDescription>>
}
