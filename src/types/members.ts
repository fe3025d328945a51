import type { AnyModelSpec, Models, SystemOption } from './any-model.js'
import type { ThroughPayload } from './ends.js'
import type { AnyGraph, ModelSpecOf } from './graph.js'
import type { AnyThrough, EndSpec, IdSpec, ScalarSpec, Shape, Spec } from './spec.js'
import type { Intersect } from './utility.js'

/** Fields that model options add. */
interface SystemFields {
  readonly softDelete: { readonly deletedAt: ScalarSpec<'date', Date, 'optional' | 'system'> }
  readonly timestamps: {
    readonly createdAt: ScalarSpec<'date', Date, 'system'>
    readonly updatedAt: ScalarSpec<'date', Date, 'system'>
  }
  readonly version: { readonly version: ScalarSpec<'integer', number, 'system'> }
}

/** The fields added to a model with these options. */
export type SystemFieldsOf<O extends SystemOption> = Intersect<SystemFields[O]>

/** What a model declares. Payloads of declared join models are looked up, as a declaration knows their name only. */
type Declared<M extends Models, N extends string, S extends Shape> = {
  readonly [K in keyof S & string]: S[K][Spec] extends infer E extends AnyThrough
    ? EndSpec<`${N}.${K}`, E['to'], E['traits'], ThroughPayload<M, N, E>, never>
    : S[K][Spec]
}

/** Everything a record of a declared model has, by name, in graph `G` under the name `N`. */
export type MembersOf<G extends AnyGraph, N extends string, MS extends AnyModelSpec> = Flat<
  { readonly id: IdSpec<MS['idKind'], MS['id']> } & Declared<G[Spec]['models'], N, MS['shape']> &
    SystemFieldsOf<MS['system']> &
    (N extends keyof G[Spec]['inverses'] ? G[Spec]['inverses'][N] : unknown)
>

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** Everything a record of the model has, by name: descriptions of its fields and ends. */
export type Members<G extends AnyGraph, N extends string> = MembersOf<G, N, ModelSpecOf<G, N>>
