import type { AnyModel, AnyModelSpec } from './any-model.js'
import type { AnyGraph, IdOf, ModelName, ModelSpecOf, UnknownGraph } from './graph.js'
import type { SystemFieldsOf } from './members.js'
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
import type { Show } from './utility.js'

/** Whose eyes a result is read with: on a scoped database any reference may read null (R21, R35). */
export type View = 'direct' | 'scoped'

type NullOf<S extends AnySpec> = 'optional' extends S['flags'] ? null : never

/** The value of a field as records show it. */
export type Value<G extends AnyGraph, S extends AnySpec, V extends View> = S extends AnyScalarSpec
  ? S['value'] | NullOf<S>
  : S extends AnyOneSpec
    ? IdOf<G, S['to']> | NullOf<S> | (V extends 'scoped' ? null : never)
    : S extends AnyManySpec
      ? IdOf<G, S['to']>[]
      : S extends AnyObjectSpec
        ? ShapeValue<G, S['shape'], V> | NullOf<S>
        : S extends AnyArraySpec
          ? ElementValue<G, S['item'][Spec], V>[] | NullOf<S>
          : unknown

/** Lists leave out what a scope hides, so their references are never null. */
type ElementValue<G extends AnyGraph, S extends AnySpec, V extends View> = S extends AnyOneSpec
  ? IdOf<G, S['to']>
  : Value<G, S, V>

/** An embedded object or a payload as records show it. */
export type ShapeValue<G extends AnyGraph, S extends Shape, V extends View> = {
  -readonly [K in keyof S as ShownKey<K, S[K][Spec]>]: Value<G, S[K][Spec], V>
}

type ShownKey<K, S extends AnySpec> = S['shown'] extends true ? K : never

type SpecValues<G extends AnyGraph, F> = {
  -readonly [K in keyof F]: F[K] extends AnySpec ? Value<G, F[K], 'direct'> : never
}

/** A record without anything asked for: visible fields, ids of references and of one-sided lists. */
export type BaseRecord<G extends AnyGraph, MS extends AnyModelSpec, V extends View> = Show<
  { id: MS['id'] } & ShapeValue<G, Omit<MS['shape'], 'id'>, V> & SpecValues<G, SystemFieldsOf<MS['system']>>
>

/** The hidden fields of a model, as `reveal` shows them. */
export type HiddenRecord<G extends AnyGraph, MS extends AnyModelSpec, V extends View> = {
  -readonly [
    K in keyof MS['shape'] as 'hidden' extends MS['shape'][K][Spec]['flags']
      ? MS['shape'][K][Spec] extends AnyManySpec
        ? ListedKey<K, MS['shape'][K][Spec]>
        : K
      : never
  ]: Value<G, MS['shape'][K][Spec], V>
}

type ListedKey<K, S extends AnyManySpec> = [S['inverse']] extends [never]
  ? S['symmetric'] extends true
    ? never
    : K
  : never

/**
 * A record as `find` returns it when nothing else is asked for: `id`, visible fields, ids of references and of
 * one-sided lists.
 *
 * @example
 * type User = RecordOf<typeof graph, 'user'>   // exact
 * type Post = RecordOf<typeof post>            // a model alone: ids of references are string | number
 */
export type RecordOf<
  T extends AnyGraph | AnyModel,
  N extends (T extends AnyGraph ? ModelName<T> : never) = never,
> = T extends AnyGraph
  ? BaseRecord<T, ModelSpecOf<T, N>, 'direct'>
  : T extends AnyModel
    ? BaseRecord<UnknownGraph, T[Spec], 'direct'>
    : never
