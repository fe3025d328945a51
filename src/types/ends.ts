import type { Models } from './any-model.js'
import type { AnyEnd, AnyThrough, EndSpec, Shape, Spec } from './spec.js'
import type { Intersect, ValueOf } from './utility.js'

/** Payload fields of pairs that are records of a declared model: its members without the two references. */
export type ThroughPayload<M, From, S extends AnyThrough> = S['through'] extends infer Through extends keyof M
  ? M[Through] extends { readonly [spec in Spec]: { readonly shape: infer J extends Shape } }
    ? {
        readonly [
          K in keyof J as K extends 'id' | S['near'] | S['far']
            ? never
            : PayloadKey<
                K,
                J[K][Spec],
                ([S['near']] extends [never] ? From : never) | ([S['far']] extends [never] ? S['to'] : never)
              >
        ]: J[K]
      }
    : {}
  : {}

/** Lists have no place in a payload, and the two references are found by their targets unless they are named. */
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

/** An association that makes an end on its target. */
interface Inverted extends AnyEnd {
  readonly inverse: string
}

type InverseEnd<M, From extends string, Field extends string, S extends Inverted> = 'many' extends S['traits']
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
type InversesFrom<M, From extends string, S extends Shape> = ValueOf<{
  [K in keyof S & string]: S[K][Spec] extends infer A extends Inverted
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
