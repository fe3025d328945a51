import type { AnyEnd } from './ends.js'
import type { AnyGraph, ModelName, ModelSpecOf } from './graph.js'
import type { Members } from './members.js'
import type { BaseRecord, HiddenRecord, ShapeValue, Value, View } from './record.js'
import type { AnyArraySpec, AnyObjectSpec, AnyOneSpec, AnySpec, Shape, Spec } from './spec.js'
import type { Empty, Show } from './utility.js'

/** Does a node see live records only? Decides whether a required reference can read null (R21). */
export type LiveOf<Q, Parent extends boolean> = Q extends { readonly deleted: infer D }
  ? D extends 'exclude' | undefined
    ? true
    : D extends 'inherit'
      ? Parent
      : false
  : true

type Revealed<G extends AnyGraph, N, Q, V extends View> = Q extends {
  readonly reveal: readonly (infer K)[]
}
  ? Pick<HiddenRecord<G, ModelSpecOf<G, N>, V>, K & keyof HiddenRecord<G, ModelSpecOf<G, N>, V>>
  : unknown

type Base<G extends AnyGraph, N, V extends View> = BaseRecord<G, ModelSpecOf<G, N>, V>

/** The fields of a node, before populated names replace some of them. */
type Selected<G extends AnyGraph, N, Q, V extends View> = Revealed<G, N, Q, V> &
  (Q extends { readonly select: readonly (infer K)[] }
    ? Pick<Base<G, N, V>, K & keyof Base<G, N, V>>
    : Q extends { readonly omit: readonly (infer K extends PropertyKey)[] }
      ? Omit<Base<G, N, V>, K>
      : Base<G, N, V>)

type Counted<Q> = Q extends { readonly count: infer C }
  ? { $count: { -readonly [K in keyof C]: number } }
  : unknown

export type Populated<G extends AnyGraph, N, P, V extends View, Live extends boolean> = {
  -readonly [K in keyof P & keyof Members<G, N>]: Members<G, N>[K] extends infer M
    ? M extends AnyEnd
      ? LoadedEnd<G, M, P[K], V, Live>
      : M extends AnySpec
        ? LoadedEmbedded<G, M, P[K], V, Live>
        : never
    : never
}

/** A record as query `Q` loads it. */
export type LoadedNode<G extends AnyGraph, N, Q, V extends View, Live extends boolean> = Show<
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

type LoadedEnd<
  G extends AnyGraph,
  E extends AnyEnd,
  Q,
  V extends View,
  Live extends boolean,
> = 'many' extends E['traits']
  ? LoadedLink<G, E, Q, V, LiveOf<Q, Live>>[]
  :
      | LoadedNode<G, E['to'], Q, V, LiveOf<Q, Live>>
      | MaybeNull<'sure' extends E['traits'] ? true : false, Q, V, Live>

/** Null, unless nothing can hide the target. */
type MaybeNull<Sure extends boolean, Q, V extends View, Live extends boolean> = Sure extends true
  ? Live extends true
    ? V extends 'direct'
      ? Q extends { readonly where: object } | { readonly deleted: 'only' }
        ? null
        : never
      : null
    : null
  : null

type LoadedEmbedded<
  G extends AnyGraph,
  S extends AnySpec,
  P,
  V extends View,
  Live extends boolean,
> = S extends AnyOneSpec
  ? LoadedNode<G, S['to'], P, V, LiveOf<P, Live>> | MaybeNull<SureOf<S>, P, V, Live>
  : S extends AnyObjectSpec
    ? LoadedShape<G, S['shape'], P, V, Live> | NullOf<S>
    : S extends AnyArraySpec
      ? LoadedElement<G, S['item'][Spec], P, V, Live>[] | NullOf<S>
      : never

type NullOf<S extends AnySpec> = 'optional' extends S['flags'] ? null : never

/** An array of references leaves out the targets that cannot be seen. */
type LoadedElement<
  G extends AnyGraph,
  S extends AnySpec,
  P,
  V extends View,
  Live extends boolean,
> = S extends AnyOneSpec ? LoadedNode<G, S['to'], P, V, LiveOf<P, Live>> : LoadedEmbedded<G, S, P, V, Live>

type SureOf<S extends AnyOneSpec> = 'optional' extends S['flags']
  ? false
  : [S['onDelete']] extends ['restrict' | 'strong' | 'soft']
    ? true
    : false

type LoadedShape<G extends AnyGraph, S extends Shape, P, V extends View, Live extends boolean> = Show<{
  -readonly [K in keyof S as S[K][Spec]['shown'] extends true ? K : K & keyof P]: K extends keyof P
    ? LoadedEmbedded<G, S[K][Spec], P[K], V, Live>
    : Value<G, S[K][Spec], V>
}>

/**
 * The records a query returns.
 *
 * @example
 * type Author = Loaded<typeof graph, 'user', { populate: { posts: true } }>
 */
export type Loaded<G extends AnyGraph, N extends ModelName<G>, Q = Empty> = LoadedNode<
  G,
  N,
  Q,
  'direct',
  LiveOf<Q, true>
>
