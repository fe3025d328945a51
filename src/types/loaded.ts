import type { AnyGraph, ModelName, ModelSpecOf } from './graph.js'
import type { Members } from './members.js'
import type { BaseRecord, HiddenRecord, ShapeValue, Value, View } from './record.js'
import type { AnyArray, AnyEnd, AnyObject, NullOf, Shape, Spec } from './spec.js'
import type { Show } from './utility.js'

/** What a query says about an option. Where the query is known by its type only, that may be several things. */
type Option<Q, K> = K extends keyof Q ? Q[K] : undefined

/** Does a node see live records only? Decides whether a required reference can read null (R21). */
export type LiveOf<Q, Parent extends boolean> =
  Option<Q, 'deleted'> extends infer D
    ? D extends 'exclude' | undefined
      ? true
      : D extends 'inherit'
        ? Parent
        : false
    : never

/** The fields of a node, before populated names replace some of them. */
type Selected<G extends AnyGraph, N extends string, Q, V extends View> = Narrowed<
  BaseRecord<G, ModelSpecOf<G, N>, V>,
  Option<Q, 'select'>,
  Option<Q, 'omit'>
> &
  Revealed<HiddenRecord<G, ModelSpecOf<G, N>, V>, Option<Q, 'reveal'>>

type Narrowed<Base, Select, Omitted> = [Select, Omitted] extends [undefined, undefined]
  ? Base
  : Select extends readonly (infer K extends keyof Base)[]
    ? Pick<Base, K>
    : [Select, Omitted] extends [undefined, readonly (infer K extends PropertyKey)[]]
      ? Omit<Base, K>
      : Partial<Base>

type Revealed<Hidden, Reveal> = [Reveal] extends [undefined]
  ? unknown
  : [Reveal] extends [readonly (infer K extends keyof Hidden)[]]
    ? Pick<Hidden, K>
    : Partial<Hidden>

type Counted<Count> = [Count] extends [undefined]
  ? unknown
  : undefined extends Count
    ? { $count?: Numbers<NonNullable<Count>> }
    : { $count: Numbers<Count> }

type Numbers<Count> = { -readonly [K in keyof Count]: number }

export type Populated<
  G extends AnyGraph,
  N extends string,
  P,
  V extends View,
  Live extends boolean,
> = PopulatedMembers<G, Members<G, N>, P, V, Live>

type PopulatedMembers<G extends AnyGraph, M, P, V extends View, Live extends boolean> = {
  -readonly [K in keyof P & keyof M]: undefined extends P[K] ? unknown : LoadedMember<G, M[K], P[K], V, Live>
}

/** A record as query `Q` loads it. What may or may not be populated is of no known type. */
export type LoadedNode<G extends AnyGraph, N extends string, Q, V extends View, Live extends boolean> = Show<
  // `infer` in place: the same as a type of its own costs half as many instantiations again.
  Option<Q, 'populate'> extends infer P
    ? ([P] extends [undefined]
        ? Selected<G, N, Q, V>
        : undefined extends P
          ? Omit<Selected<G, N, Q, V>, keyof NonNullable<P>> & { [K in keyof NonNullable<P>]?: unknown }
          : Omit<Selected<G, N, Q, V>, keyof P> & Populated<G, N, P, V, Live>) &
        Counted<Option<Q, 'count'>>
    : never
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

/** What a member is in a record that was populated with `Q` there. */
export type LoadedMember<G extends AnyGraph, S, Q, V extends View, Live extends boolean> = S extends AnyEnd
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
      ? Option<Q, 'where'> extends undefined
        ? Extract<Option<Q, 'deleted'>, 'only'> extends never
          ? never
          : null
        : null
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
