import type { AnyGraph, IdOf, ModelName } from './graph.js'
import type { Members } from './members.js'
import type { AnyArray, AnyEnd, AnyObject, AnyScalar, NullOf, Shape, Spec } from './spec.js'

/** Tests that every comparable value has. `null` is a value where the field is optional. */
export interface EqualityOperators<V> {
  /** Equal; `null` means not set. */
  readonly $eq?: V | undefined
  /** The exact complement of `$eq`: matches null where `$eq` does not. */
  readonly $ne?: V | undefined
  /** Equal to one of these; an empty list matches nothing. */
  readonly $in?: readonly V[] | undefined
  /** The exact complement of `$in`: an empty list matches everything. */
  readonly $nin?: readonly V[] | undefined
  /** `false` is the same as `$eq: null`. */
  readonly $exists?: boolean | undefined
}

/** Tests of ordered values; never true for null. */
export interface RangeOperators<V> extends EqualityOperators<V> {
  readonly $gt?: NonNullable<V> | undefined
  readonly $gte?: NonNullable<V> | undefined
  readonly $lt?: NonNullable<V> | undefined
  readonly $lte?: NonNullable<V> | undefined
}

/** Tests of text, compared by code point. */
export interface TextOperators<V> extends RangeOperators<V> {
  /** Case-sensitive pattern: `%` any characters, `_` one character, `\` makes the next one plain. */
  readonly $like?: string | undefined
  /** As `$like`, without regard to ASCII case. */
  readonly $ilike?: string | undefined
}

/** Tests of JSON values: deep equality and null only. */
export interface JsonOperators<V> {
  readonly $eq?: V | undefined
  readonly $ne?: V | undefined
  readonly $exists?: boolean | undefined
}

/** The operators of each field kind. */
interface OperatorsByKind<V> {
  readonly id: RangeOperators<V>
  readonly string: TextOperators<V>
  readonly text: TextOperators<V>
  readonly integer: RangeOperators<V>
  readonly bigint: RangeOperators<V>
  readonly number: RangeOperators<V>
  readonly decimal: RangeOperators<V>
  readonly boolean: EqualityOperators<V>
  readonly date: RangeOperators<V>
  readonly json: JsonOperators<V>
  readonly binary: EqualityOperators<V>
  readonly enum: TextOperators<V>
}

/** Turns a test around: `{ title: { $not: { $like: 'a%' } } }`. */
type Negatable<Operators> = Operators & { readonly $not?: Operators | undefined }

type ScalarFilter<S extends AnyScalar, V> = V | Negatable<OperatorsByKind<V>[S['kind']]>

/** The size of a list. */
export type SizeFilter = number | RangeOperators<number>

/** Tests of an array of values. */
export interface ScalarArrayFilter<V> {
  /** One of the elements is this value. */
  readonly $contains?: V | undefined
  readonly $size?: SizeFilter | undefined
  readonly $exists?: boolean | undefined
}

/** Tests of a list whose entries take a filter of their own; they see live targets. */
export interface ListFilter<Filter> {
  /** At least one matches. */
  readonly $some?: Filter | undefined
  /** Every one matches; true for the empty list. */
  readonly $every?: Filter | undefined
  /** None matches. */
  readonly $none?: Filter | undefined
  readonly $size?: SizeFilter | undefined
}

interface StoredListFilter<Filter, Id> extends ListFilter<Filter> {
  /** The stored list has this id, visible or not. */
  readonly $contains?: Id | undefined
}

/** Combines filters. */
interface Logic<Filter> {
  /** All of them; the empty list matches everything. */
  readonly $and?: readonly Filter[] | undefined
  /** At least one of them; the empty list matches nothing. */
  readonly $or?: readonly Filter[] | undefined
  /** The exact complement. */
  readonly $not?: Filter | undefined
}

/** Filter of one member. */
type MemberFilter<G extends AnyGraph, S> = S extends AnyScalar
  ? ScalarFilter<S, S['value'] | NullOf<S>>
  : S extends AnyEnd
    ? EndFilter<G, S>
    : S extends AnyObject
      ? (ShapeFilter<G, S['shape']> & { readonly $exists?: boolean | undefined }) | NullOf<S>
      : S extends AnyArray
        ? ArrayFilter<G, S['item'][Spec]> | NullOf<S>
        : unknown

type ArrayFilter<G extends AnyGraph, Item> = Item extends AnyScalar
  ? ScalarArrayFilter<Item['value']>
  : Item extends AnyEnd
    ? ListFilter<IdOf<G, Item['to']> | Where<G, Item['to'] & ModelName<G>>>
    : Item extends AnyObject
      ? ListFilter<ShapeFilter<G, Item['shape']>>
      : never

/** Filter of an embedded object or of a payload. */
export type ShapeFilter<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S]?: MemberFilter<G, S[K][Spec]> | undefined
} & Logic<ShapeFilter<G, S>>

/**
 * An id, tests of the stored id, or a filter that the visible target has to match. The two kinds of object are one type
 * here, because the compiler resolves every member of every object type in a union.
 */
type ReferenceFilter<G extends AnyGraph, To extends string, Id> =
  | Id
  | (Where<G, To & ModelName<G>> & EqualityOperators<Id>)

/** The pairing's own fields, beside a filter of the target. */
type LinkFilter<G extends AnyGraph, Payload extends Shape> = keyof Payload extends never
  ? unknown
  : { readonly $link?: ShapeFilter<G, Payload> | undefined }

type EndFilter<G extends AnyGraph, E extends AnyEnd> = 'many' extends E['traits']
  ? 'stored' extends E['traits']
    ? StoredListFilter<TargetFilter<G, E>, IdOf<G, E['to']>>
    : ListFilter<TargetFilter<G, E>>
  : 'stored' extends E['traits']
    ? ReferenceFilter<G, E['to'], IdOf<G, E['to']> | NullOf<E>>
    : (Where<G, E['to'] & ModelName<G>> & { readonly $exists?: boolean | undefined }) | null

/** Filter of the targets of an end, their pairings included. */
export type TargetFilter<G extends AnyGraph, E extends AnyEnd> = Where<G, E['to'] & ModelName<G>> &
  LinkFilter<G, E['payload']>

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
