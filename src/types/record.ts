import type { AnyModel, AnyModelSpec } from './any-model.js'
import type { AnyGraph, IdOf, ModelName, ModelSpecOf, UnknownGraph } from './graph.js'
import type { SystemFieldsOf } from './members.js'
import type { AnyArray, AnyEnd, AnyObject, AnyScalar, NullOf, Shape, Spec } from './spec.js'
import type { Show } from './utility.js'

/** Whose eyes a result is read with: on a scoped database any reference may read null (R21, R35). */
export type View = 'direct' | 'scoped'

/** The value of a member as records show it. */
export type Value<G extends AnyGraph, S, V extends View> = S extends AnyScalar
  ? S['value'] | NullOf<S>
  : S extends AnyEnd
    ? 'many' extends S['traits']
      ? IdOf<G, S['to']>[]
      : IdOf<G, S['to']> | NullOf<S> | (V extends 'scoped' ? null : never)
    : S extends AnyObject
      ? Show<ShapeValue<G, S['shape'], V>> | NullOf<S>
      : S extends AnyArray
        ? ElementValue<G, S['item'][Spec], V>[] | NullOf<S>
        : unknown

/** Lists leave out what a scope hides, so their references are never null. */
type ElementValue<G extends AnyGraph, S, V extends View> = S extends AnyEnd
  ? IdOf<G, S['to']>
  : Value<G, S, V>

/** An embedded object or a payload as records show it. */
export type ShapeValue<G extends AnyGraph, S extends Shape, V extends View> = {
  -readonly [K in keyof S as S[K][Spec]['visibility'] extends 'shown' ? K : never]: Value<G, S[K][Spec], V>
}

type SpecValues<G extends AnyGraph, F> = {
  -readonly [K in keyof F]: Value<G, F[K], 'direct'>
}

/** A record without anything asked for: visible fields, ids of references and of one-sided lists. */
export type BaseRecord<G extends AnyGraph, MS extends AnyModelSpec, V extends View> = Show<
  { id: MS['id'] } & ShapeValue<G, MS['shape'], V> & SpecValues<G, SystemFieldsOf<MS['system']>>
>

/** The hidden fields of a model, as `reveal` shows them. */
export type HiddenRecord<G extends AnyGraph, MS extends AnyModelSpec, V extends View> = HiddenValues<
  G,
  MS['shape'],
  V
>

type HiddenValues<G extends AnyGraph, S extends Shape, V extends View> = {
  -readonly [K in keyof S as S[K][Spec]['visibility'] extends 'hidden' ? K : never]: Value<G, S[K][Spec], V>
}

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
