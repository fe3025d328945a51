import type { Models } from './any-model.js'
import type { AnyAssociation, AnyThrough, EndSpec, Shape, Spec } from './spec.js'
import type { Intersect, ValueOf } from './utility.js'

/** Payload fields of pairs that are records of a declared model: its members without the two references. */
export type ThroughPayload<M extends Models, From, S extends AnyThrough> = S['through'] extends keyof M
  ? PairFields<M[S['through']][Spec]['shape'], 'id' | S['near'] | S['far'], UnnamedSides<From, S>>
  : {}

type PairFields<S extends Shape, Named, Sides> = {
  readonly [K in keyof S as K extends Named ? never : PayloadKey<K, S[K][Spec], Sides>]: S[K]
}

/** Targets of the references that are not named: they are found by what they refer to. */
type UnnamedSides<From, S extends AnyThrough> =
  | ([S['near']] extends [never] ? From : never)
  | ([S['far']] extends [never] ? S['to'] : never)

/** Lists have no place in a payload, nor have the two references. */
type PayloadKey<K, S, Sides> = S extends {
  readonly family: 'end'
  readonly to: infer To
  readonly traits: infer T
}
  ? 'many' extends T
    ? never
    : To extends Sides
      ? never
      : K
  : K

type InverseEnd<
  M extends Models,
  From extends string,
  Field extends string,
  S extends AnyAssociation,
> = 'many' extends S['traits']
  ? EndSpec<
      `${From}.${Field}`,
      From,
      'many',
      S extends AnyThrough ? ThroughPayload<M, From, S> : S['payload'],
      never
    >
  : EndSpec<
      `${From}.${Field}`,
      From,
      ('unique' extends S['traits'] ? 'unique' : 'many') | Extract<S['traits'], 'optional'>,
      {},
      Field
    >

/** One model's declared inverses, each as `{ [target]: { [inverse]: End } }`. */
type InversesFrom<M extends Models, From extends string, S extends Shape> = ValueOf<{
  [K in keyof S & string]: S[K][Spec] extends infer A extends AnyAssociation
    ? [A['inverse']] extends [never]
      ? never
      : { readonly [To in A['to']]: { readonly [I in A['inverse']]: InverseEnd<M, From, K, A> } }
    : never
}>

/** Every inverse end of a graph, by model and name, computed once per graph. */
export type Inverses<M extends Models> = Intersect<
  | { readonly [N in keyof M]: unknown }
  | ValueOf<{ [N in keyof M & string]: InversesFrom<M, N, M[N][Spec]['shape']> }>
>
