import type { IdKind, Tie } from '../schema/graph.js'

/** Key of the type-level description that every declaration carries. It exists in types only. */
export declare const spec: unique symbol
export type Spec = typeof spec

/** What chained modifiers leave behind in a field's type; `system` fields are written by kinship only. */
export type Flag = 'optional' | 'default' | 'hidden' | 'immutable' | 'unique' | 'system'

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

/** `true` where a record shows the field without being asked. */
type Shown<F> = 'hidden' extends F ? false : true

export interface ScalarSpec<Kind extends ScalarKind | 'id', Value, F extends Flag> {
  readonly family: 'scalar'
  readonly kind: Kind
  readonly value: Value
  readonly flags: F
  readonly shown: Shown<F>
}

export interface IdSpec<Kind extends IdKind, Value extends string | number> extends ScalarSpec<
  'id',
  Value,
  'immutable'
> {
  readonly idKind: Kind
}

export interface ObjectSpec<S extends Shape, F extends Flag> {
  readonly family: 'object'
  readonly shape: S
  readonly flags: F
  readonly shown: Shown<F>
}

export interface ArraySpec<Item extends Member, F extends Flag> {
  readonly family: 'array'
  readonly item: Item
  readonly flags: F
  readonly shown: Shown<F>
}

export interface OneSpec<To extends string, Inverse extends string, OnDelete extends Tie, F extends Flag> {
  readonly family: 'one'
  readonly to: To
  readonly inverse: Inverse
  readonly onDelete: OnDelete
  readonly flags: F
  readonly shown: Shown<F>
}

export interface ManySpec<
  To extends string,
  Inverse extends string,
  Payload extends Shape,
  Through extends string,
  Symmetric extends boolean,
  F extends Flag,
> {
  readonly family: 'many'
  readonly to: To
  readonly inverse: Inverse
  readonly payload: Payload
  readonly through: Through
  readonly symmetric: Symmetric
  readonly flags: F
  /** only one-sided lists show their ids */
  readonly shown: [Inverse] extends [never] ? (Symmetric extends true ? false : Shown<F>) : false
}

/**
 * What is common to all descriptions. It is also what shapes are checked against, and says no more than this, because
 * the compiler would take a wider `inverse` or `payload` from here for what a declaration leaves out.
 */
export interface AnySpec {
  readonly family: 'scalar' | 'object' | 'array' | 'one' | 'many'
  readonly flags: Flag
  readonly shown: boolean
}

export interface AnyScalarSpec extends AnySpec {
  readonly family: 'scalar'
  readonly kind: ScalarKind | 'id'
  readonly value: unknown
}

export interface AnyIdSpec extends AnySpec {
  readonly idKind: IdKind
}

export interface AnyObjectSpec extends AnySpec {
  readonly family: 'object'
  readonly shape: Shape
}

export interface AnyArraySpec extends AnySpec {
  readonly family: 'array'
  readonly item: Member
}

export interface AnyOneSpec extends AnySpec {
  readonly family: 'one'
  readonly to: string
  readonly inverse: string
  readonly onDelete: Tie
}

export interface AnyManySpec extends AnySpec {
  readonly family: 'many'
  readonly to: string
  readonly inverse: string
  readonly payload: Shape
  readonly through: string
  readonly symmetric: boolean
}

/** Anything a shape may hold: a field or an association. */
export interface Member {
  readonly [spec]: AnySpec
}

/** The members of a model, of an embedded object or of a payload, by name. */
export interface Shape {
  readonly [name: string]: Member
}
