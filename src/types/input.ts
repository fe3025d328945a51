import type { AnyGraph, IdOf, ModelName, ModelSpecOf } from './graph.js'
import type { Members } from './members.js'
import type { AnyArray, AnyEnd, AnyObject, AnyScalar, NullOf, Shape, Spec } from './spec.js'
import type { ValueOf } from './utility.js'

/** Adds to a stored number; null stays null. */
export interface Increment<V> {
  /** What to add; negative to subtract. */
  readonly $inc: V
}

type Numeric = 'integer' | 'bigint' | 'number' | 'decimal'

/** The value a member takes where nothing is known of pairs: fields, and references inside embedded structures. */
export type FieldInput<G extends AnyGraph, S> = S extends AnyScalar
  ? S['value'] | NullOf<S>
  : S extends AnyEnd
    ? Target<G, S, false> | NullOf<S>
    : S extends AnyObject
      ? ShapeInput<G, S['shape']> | NullOf<S>
      : S extends AnyArray
        ? readonly FieldInput<G, S['item'][Spec]>[] | NullOf<S>
        : unknown

/** An embedded object or a payload as input takes it. */
export type ShapeInput<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S as S[K][Spec]['demand'] extends 'required' ? K : never]: FieldInput<G, S[K][Spec]>
} & {
  readonly [K in keyof S as S[K][Spec]['demand'] extends 'optional' ? K : never]?:
    | FieldInput<G, S[K][Spec]>
    | undefined
}

/** Changed fields of a payload. */
export type PayloadChanges<G extends AnyGraph, Payload extends Shape> = {
  readonly [K in keyof Payload]?: FieldInput<G, Payload[K][Spec]> | undefined
}

/** `$link` beside a target: left out only where every payload field has a default or is optional. */
type LinkInput<
  G extends AnyGraph,
  Payload extends Shape,
  Complete extends boolean,
> = keyof Payload extends never
  ? unknown
  : Complete extends true
    ? {} extends ShapeInput<G, Payload>
      ? { readonly $link?: ShapeInput<G, Payload> | undefined }
      : { readonly $link: ShapeInput<G, Payload> }
    : { readonly $link?: PayloadChanges<G, Payload> | undefined }

type BareId<G extends AnyGraph, E extends AnyEnd, Complete extends boolean> = Complete extends true
  ? keyof E['payload'] extends never
    ? IdOf<G, E['to']>
    : {} extends ShapeInput<G, E['payload']>
      ? IdOf<G, E['to']>
      : never
  : IdOf<G, E['to']>

/** Data of a new record at an end; the reference back is filled in by itself. */
export type NewTarget<G extends AnyGraph, E extends AnyEnd> = Omit<
  CreateInput<G, E['to'] & ModelName<G>>,
  E['back']
>

/**
 * What may stand for a related record: its id; a record, of which the id is taken; an object without `id`, or
 * `{ $create }`, which is created. `Complete` where the pairing is surely new and its payload must be complete.
 */
export type Target<G extends AnyGraph, E extends AnyEnd, Complete extends boolean> =
  | BareId<G, E, Complete>
  | ({ readonly id: IdOf<G, E['to']> } & LinkInput<G, E['payload'], Complete>)
  | ({ readonly $create: NewTarget<G, E> } & LinkInput<G, E['payload'], Complete>)
  | PlainNewTarget<G, E>

/** Where ids are given by the caller an object with an id is a record, so that only `{ $create }` makes a new one. */
type PlainNewTarget<G extends AnyGraph, E extends AnyEnd> = ModelSpecOf<G, E['to']>['idKind'] extends 'string'
  ? never
  : Omit<CreateInput<G, E['to'] & ModelName<G>>, E['back'] | 'id'> & LinkInput<G, E['payload'], true>

/** What a member takes in data. */
type MemberInput<G extends AnyGraph, S, Complete extends boolean> = S extends AnyEnd
  ? 'many' extends S['traits']
    ? readonly Target<G, S, Complete>[]
    : Target<G, S, Complete> | ('stored' extends S['traits'] ? NullOf<S> : null)
  : FieldInput<G, S>

/**
 * What `create` takes: every field but kinship's own, and every end, nested as deep as needed. Fields with a default
 * or `.optional()`, lists and other models' references may be left out; `undefined` means not given.
 *
 * @example
 * await db.user.create({ name: 'Jane', email: 'j@x.org', posts: [{ title: 'Hello' }], groups: [groupId] })
 */
export type CreateInput<G extends AnyGraph, N extends ModelName<G>> = NewMembers<G, Members<G, N>>

