import type { Graph as CompiledGraph } from '../schema/graph.js'
import type { Models } from './any-model.js'
import type { Inverses } from './ends.js'
import type { spec, Spec } from './spec.js'

/** Facts about a graph that every other type looks up. */
export interface GraphSpec<M extends Models> {
  readonly models: M
  readonly ids: { readonly [N in keyof M]: M[N][Spec]['id'] }
  readonly inverses: Inverses<M>
}

/** What `defineGraph` returns: the compiled, frozen graph, which also knows its models' types. */
export interface Graph<M extends Models> extends CompiledGraph {
  readonly [spec]: GraphSpec<M>
}

export interface AnyGraph {
  readonly [spec]: {
    readonly models: Models
    readonly ids: { readonly [name: string]: string | number }
    readonly inverses: unknown
  }
}

/** Names of a graph's models. */
export type ModelName<G extends AnyGraph> = keyof G[Spec]['models'] & string

/** What is known of one model of a graph. */
export type ModelSpecOf<G extends AnyGraph, N> = N extends keyof G[Spec]['models']
  ? G[Spec]['models'][N][Spec]
  : never

/** The type of a model's ids. */
export type IdOf<G extends AnyGraph, N> = N extends keyof G[Spec]['ids'] ? G[Spec]['ids'][N] : string | number

/** Stands for the graph where only one model is known: ids of other models may be of any kind. */
export type UnknownGraph = AnyGraph
