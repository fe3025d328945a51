import type { Codec, IdKind } from '../schema/graph.js'
import type { StandardSchema } from '../schema/standard-schema.js'
import type { UnknownGraph } from './graph.js'
import type { FieldInput, ShapeInput } from './input.js'
import type {
  ArraySpec,
  Flag,
  IdSpec,
  Member,
  ObjectSpec,
  ScalarKind,
  ScalarSpec,
  Shape,
  spec,
  Spec,
} from './spec.js'

/**
 * A field that holds one value. Modifiers return a new field and may be chained in any order:
 * `k.string().unique().description('sign-in name')`.
 */
export interface ScalarField<Kind extends ScalarKind, Value, F extends Flag = never> {
  readonly [spec]: ScalarSpec<Kind, Value, F>
  /** May be null; input may leave it out. */
  optional(): ScalarField<Kind, Value, F | 'optional'>
  /** No two records have the same value; any number of nulls, and with softDelete one live record per value. Not inside embedded arrays. */
  unique(): ScalarField<Kind, Value, F | 'unique'>
  /** The value of a record created without one; a function is called once per record. */
  default(value: Value | (() => Value)): ScalarField<Kind, Value, F | 'default'>
  /** Adds a database index. Not inside embedded arrays. */
  index(): ScalarField<Kind, Value, F>
  /** Never in a result unless the query reveals it. */
  hidden(): ScalarField<Kind, Value, F | 'hidden'>
  /** Set on create, refused in updates. */
  immutable(): ScalarField<Kind, Value, F | 'immutable'>
  /** Validates what is written with any Standard Schema (Zod, Valibot, ArkType, …). */
  check(schema: StandardSchema<Value, unknown>): ScalarField<Kind, Value, F>
  /** Words for people: OpenAPI, diagrams. */
  description(text: string): ScalarField<Kind, Value, F>
  /** Name of the column (SQL) or key (documents), and the codec of an adopted column. Default: the field's name. */
  column(name: string, codec?: Codec<Value>): ScalarField<Kind, Value, F>
}

/** The declaration of a model's `id`. Every model has one; undeclared it is `k.id.objectId()`. */
export interface IdField<Kind extends IdKind, Value extends string | number> {
  readonly [spec]: IdSpec<Kind, Value>
  /** Words for people: OpenAPI, diagrams. */
  description(text: string): IdField<Kind, Value>
  /** Name of the column (SQL) or key (documents). Default: `id`. */
  column(name: string, codec?: Codec<Value>): IdField<Kind, Value>
}

/** An embedded object: stored inside the record, replaced whole by an update. */
export interface ObjectField<S extends Shape, F extends Flag = never> {
  readonly [spec]: ObjectSpec<S, F>
  /** May be null; input may leave it out. */
  optional(): ObjectField<S, F | 'optional'>
  /** The value of a record created without one; a function is called once per record. */
  default(
    value: ShapeInput<UnknownGraph, S> | (() => ShapeInput<UnknownGraph, S>),
  ): ObjectField<S, F | 'default'>
  /** Never in a result unless the query reveals it. */
  hidden(): ObjectField<S, F | 'hidden'>
  /** Set on create, refused in updates. */
  immutable(): ObjectField<S, F | 'immutable'>
  /** Validates the whole object with any Standard Schema. */
  check(schema: StandardSchema<unknown>): ObjectField<S, F>
  /** Words for people: OpenAPI, diagrams. */
  description(text: string): ObjectField<S, F>
  /** Name of the column (SQL) or key (documents). Default: the field's name. */
  column(name: string): ObjectField<S, F>
}

/** An embedded array: stored inside the record in the order given, repetitions kept. Left out on create it is empty. */
export interface ArrayField<Item extends Member, F extends Flag = never> {
  readonly [spec]: ArraySpec<Item, F>
  /** May be null instead of empty. */
  optional(): ArrayField<Item, F | 'optional'>
  /** The value of a record created without one; a function is called once per record. */
  default(
    value:
      | readonly FieldInput<UnknownGraph, Item[Spec]>[]
      | (() => readonly FieldInput<UnknownGraph, Item[Spec]>[]),
  ): ArrayField<Item, F | 'default'>
  /** Never in a result unless the query reveals it. */
  hidden(): ArrayField<Item, F | 'hidden'>
  /** Set on create, refused in updates. */
  immutable(): ArrayField<Item, F | 'immutable'>
  /** Validates the whole array with any Standard Schema. */
  check(schema: StandardSchema<unknown>): ArrayField<Item, F>
  /** Words for people: OpenAPI, diagrams. */
  description(text: string): ArrayField<Item, F>
  /** Name of the column (SQL) or key (documents). Default: the field's name. */
  column(name: string): ArrayField<Item, F>
}