/** The same for the members of a model. */
export type NewMembers<G extends AnyGraph, M> = {
  readonly [K in keyof M as M[K] extends { readonly demand: 'required' } ? K : never]: MemberInput<
    G,
    M[K],
    true
  >
} & {
  readonly [K in keyof M as M[K] extends { readonly demand: 'optional' } ? K : never]?:
    | MemberInput<G, M[K], true>
    | undefined
}

/**
 * What `update` takes: fields that are not immutable, numbers also as `{ $inc: n }`, and ends. An end given is
 * replaced whole, as are embedded objects and arrays.
 */
export type UpdateInput<G extends AnyGraph, N extends ModelName<G>> = ChangedMembers<G, Members<G, N>>

/** The same for the members of a model. */
export type ChangedMembers<G extends AnyGraph, M> = {
  readonly [K in keyof M as M[K] extends { readonly changeable: true } ? K : never]?:
    | ChangedInput<G, M[K]>
    | undefined
}

type ChangedInput<G extends AnyGraph, M> = M extends AnyScalar
  ? FieldInput<G, M> | (M['kind'] extends Numeric ? Increment<M['value']> : never)
  : MemberInput<G, M, false>

/** Fields, and references by id or record; no end that is a list or another model's. */
type FlatKey<K, M> = M extends AnyEnd
  ? 'many' extends M['traits']
    ? never
    : 'stored' extends M['traits']
      ? K
      : never
  : K

type FlatMember<G extends AnyGraph, M> = M extends AnyEnd
  ? IdOf<G, M['to']> | { readonly id: IdOf<G, M['to']> } | NullOf<M>
  : FieldInput<G, M>

/** What `upsert` creates: fields and references by id or record, nothing nested. */
export type FlatInput<G extends AnyGraph, N extends ModelName<G>> = NewFlatMembers<G, Members<G, N>>

type NewFlatMembers<G extends AnyGraph, M> = {
  readonly [K in keyof M as M[K] extends { readonly demand: 'required' } ? K : never]: FlatMember<G, M[K]>
} & {
  readonly [K in keyof M as M[K] extends { readonly demand: 'optional' } ? FlatKey<K, M[K]> : never]?:
    | FlatMember<G, M[K]>
    | undefined
}

/** What `upsert` changes: the same, without what is immutable. */
export type FlatChanges<G extends AnyGraph, N extends ModelName<G>> = ChangedFlatMembers<G, Members<G, N>>

type ChangedFlatMembers<G extends AnyGraph, M> = {
  readonly [K in keyof M as M[K] extends { readonly changeable: true } ? FlatKey<K, M[K]> : never]?:
    | (M[K] extends AnyEnd ? FlatMember<G, M[K]> : ChangedInput<G, M[K]>)
    | undefined
}

/** What `updateMany` sets: values and references that many records may share, and that are not immutable. */
export type UpdateManyInput<G extends AnyGraph, N extends ModelName<G>> = SharedMembers<G, Members<G, N>>

type SharedMembers<G extends AnyGraph, M> = {
  readonly [K in keyof M as M[K] extends { readonly changeable: true } ? SharedKey<K, M[K]> : never]?:
    | (M[K] extends AnyEnd ? FlatMember<G, M[K]> : ChangedInput<G, M[K]>)
    | undefined
}

/** No embedded structures, and of the ends only references, which many records may have alike. */
type SharedKey<K, M> = M extends AnyScalar
  ? K
  : M extends AnyEnd
    ? [Exclude<M['traits'], 'optional' | 'sure'>] extends ['stored']
      ? K
      : never
    : never

type KeyValue<G extends AnyGraph, S> = S extends AnyScalar
  ? S['value']
  : S extends AnyEnd
    ? IdOf<G, S['to']>
    : never

type SingleKeys<G extends AnyGraph, S extends Shape> = ValueOf<{
  [K in keyof S]: S[K][Spec] extends { readonly flags: infer F } | { readonly traits: infer F }
    ? 'unique' extends F
      ? { readonly [P in K]: KeyValue<G, S[K][Spec]> }
      : never
    : never
}>

type CompositeKeys<G extends AnyGraph, S extends Shape, Keys> = Keys extends readonly (infer Key extends
  string)[]
  ? { readonly [P in Key & keyof S]: KeyValue<G, S[P][Spec]> }
  : never

/** The id, one unique field, or a composite unique key, with a value for each part. */
export type UniqueKey<G extends AnyGraph, N extends ModelName<G>> =
  | { readonly id: IdOf<G, N> }
  | SingleKeys<G, ModelSpecOf<G, N>['shape']>
  | CompositeKeys<G, ModelSpecOf<G, N>['shape'], ModelSpecOf<G, N>['keys'][number]>
