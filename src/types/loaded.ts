import type { AnyGraph, ModelName, ModelSpecOf } from './graph.js'
import type { Members } from './members.js'
import type { BaseRecord, HiddenRecord, ShapeValue, Value, View } from './record.js'
import type { AnyArray, AnyEnd, AnyObject, NullOf, Shape, Spec } from './spec.js'
import type { Show } from './utility.js'

/** Does a node see live records only? Decides whether a required reference can read null (R21). */
export type LiveOf<Q, Parent extends boolean> = Q extends { readonly deleted: infer D }
  ? D extends 'exclude' | undefined
    ? true
    : D extends 'inherit'
      ? Parent
      : false
  : true

type Revealed<G extends AnyGraph, N extends string, Q, V extends View> = Q extends {
  readonly reveal: readonly (infer K)[]
}
  ? Pick<HiddenRecord<G, ModelSpecOf<G, N>, V>, K & keyof HiddenRecord<G, ModelSpecOf<G, N>, V>>
  : unknown

type Base<G extends AnyGraph, N extends string, V extends View> = BaseRecord<G, ModelSpecOf<G, N>, V>

/** The fields of a node, before populated names replace some of them. */
type Selected<G extends AnyGraph, N extends string, Q, V extends View> = Revealed<G, N, Q, V> &
  (Q extends { readonly select: readonly (infer K)[] }
    ? Pick<Base<G, N, V>, K & keyof Base<G, N, V>>
    : Q extends { readonly omit: readonly (infer K extends PropertyKey)[] }
      ? Omit<Base<G, N, V>, K>
      : Base<G, N, V>)

type Counted<Q> = Q extends { readonly count: infer C }
  ? { $count: { -readonly [K in keyof C]: number } }
  : unknown

export type Populated<
  G extends AnyGraph,
  N extends string,
  P,
  V extends View,
  Live extends boolean,
> = PopulatedMembers<G, Members<G, N>, P, V, Live>

type PopulatedMembers<G extends AnyGraph, M, P, V extends View, Live extends boolean> = {
  -readonly [K in keyof P & keyof M]: LoadedMember<G, M[K], P[K], V, Live>
}

/** A record as query `Q` loads it. */
export type LoadedNode<G extends AnyGraph, N extends string, Q, V extends View, Live extends boolean> = Show<
  Q extends { readonly populate: infer P }
    ? Omit<Selected<G, N, Q, V>, keyof P> & Populated<G, N, P, V, Live> & Counted<Q>
    : Selected<G, N, Q, V> & Counted<Q>
>

/** An entry of a list: the target, and its pairing's payload. */
export type LoadedLink<
  G extends AnyGraph,
  E extends AnyEnd,
  Q,
  V extends View,
  Live extends boolean,
> = keyof E['payload'] extends never
  ? LoadedNode<G, E['to'], Q, V, Live>
  : Show<LoadedNode<G, E['to'], Q, V, Live> & { $link: Show<ShapeValue<G, E['payload'], V>> }>

type LoadedMember<G extends AnyGraph, S, Q, V extends View, Live extends boolean> = S extends AnyEnd
  ? 'many' extends S['traits']
    ? LoadedLink<G, S, Q, V, LiveOf<Q, Live>>[]
    : LoadedNode<G, S['to'], Q, V, LiveOf<Q, Live>> | MaybeNull<S['traits'], Q, V, Live>
  : S extends AnyObject
    ? LoadedShape<G, S['shape'], Q, V, Live> | NullOf<S>
    : S extends AnyArray
      ? LoadedElement<G, S['item'][Spec], Q, V, Live>[] | NullOf<S>
      : never

/** Null, unless nothing can hide the target. */
type MaybeNull<T, Q, V extends View, Live extends boolean> = 'sure' extends T
  ? Live extends true
    ? V extends 'direct'
      ? Q extends { readonly where: object } | { readonly deleted: 'only' }
        ? null
        : never
      : null
    : null
  : null

/** An array of references leaves out the targets that cannot be seen. */
type LoadedElement<G extends AnyGraph, S, Q, V extends View, Live extends boolean> = S extends AnyEnd
  ? LoadedNode<G, S['to'], Q, V, LiveOf<Q, Live>>
  : LoadedMember<G, S, Q, V, Live>

type LoadedShape<G extends AnyGraph, S extends Shape, P, V extends View, Live extends boolean> = Show<{
  -readonly [K in keyof S as S[K][Spec]['visibility'] extends 'shown' ? K : K & keyof P]: K extends keyof P
    ? LoadedMember<G, S[K][Spec], P[K], V, Live>
    : Value<G, S[K][Spec], V>
}>

/**
 * The records a query returns.
 *
 * @example
 * type Author = Loaded<typeof graph, 'user', { populate: { posts: true } }>
 */
export type Loaded<G extends AnyGraph, N extends ModelName<G>, Q = {}> = LoadedNode<
  G,
  N,
  Q,
  'direct',
  LiveOf<Q, true>
>
