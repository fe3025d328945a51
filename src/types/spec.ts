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

/** How a record treats a field: it shows it, it shows it when asked to reveal it, or it never has it. */
export type Visibility = 'shown' | 'hidden' | 'none'

/** How `create` treats a member: it must be given, it may be, or it is kinship's own. */
export type Demand = 'required' | 'optional' | 'none'

/**
 * What is true of an end, seen from the record that has it:
 * `many` it is a list; `stored` its ids are part of the record; `optional` it may be unset; `unique` no two records
 * share a target; `sure` nothing can hide the target of a live record (R21).
 */
export type Trait = 'many' | 'stored' | 'optional' | 'unique' | 'sure'

/**
 * What every description says. Shapes are checked against this and no more, because the compiler would take a wider
 * `inverse` or `payload` from there for what a declaration leaves out.
 */
export interface AnySpec {
  readonly family: 'scalar' | 'object' | 'array' | 'end'
  readonly visibility: Visibility
  readonly demand: Demand
  /** `update` takes it */
  readonly changeable: boolean
  /** it is a reference or holds one, at any depth */
  readonly populates: boolean
}

/** Anything a shape may hold: a field or an association. */
export interface Member {
  readonly [spec]: AnySpec
}

/** The members of a model, of an embedded object or of a payload, by name. */
export interface Shape {
  readonly [name: string]: Member
}

type Seen<F> = 'hidden' extends F ? 'hidden' : 'shown'
type Changeable<F> = 'system' extends F ? false : 'immutable' extends F ? false : true
type Demanded<F> = 'system' extends F
  ? 'none'
  : 'optional' extends F
    ? 'optional'
    : 'default' extends F
      ? 'optional'
      : 'required'

/*
 * Descriptions work out here, once for each kind of field, what records, inputs and queries ask of every member of
 * every model.
 */

export interface ScalarSpec<Kind extends ScalarKind | 'id', Value, F extends Flag> {
  readonly family: 'scalar'
  readonly kind: Kind
  readonly value: Value
  readonly flags: F
  readonly visibility: Seen<F>
  readonly demand: Demanded<F>
  readonly changeable: Changeable<F>
  readonly populates: false
}

export interface IdSpec<Kind extends IdKind, Value extends string | number> {
  readonly family: 'scalar'
  readonly kind: 'id'
  readonly idKind: Kind
  readonly value: Value
  readonly flags: 'immutable'
  readonly visibility: 'shown'
  readonly demand: Kind extends 'string' ? 'required' : 'optional'
  readonly changeable: false
  readonly populates: false
}

export interface ObjectSpec<S extends Shape, F extends Flag> {
  readonly family: 'object'
  readonly shape: S
  readonly flags: F
  readonly visibility: Seen<F>
  readonly demand: Demanded<F>
  readonly changeable: Changeable<F>
  readonly populates: true extends { [K in keyof S]: S[K][Spec]['populates'] }[keyof S] ? true : false
}

export interface ArraySpec<Item extends Member, F extends Flag> {
  readonly family: 'array'
  readonly item: Item
  readonly flags: F
  readonly visibility: Seen<F>
  readonly demand: 'optional'
  readonly changeable: Changeable<F>
  readonly populates: Item[Spec]['populates']
}

/** A reference: the holder end of a to-one association. */
export interface OneSpec<To extends string, Inverse extends string, OnDelete extends Tie, F extends Flag> {
  readonly family: 'end'
  readonly to: To
  readonly inverse: Inverse
  readonly traits:
    | 'stored'
    | Extract<F, 'optional' | 'unique'>
    | ('optional' extends F ? never : [OnDelete] extends ['restrict' | 'strong' | 'soft'] ? 'sure' : never)
  readonly payload: {}
  readonly back: never
  readonly visibility: Seen<F>
  readonly demand: Demanded<F>
  readonly changeable: Changeable<F>
  readonly populates: true
}

/** The holder end of a to-many association. */
export interface ManySpec<
  To extends string,
  Inverse extends string,
  Payload extends Shape,
  Symmetric extends boolean,
  F extends Flag,
> {
  readonly family: 'end'
  readonly to: To
  readonly inverse: Inverse
  readonly traits: 'many' | ([Inverse] extends [never] ? (Symmetric extends true ? never : 'stored') : never)
  readonly payload: Payload
  readonly back: never
  readonly visibility: [Inverse] extends [never] ? (Symmetric extends true ? 'none' : Seen<F>) : 'none'
  readonly demand: 'optional'
  readonly changeable: true
  readonly populates: true
}

/** The holder end of an association whose pairs are records of a declared model. */
export interface ThroughSpec<
  To extends string,
  Inverse extends string,
  Through extends string,
  Near extends string,
  Far extends string,
  Symmetric extends boolean,
  F extends Flag,
> extends ManySpec<To, Inverse, {}, Symmetric, F> {
  readonly through: Through
  readonly near: Near
  readonly far: Far
}

/**
 * An end that is worked out from a declaration: the inverse one, or one through a declared model. `Back` is the
 * holder's reference, which an inverse end fills by itself.
 */
export interface EndSpec<
  Association extends string,
  To extends string,
  T extends Trait,
  Payload extends Shape,
  Back extends string,
> {
  readonly family: 'end'
  readonly association: Association
  readonly to: To
  readonly traits: T
  readonly payload: Payload
  readonly back: Back
  readonly visibility: 'none'
  readonly demand: 'optional'
  /** A list of records that require this one cannot be replaced: nothing could be taken off it. */
  readonly changeable: [Back] extends [never]
    ? true
    : 'many' extends T
      ? 'optional' extends T
        ? true
        : false
      : true
  readonly populates: true
}

export interface AnyScalar {
  readonly family: 'scalar'
  readonly kind: ScalarKind | 'id'
  readonly value: unknown
  readonly flags: Flag
}

export interface AnyObject {
  readonly family: 'object'
  readonly shape: Shape
  readonly flags: Flag
}

export interface AnyArray {
  readonly family: 'array'
  readonly item: Member
  readonly flags: Flag
}

/** An end of a model, or a reference inside an embedded structure. */
export interface AnyEnd {
  readonly family: 'end'
  readonly to: string
  readonly traits: Trait
  readonly payload: Shape
  readonly back: string
}

/** A declared end. */
export interface AnyAssociation extends AnyEnd {
  readonly inverse: string
}

/** A declared end whose pairs are records of a declared model. */
export interface AnyThrough extends AnyAssociation {
  readonly through: string
  readonly near: string
  readonly far: string
}

/** Null, where the member may be unset. */
export type NullOf<S> = S extends { readonly flags: infer F } | { readonly traits: infer F }
  ? 'optional' extends F
    ? null
    : never
  : never
