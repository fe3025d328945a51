import type { AnyEnd } from './ends.js'
import type { AnyGraph, IdOf, ModelName, ModelSpecOf } from './graph.js'
import type { Members } from './members.js'
import type {
  AnyArraySpec,
  AnyIdSpec,
  AnyObjectSpec,
  AnyOneSpec,
  AnyScalarSpec,
  AnySpec,
  Shape,
  Spec,
} from './spec.js'
import type { Empty, OneOrMany } from './utility.js'

/** Adds to a stored number; null stays null. */
export interface Increment<V> {
  /** What to add; negative to subtract. */
  readonly $inc: V
}

type Numeric = 'integer' | 'bigint' | 'number' | 'decimal'

type NullOf<S extends AnySpec> = 'optional' extends S['flags'] ? null : never

/** The value a field takes. */
type FieldInput<G extends AnyGraph, S extends AnySpec> = S extends AnyScalarSpec
  ? S['value'] | NullOf<S>
  : S extends AnyOneSpec
    ? Target<G, S['to'], Empty, never, false> | NullOf<S>
    : S extends AnyObjectSpec
      ? ShapeInput<G, S['shape']> | NullOf<S>
      : S extends AnyArraySpec
        ? readonly FieldInput<G, S['item'][Spec]>[] | NullOf<S>
        : unknown

/** May input leave the field out? */
type IsOmissible<S extends AnySpec> = S extends AnyArraySpec
  ? true
  : Extract<S['flags'], 'optional' | 'default'> extends never
    ? false
    : true

