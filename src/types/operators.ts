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
export interface OperatorsByKind<V> {
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

/** Adds `$not`, which turns tests (or a value to equal) around: `{ title: { $not: { $like: 'a%' } } }`. */
export type Negatable<Tests, Value = never> = Tests & {
  readonly $not?: Negatable<Tests, Value> | Value | undefined
}

/** A test for presence. */
export interface Presence {
  /** `false` is the same as null. */
  readonly $exists?: boolean | undefined
}

/** The size of a list. */
export type SizeFilter = number | Negatable<Omit<RangeOperators<number>, '$exists'>, number>

/** Tests of an array of values. */
export interface ScalarArrayFilter<V> extends Presence {
  /** One of the elements is this value. */
  readonly $contains?: V | undefined
  readonly $size?: SizeFilter | undefined
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

/** Tests of a list whose ids are part of the record. */
export interface StoredListFilter<Filter, Id> extends ListFilter<Filter> {
  /** The stored list has this id, visible or not. */
  readonly $contains?: Id | undefined
}

/** Combines filters. */
export interface Logic<Filter> {
  /** All of them; the empty list matches everything. */
  readonly $and?: readonly Filter[] | undefined
  /** At least one of them; the empty list matches nothing. */
  readonly $or?: readonly Filter[] | undefined
  /** The exact complement. */
  readonly $not?: Filter | undefined
}
