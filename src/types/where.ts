import type { AnyGraph, IdOf, ModelName } from './graph.js'
import type { Members } from './members.js'
import type {
  EqualityOperators,
  ListFilter,
  Logic,
  Negatable,
  OperatorsByKind,
  Presence,
  ScalarArrayFilter,
  SizeFilter,
  StoredListFilter,
} from './operators.js'
import type { AnyArray, AnyEnd, AnyObject, AnyScalar, NullOf, Shape, Spec } from './spec.js'

type ValueFilter<S extends AnyScalar, V> = V | Negatable<OperatorsByKind<V>[S['kind']], V>

/** Filter of one member. */
type MemberFilter<G extends AnyGraph, S> = S extends AnyScalar
  ? ValueFilter<S, S['value'] | NullOf<S>>
  : S extends AnyEnd
    ? EndFilter<G, S>
    : S extends AnyObject
      ? (ShapeFilter<G, S['shape']> & Presence) | NullOf<S>
      : S extends AnyArray
        ? Negatable<ArrayFilter<G, S['item'][Spec]> & Presence, NullOf<S>> | NullOf<S>
        : unknown

/** Tests of an embedded array by what its elements are. */
type ArrayFilter<G extends AnyGraph, Item> = Item extends AnyScalar
  ? ScalarArrayFilter<Item['value']>
  : Item extends AnyArray
    ? { readonly $size?: SizeFilter | undefined }
    : ListFilter<ElementFilter<G, Item>>

/** Filter of an element of an embedded array. */
export type ElementFilter<G extends AnyGraph, Item> = Item extends AnyObject
  ? ShapeFilter<G, Item['shape']>
  : MemberFilter<G, Item>

/** Filter of an embedded object. */
export type ShapeFilter<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S]?: MemberFilter<G, S[K][Spec]> | undefined
} & Logic<ShapeFilter<G, S>>

/** Filter of a pairing's own fields; references among them are compared by id. */
type PayloadFilter<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S]?: PayloadFieldFilter<G, S[K][Spec]> | undefined
} & Logic<PayloadFilter<G, S>>

type PayloadFieldFilter<G extends AnyGraph, S> = S extends AnyEnd
  ? IdFilter<IdOf<G, S['to']> | NullOf<S>>
  : MemberFilter<G, S>

type IdFilter<Id> = Id | Negatable<EqualityOperators<Id>, Id>

type EndFilter<G extends AnyGraph, E extends AnyEnd> = 'many' extends E['traits']
  ? Negatable<
      'stored' extends E['traits']
        ? StoredListFilter<TargetFilter<G, E>, IdOf<G, E['to']>>
        : ListFilter<TargetFilter<G, E>>
    >
  : 'stored' extends E['traits']
    ? ReferenceFilter<G, E['to'], IdOf<G, E['to']> | NullOf<E>>
    : OneFilter<G, E['to'], Presence, null>

/** An id or tests of the stored id, or a filter that the visible target has to match. */
type ReferenceFilter<G extends AnyGraph, To extends string, Id> = OneFilter<G, To, EqualityOperators<Id>, Id>

/**
 * A value, or tests of the end beside a filter of its target. The two kinds of object are one type, because the compiler
 * resolves every member of every object type in a union.
 */
type OneFilter<G extends AnyGraph, To extends string, Tests, Value> =
  | Value
  | (MemberFilters<G, Members<G, To>> &
      Tests & {
        readonly $and?: readonly Where<G, To & ModelName<G>>[] | undefined
        readonly $or?: readonly Where<G, To & ModelName<G>>[] | undefined
        readonly $not?: OneFilter<G, To, Tests, Value> | undefined
      })

/** Filter of the targets of an end; where pairings have fields of their own, those are under `$link`. */
export type TargetFilter<G extends AnyGraph, E extends AnyEnd> = Where<G, E['to'] & ModelName<G>> &
  (keyof E['payload'] extends never
    ? unknown
    : { readonly $link?: PayloadFilter<G, E['payload']> | undefined })

/**
 * A filter on a model's records; several keys must all match. A field takes a value or operators, a to-one end an id
 * or a filter of its target, a to-many end `$some`, `$every`, `$none` or `$size`. Keys that are `undefined` are left out.
 *
 * @example
 * const recent: Where<typeof graph, 'post'> = {
 *   title: { $like: '%kin%' },
 *   author: { email: 'j@x.org' },
 *   comments: { $some: { text: { $ilike: '%thanks%' } } },
 * }
 */
export type Where<G extends AnyGraph, N extends ModelName<G>> = MemberFilters<G, Members<G, N>> &
  Logic<Where<G, N>>

type MemberFilters<G extends AnyGraph, M> = { readonly [K in keyof M]?: MemberFilter<G, M[K]> | undefined }
