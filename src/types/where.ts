import type { AnyEnd } from './ends.js'
import type { AnyGraph, IdOf, ModelName } from './graph.js'
import type { Members } from './members.js'
import type { ShapeValue } from './record.js'
import type {
  AnyArraySpec,
  AnyManySpec,
  AnyObjectSpec,
  AnyOneSpec,
  AnyScalarSpec,
  AnySpec,
  Shape,
  Spec,
} from './spec.js'

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

type Nullable<S extends AnySpec, V> = 'optional' extends S['flags'] ? V | null : V

type ScalarFilter<S extends AnyScalarSpec, V> = V | Negatable<OperatorsByKind<V>[S['kind']]>

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

/** Filter of one stored member. */
type FieldFilter<G extends AnyGraph, S extends AnySpec> = S extends AnyScalarSpec
  ? ScalarFilter<S, Nullable<S, S['value']>>
  : S extends AnyOneSpec
    ? ReferenceFilter<G, S['to'], Nullable<S, IdOf<G, S['to']>>>
    : S extends AnyObjectSpec
      ? Nullable<S, ShapeFilter<G, S['shape']> & { readonly $exists?: boolean | undefined }>
      : S extends AnyArraySpec
        ? Nullable<S, ArrayFilter<G, S['item'][Spec]>>
        : S extends AnyManySpec
          ? ListFilter<Where<G, S['to'] & ModelName<G>>>
          : unknown

type ArrayFilter<G extends AnyGraph, Item extends AnySpec> = Item extends AnyScalarSpec
  ? ScalarArrayFilter<Item['value']>
  : Item extends AnyOneSpec
    ? ListFilter<IdOf<G, Item['to']> | Where<G, Item['to'] & ModelName<G>>>
    : Item extends AnyObjectSpec
      ? ListFilter<ShapeFilter<G, Item['shape']>>
      : never

/** Filter of an embedded object or of a payload. */
export type ShapeFilter<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S]?: FieldFilter<G, S[K][Spec]> | undefined
} & Logic<ShapeFilter<G, S>>

/** An id, tests of the stored id, or a filter that the visible target has to match. */
type ReferenceFilter<G extends AnyGraph, To extends string, Id> =
  | Id
  | EqualityOperators<Id>
  | Where<G, To & ModelName<G>>

/** The pairing's own fields, beside a filter of the target. */
export type LinkFilter<G extends AnyGraph, Payload extends Shape> = keyof Payload extends never
  ? unknown
  : { readonly $link?: ShapeFilter<G, Payload> | undefined }

type EndFilter<G extends AnyGraph, E extends AnyEnd> = 'many' extends E['traits']
  ? 'stored' extends E['traits']
    ? StoredListFilter<Where<G, E['to'] & ModelName<G>> & LinkFilter<G, E['payload']>, IdOf<G, E['to']>>
    : ListFilter<Where<G, E['to'] & ModelName<G>> & LinkFilter<G, E['payload']>>
  : 'stored' extends E['traits']
    ? ReferenceFilter<G, E['to'], 'optional' extends E['traits'] ? IdOf<G, E['to']> | null : IdOf<G, E['to']>>
    : Where<G, E['to'] & ModelName<G>> | { readonly $exists?: boolean | undefined } | null

type MemberFilter<G extends AnyGraph, M> = M extends AnyEnd
  ? EndFilter<G, M>
  : M extends AnySpec
    ? FieldFilter<G, M>
    : never

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
export type Where<G extends AnyGraph, N extends ModelName<G>> = {
  readonly [K in keyof Members<G, N>]?: MemberFilter<G, Members<G, N>[K]> | undefined
} & Logic<Where<G, N>>

/** The value of one pairing's fields, as `$link` shows them. */
export type LinkValue<G extends AnyGraph, Payload extends Shape> = ShapeValue<G, Payload, 'direct'>
