import type { AnyModelSpec, SystemOption } from './any-model.js'
import type { AnyEnd, HolderEnd } from './ends.js'
import type { AnyGraph, ModelSpecOf } from './graph.js'
import type { AnyManySpec, AnyOneSpec, AnySpec, IdSpec, ScalarSpec, Spec } from './spec.js'
import type { Intersect } from './utility.js'

/** Fields that model options add. */
export interface SystemFields {
  readonly softDelete: { readonly deletedAt: ScalarSpec<'date', Date, 'optional' | 'system'> }
  readonly timestamps: {
    readonly createdAt: ScalarSpec<'date', Date, 'system'>
    readonly updatedAt: ScalarSpec<'date', Date, 'system'>
  }
  readonly version: { readonly version: ScalarSpec<'integer', number, 'system'> }
}

/** The fields added to a model with these options. */
export type SystemFieldsOf<O extends SystemOption> = Intersect<SystemFields[O]>

/** Fields of a model that are no associations, with `id` and the added ones. */
type OwnFields<MS extends AnyModelSpec> = {
  readonly [
    K in keyof MS['shape'] as MS['shape'][K][Spec] extends AnyOneSpec | AnyManySpec ? never : K
  ]: MS['shape'][K][Spec]
} & { readonly id: IdSpec<MS['idKind'], MS['id']> } & SystemFieldsOf<MS['system']>

/** Ends of a model: those it declares and those that others declare on it. */
type OwnEnds<G extends AnyGraph, N, MS extends AnyModelSpec> = {
  readonly [
    K in keyof MS['shape'] & string as MS['shape'][K][Spec] extends AnyOneSpec | AnyManySpec ? K : never
  ]: HolderEnd<G[Spec]['models'], `${N & string}.${K}`, N, MS['shape'][K][Spec]>
}

type InverseEnds<G extends AnyGraph, N> = N extends keyof G[Spec]['inverses']
  ? { readonly [K in keyof G[Spec]['inverses'][N]]: G[Spec]['inverses'][N][K] }
  : unknown

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** Everything a record of the model has, by name: fields and ends. */
export type Members<G extends AnyGraph, N> = Flat<
  OwnFields<ModelSpecOf<G, N>> & OwnEnds<G, N, ModelSpecOf<G, N>> & InverseEnds<G, N>
>

/** The ends of a model, by name. */
export type Ends<G extends AnyGraph, N> = Flat<OwnEnds<G, N, ModelSpecOf<G, N>> & InverseEnds<G, N>>

/** An end of a model, or never. */
export type EndOf<G extends AnyGraph, N, K> = K extends keyof Ends<G, N>
  ? Ends<G, N>[K] extends infer E extends AnyEnd
    ? E
    : never
  : never

export type AnyMember = AnySpec | AnyEnd
