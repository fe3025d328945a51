import type { Models } from './any-model.js'
import type { NoPayload } from './associations.js'
import type { AnyManySpec, AnyOneSpec, AnySpec, Shape, Spec } from './spec.js'
import type { Intersect, ValueOf } from './utility.js'

/**
 * What is true of an end, seen from the record that has it:
 * `many` it is a list; `stored` its ids are part of the record; `optional` it may be unset;
 * `sure` nothing can hide the target of a live record (R21).
 */
export type Trait = 'many' | 'stored' | 'optional' | 'sure'

/**
 * One association seen from one model. `Association` is `holderModel.field`; `Back` is the reference that an inverse
 * end fills by itself.
 */
export interface End<
  Association extends string,
  To extends string,
  T extends Trait,
  Payload extends Shape,
  Back extends string,
> {
  readonly family: 'end'
  readonly association: Association
  readonly to: To
  readonly traits: T
  readonly payload: Payload
  readonly back: Back
}

export type AnyEnd = End<string, string, Trait, Shape, string>

/** The end that a reference or list makes on the model that declares it. */
export type HolderEnd<M, Association extends string, From, S extends AnySpec> = S extends AnyOneSpec
  ? End<Association, S['to'], 'stored' | ReferenceTrait<S>, NoPayload, never>
  : S extends AnyManySpec
    ? End<Association, S['to'], 'many' | ListTrait<S>, PayloadOf<M, From, S>, never>
    : never

type ReferenceTrait<S extends AnyOneSpec> = 'optional' extends S['flags']
  ? 'optional'
  : [S['onDelete']] extends ['restrict' | 'strong' | 'soft']
    ? 'sure'
    : never

type ListTrait<S extends AnyManySpec> = [S['inverse']] extends [never]
  ? S['symmetric'] extends true
    ? never
    : 'stored'
  : never

/** The end that an association makes on its target. */
type InverseEnd<
  M,
  Association extends string,
  From extends string,
  Field extends string,
  S extends AnySpec,
> = S extends AnyOneSpec
  ? End<
      Association,
      From,
      ('unique' extends S['flags'] ? never : 'many') | ('optional' extends S['flags'] ? 'optional' : never),
      NoPayload,
      Field
    >
  : S extends AnyManySpec
    ? End<Association, From, 'many', PayloadOf<M, From, S>, never>
    : never

/** Payload fields: the short form, or the members of the declared join model without its two references. */
type PayloadOf<M, From, S extends AnyManySpec> = [S['through']] extends [never]
  ? S['payload']
  : S['through'] extends infer Through extends keyof M
    ? M[Through] extends { readonly [spec in Spec]: { readonly shape: infer J extends Shape } }
      ? { readonly [K in keyof J as PayloadKey<K, J[K][Spec], From | S['to']>]: J[K] }
      : NoPayload
    : NoPayload

type PayloadKey<K, S, Ends> = K extends 'id'
  ? never
  : S extends { readonly family: 'one'; readonly to: Ends }
    ? never
    : K

/** One model's declared inverses, each as `{ [target]: { [inverse]: End } }`. */
type InversesFrom<M, From extends string, S extends Shape> = ValueOf<{
  [K in keyof S & string]: S[K][Spec] extends infer A extends AnyOneSpec | AnyManySpec
    ? [A['inverse']] extends [never]
      ? never
      : {
          readonly [To in A['to']]: {
            readonly [I in A['inverse']]: InverseEnd<M, `${From}.${K}`, From, K, A>
          }
        }
    : never
}>

/** Every inverse end of a graph, by model and name, computed once per graph. */
export type Inverses<M extends Models> = Intersect<
  | { readonly [N in keyof M]: unknown }
  | ValueOf<{ [N in keyof M & string]: InversesFrom<M, N, M[N][Spec]['shape']> }>
>