/** An embedded object or a payload as input takes it. */
export type ShapeInput<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S as IsOmissible<S[K][Spec]> extends true ? never : K]: FieldInput<G, S[K][Spec]>
} & {
  readonly [K in keyof S as IsOmissible<S[K][Spec]> extends true ? K : never]?:
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
    ? Empty extends ShapeInput<G, Payload>
      ? { readonly $link?: ShapeInput<G, Payload> | undefined }
      : { readonly $link: ShapeInput<G, Payload> }
    : { readonly $link?: PayloadChanges<G, Payload> | undefined }

type BareId<G extends AnyGraph, To, Payload extends Shape, Complete extends boolean> = Complete extends true
  ? keyof Payload extends never
    ? IdOf<G, To>
    : Empty extends ShapeInput<G, Payload>
      ? IdOf<G, To>
      : never
  : IdOf<G, To>

/**
 * What may stand for a related record: its id; a record, of which the id is taken; an object without `id`, or
 * `{ $create }`, which is created. `Back` is the reference that this end fills by itself; `Complete` where the pairing
 * is surely new and its payload must be complete.
 */
export type Target<
  G extends AnyGraph,
  To extends string,
  Payload extends Shape,
  Back extends string,
  Complete extends boolean,
> =
  | BareId<G, To, Payload, Complete>
  | ({ readonly id: IdOf<G, To> } & LinkInput<G, Payload, Complete>)
  | ({ readonly $create: Omit<CreateInput<G, To & ModelName<G>>, Back> } & LinkInput<G, Payload, Complete>)
  | NewTarget<G, To, Payload, Back>

/** Ids given by the caller make an object with an id ambiguous, so such models take `{ $create }` only. */
type NewTarget<
  G extends AnyGraph,
  To extends string,
  Payload extends Shape,
  Back extends string,
> = ModelSpecOf<G, To>['idKind'] extends 'string'
  ? never
  : Omit<CreateInput<G, To & ModelName<G>>, Back | 'id'> & LinkInput<G, Payload, true>

/** What an end takes in data. */
type EndInput<G extends AnyGraph, E extends AnyEnd, Complete extends boolean> = 'many' extends E['traits']
  ? OneOrMany<Target<G, E['to'], E['payload'], E['back'], Complete>>
  :
      | Target<G, E['to'], E['payload'], E['back'], Complete>
      | ('stored' extends E['traits'] ? ('optional' extends E['traits'] ? null : never) : null)

type MemberInput<G extends AnyGraph, M, Complete extends boolean> = M extends AnyEnd
  ? EndInput<G, M, Complete>
  : M extends AnySpec
    ? FieldInput<G, M>
    : never

/** How create treats a member. */
type Demand<M, IdKind> = M extends AnyEnd
  ? 'stored' extends M['traits']
    ? Extract<M['traits'], 'many' | 'optional'> extends never
      ? 'required'
      : 'optional'
    : 'optional'
  : M extends AnyIdSpec
    ? IdKind extends 'string'
      ? 'required'
      : 'optional'
    : M extends AnySpec
      ? 'system' extends M['flags']
        ? 'none'
        : IsOmissible<M> extends true
          ? 'optional'
          : 'required'
      : 'none'

type KeysOn<G extends AnyGraph, N, Wanted> = {
  [K in keyof Members<G, N>]: Demand<Members<G, N>[K], ModelSpecOf<G, N>['idKind']> extends Wanted ? K : never
}[keyof Members<G, N>]

/**
 * What `create` takes: every field but kinship's own, and every end, nested as deep as needed. Fields with a default
 * or `.optional()`, lists and other models' references may be left out; `undefined` means not given.
 *
 * @example
 * await db.user.create({ name: 'Jane', email: 'j@x.org', posts: [{ title: 'Hello' }], groups: [groupId] })
 */
export type CreateInput<G extends AnyGraph, N extends ModelName<G>> = {
  readonly [K in KeysOn<G, N, 'required'>]: MemberInput<G, Members<G, N>[K], true>
} & {
  readonly [K in KeysOn<G, N, 'optional'>]?: MemberInput<G, Members<G, N>[K], true> | undefined
}

type ChangedKey<K, M> = M extends AnyEnd
  ? K
  : M extends AnySpec
    ? Extract<M['flags'], 'system' | 'immutable'> extends never
      ? K
      : never
    : never

type ChangedInput<G extends AnyGraph, M> = M extends AnyScalarSpec
  ? FieldInput<G, M> | (M['kind'] extends Numeric ? Increment<M['value']> : never)
  : MemberInput<G, M, false>

/**
 * What `update` takes: fields that are not immutable, numbers also as `{ $inc: n }`, and ends. An end given is
 * replaced whole, as are embedded objects and arrays.
 */
export type UpdateInput<G extends AnyGraph, N extends ModelName<G>> = {
  readonly [K in keyof Members<G, N> as ChangedKey<K, Members<G, N>[K]>]?:
    | ChangedInput<G, Members<G, N>[K]>
    | undefined
}

/** Does a record name another one by a key of its own? */
type ReferenceEnd = { readonly family: 'end'; readonly traits: 'stored' | 'optional' | 'sure' }

type PlainTarget<G extends AnyGraph, E extends AnyEnd> =
  | IdOf<G, E['to']>
  | { readonly id: IdOf<G, E['to']> }
  | ('optional' extends E['traits'] ? null : never)

type FlatMember<G extends AnyGraph, M> = M extends AnyEnd
  ? PlainTarget<G, M>
  : M extends AnySpec
    ? FieldInput<G, M>
    : never

type FlatKey<K, M> = M extends AnyEnd
  ? M extends ReferenceEnd
    ? 'stored' extends M['traits']
      ? K
      : never
    : never
  : K

/** What `upsert` creates: fields and references by id or record, nothing nested. */
export type FlatInput<G extends AnyGraph, N extends ModelName<G>> = {
  readonly [K in KeysOn<G, N, 'required'>]: FlatMember<G, Members<G, N>[K]>
} & {
  readonly [K in KeysOn<G, N, 'optional'> as FlatKey<K, Members<G, N>[K]>]?:
    | FlatMember<G, Members<G, N>[K]>
    | undefined
}

/** What `updateMany` sets: fields and references that are neither immutable nor unique. */
export type UpdateManyInput<G extends AnyGraph, N extends ModelName<G>> = {
  readonly [K in keyof Members<G, N> as FlatKey<ChangedKey<K, Members<G, N>[K]>, Members<G, N>[K]>]?:
    | (Members<G, N>[K] extends infer M ? (M extends AnyEnd ? PlainTarget<G, M> : ChangedInput<G, M>) : never)
    | undefined
}

type Shaped<G extends AnyGraph, N> = ModelSpecOf<G, N>['shape']

type KeyValue<G extends AnyGraph, S extends AnySpec> = S extends AnyScalarSpec
  ? S['value']
  : S extends AnyOneSpec
    ? IdOf<G, S['to']>
    : never

type SingleKeys<G extends AnyGraph, N> = {
  [K in keyof Shaped<G, N>]: 'unique' extends Shaped<G, N>[K][Spec]['flags']
    ? { readonly [P in K]: KeyValue<G, Shaped<G, N>[K][Spec]> }
    : never
}[keyof Shaped<G, N>]

type CompositeKeys<G extends AnyGraph, N, Keys> = Keys extends readonly (infer Key extends string)[]
  ? { readonly [P in Key & keyof Shaped<G, N>]: KeyValue<G, Shaped<G, N>[P][Spec]> }
  : never

/** The id, one unique field, or a composite unique key, with a value for each part. */
export type UniqueKey<G extends AnyGraph, N extends ModelName<G>> =
  | { readonly id: IdOf<G, N> }
  | SingleKeys<G, N>
  | CompositeKeys<G, N, ModelSpecOf<G, N>['keys'][number]>
