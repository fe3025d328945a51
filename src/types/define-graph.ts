import type { Models } from './any-model.js'
import type { DbMembers, TransactionMembers } from './db.js'
import type { Inverses } from './ends.js'
import type { AnyGraph, Graph } from './graph.js'
import type { SystemFieldsOf } from './members.js'
import type { AnyArray, AnyAssociation, AnyObject, AnyThrough, Shape, Spec } from './spec.js'
import type { ValueOf } from './utility.js'

/** Names that `db` has for itself. */
type Reserved = keyof DbMembers<AnyGraph, 'direct'> | keyof TransactionMembers<AnyGraph>

/** Stands where a declaration is wrong; its text says what. */
export interface Fault<Message extends string> {
  readonly '~fault': Message
}

/** Faults of the members of a model or an embedded structure. */
type ShapeFaults<M extends Models, Place extends string, S extends Shape> = ValueOf<{
  [K in keyof S & string]: MemberFault<M, `${Place}.${K}`, S[K][Spec]>
}>

type MemberFault<M extends Models, Place extends string, S> = S extends AnyAssociation
  ?
      | TargetFault<M, Place, S['to'], S['inverse']>
      | (S extends AnyThrough ? ThroughFault<M, Place, S['through']> : never)
  : S extends AnyObject
    ? ShapeFaults<M, Place, S['shape']>
    : S extends AnyArray
      ? MemberFault<M, Place, S['item'][Spec]>
      : never

type TargetFault<M extends Models, Place extends string, To, Inverse extends string> = To extends keyof M &
  string
  ? [Inverse] extends [never]
    ? never
    : Inverse extends FieldName<M, To>
      ? Fault<`${Place}: its inverse '${Inverse}' is the name of a field of '${To}'`>
      : [End<M, To, Inverse>] extends [never]
        ? Fault<`${Place}: another association has the inverse '${Inverse}' on '${To}' too`>
        : never
  : Fault<`${Place}: there is no model '${To & string}'`>

type End<M extends Models, To, Inverse> = To extends keyof Inverses<M>
  ? Inverse extends keyof Inverses<M>[To]
    ? Inverses<M>[To][Inverse]
    : unknown
  : unknown

type FieldName<M extends Models, N extends keyof M> =
  | keyof M[N][Spec]['shape']
  | keyof SystemFieldsOf<M[N][Spec]['system']>
  | 'id'

type ThroughFault<M extends Models, Place extends string, Through extends string> = Through extends keyof M
  ? never
  : Fault<`${Place}: there is no model '${Through}' to go through`>

type NameFault<N> = N extends Reserved & string ? Fault<`'${N}' is a name of the database itself`> : never

/** What each model has to be: itself where it has no fault, and what it is not where it has. */
type CheckedModels<M extends Models> = {
  readonly [N in keyof M & string]: Unless<NameFault<N> | ShapeFaults<M, N, M[N][Spec]['shape']>>
}

type Unless<F> = [F] extends [never] ? unknown : F

/**
 * Makes the graph of all models, by name, and checks the whole of it: KIN_GRAPH_FAULTS lists every fault with model,
 * field and fix. An unknown target and an inverse that is a field's name are compile errors already.
 *
 * @example
 * export const graph = defineGraph({ user, post })
 */
export type DefineGraph = <const M extends Models>(models: M & CheckedModels<M>) => Graph<M>
