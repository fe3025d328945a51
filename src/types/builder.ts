import type { IdKind, Tie } from '../schema/graph.js'
import type { UniqueKeys } from './any-model.js'
import type { Many, ManyOptions, One, OneOptions } from './associations.js'
import type { ArrayField, IdField, ObjectField, ScalarField } from './fields.js'
import type { Model, ModelOptions, SystemOf } from './model.js'
import type { AnySpec, IdSpec, Member, Shape, spec } from './spec.js'

/** Any value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** Id kinds, for the property `id` of a model. */
export interface IdKinds {
  /** 24 hex digits, made by the client; the default. */
  objectId(): IdField<'objectId', string>
  /** A version 7 UUID, made by the client. */
  uuid(): IdField<'uuid', string>
  /** Assigned by the database, ascending; never used twice. */
  integer(): IdField<'integer', number>
  /** Given by the caller on create. */
  string(): IdField<'string', string>
}

/** Payload members: fields, no associations. */
export interface PayloadShape {
  readonly [name: string]: { readonly [spec]: AnySpec & { readonly family: 'scalar' | 'object' | 'array' } }
}

/**
 * Declares models, fields and associations.
 *
 * @example
 * const user = k.model({
 *   name: k.string(),
 *   email: k.string().unique(),
 * }, { softDelete: true })
 * const post = k.model({
 *   title: k.string(),
 *   author: k.one('user', { inverse: 'posts' }),
 * })
 * const graph = defineGraph({ user, post })
 */
export interface K {
  /** Text. On SQL stores that distinguish them, a short one. */
  string(): ScalarField<'string', string>
  /** Text of any length. */
  text(): ScalarField<'text', string>
  /** A safe integer (at most 2^53 − 1 either way). */
  integer(): ScalarField<'integer', number>
  /** A 64-bit integer, a `bigint` in JavaScript. */
  bigint(): ScalarField<'bigint', bigint>
  /** A finite double. */
  number(): ScalarField<'number', number>
  /** An exact decimal with up to 18 digits, `scale` of them after the point; a string such as `'1.50'`. */
  decimal(precision: number, scale: number): ScalarField<'decimal', string>
  boolean(): ScalarField<'boolean', boolean>
  /** A moment in milliseconds, a `Date` in JavaScript. */
  date(): ScalarField<'date', Date>
  /** Any JSON value; compared as a whole only. `null` at the top is the same as not set. */
  json<T = JsonValue>(): ScalarField<'json', NonNullable<T>>
  /** Bytes; a Buffer may be given. */
  binary(): ScalarField<'binary', Uint8Array>
  /** One of the given strings: `k.enum(['draft', 'published'])`. */
  enum<const Value extends string>(values: readonly [Value, ...Value[]]): ScalarField<'enum', Value>
  /** An embedded object: `k.object({ street: k.string(), country: k.one('country') })`. */
  object<const S extends Shape>(shape: S): ObjectField<S>
  /** An embedded array of values, of objects or of references: `k.array(k.string())`. */
  array<const Item extends Member>(item: Item): ArrayField<Item>
  /** Id kinds: `id: k.id.uuid()`. */
  readonly id: IdKinds
  /** One record of another (or the same) model, by name: `k.one('user', { inverse: 'posts' })`. */
  one<const To extends string, const Inverse extends string = never, const OnDelete extends Tie = never>(
    target: To,
    options?: OneOptions<Inverse, OnDelete>,
  ): One<To, Inverse, OnDelete>
  /** A set of records of another (or the same) model, by name: `k.many('user', { inverse: 'groups' })`. */
  many<
    const To extends string,
    const Inverse extends string = never,
    const Payload extends PayloadShape = {},
    const Symmetric extends boolean = false,
    const Through extends string = never,
    const Near extends string = never,
    const Far extends string = never,
  >(
    target: To,
    options?: ManyOptions<Inverse, Payload, Through, Near, Far, Symmetric>,
  ): Many<To, Inverse, Payload, Symmetric, Through, Near, Far>
  /** A model: its members by name, and its options. */
  model<
    const S extends Shape,
    const SoftDelete extends boolean | { readonly column: string } = false,
    const Timestamps extends boolean | { readonly createdAt?: string; readonly updatedAt?: string } = false,
    const Version extends boolean | { readonly column: string } = false,
    const Keys extends UniqueKeys = readonly [],
  >(
    shape: S & IdRule,
    options?: ModelOptions<S, SoftDelete, Timestamps, Version, Keys>,
  ): Model<S, SystemOf<SoftDelete, Timestamps, Version>, Keys>
}

/** The property `id`, where declared, is an id field. */
interface IdRule {
  readonly id?: { readonly [spec]: IdSpec<IdKind, string | number> }
}
