import type { AnyGraph, ModelName, ModelSpecOf } from './graph.js'
import type { Members } from './members.js'
import type { OrderBy } from './order.js'
import type { BaseRecord, HiddenRecord } from './record.js'
import type { AnyArray, AnyEnd, AnyObject, Shape, Spec } from './spec.js'
import type { TargetFilter, Where } from './where.js'

/** Which of a model's soft-deleted records are seen. */
export type Deleted = 'exclude' | 'include' | 'only'

/** How a node is loaded: with its parent in a join or an aggregate, or by a statement of its own. */
export type LoadStrategy = 'join' | 'aggregate' | 'batch'

/** Names of the fields a record shows without being asked. */
export type ShownField<G extends AnyGraph, N> = keyof BaseRecord<G, ModelSpecOf<G, N>, 'direct'> & string

/** Names of the fields a record shows only when asked. */
export type HiddenField<G extends AnyGraph, N> = keyof HiddenRecord<G, ModelSpecOf<G, N>, 'direct'> & string

/** What a result looks like. */
export interface Shaping<G extends AnyGraph, N extends ModelName<G>> {
  /** Exactly these fields are returned, besides revealed and populated ones, `$count` and `$link`. Not together with `omit`. */
  readonly select?: readonly ShownField<G, N>[] | undefined
  /** All but these fields are returned. */
  readonly omit?: readonly ShownField<G, N>[] | undefined
  /** Adds hidden fields. */
  readonly reveal?: readonly HiddenField<G, N>[] | undefined
  /** Replaces ids by the records they name, and shows other ends. */
  readonly populate?: Populate<G, N> | undefined
  /** Adds `$count`, the number of visible targets of to-many ends. */
  readonly count?: Count<G, N> | undefined
}

/** What a populated to-one end takes. */
export interface OneNode<G extends AnyGraph, N extends ModelName<G>> extends Shaping<G, N> {
  /** A target that does not match reads as null. */
  readonly where?: Where<G, N> | undefined
  /** Default `'exclude'`; `'inherit'` takes the parent's. */
  readonly deleted?: Deleted | 'inherit' | undefined
  /** Default: what the planner finds best for the node and the store. */
  readonly strategy?: LoadStrategy | undefined
}

/** What a populated to-many end takes; filter, order and limit are per parent. */
export interface ManyNode<G extends AnyGraph, E extends AnyEnd> extends Shaping<G, E['to'] & ModelName<G>> {
  readonly where?: TargetFilter<G, E> | undefined
  /** Default: ascending id, or the stored order of an ordered list. */
  readonly orderBy?: OrderBy<G, E['to'] & ModelName<G>, E['payload']> | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
  /** Default `'exclude'`; `'inherit'` takes the parent's. */
  readonly deleted?: Deleted | 'inherit' | undefined
  /** Default: what the planner finds best for the node and the store. */
  readonly strategy?: LoadStrategy | undefined
}

/** What populate takes for a member; inside embedded structures their members' names, no options of their own. */
type PopulateNode<G extends AnyGraph, S> = S extends AnyEnd
  ? true | ('many' extends S['traits'] ? ManyNode<G, S> : OneNode<G, S['to'] & ModelName<G>>)
  : S extends AnyObject
    ? EmbeddedTree<G, S['shape']>
    : S extends AnyArray
      ? PopulateNode<G, S['item'][Spec]>
      : never

type EmbeddedTree<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S as S[K][Spec]['populates'] extends true ? K : never]?: PopulateNode<G, S[K][Spec]>
}

/**
 * What to load with a record: `true` or a nested query for each end; inside embedded structures the member's name.
 *
 * @example
 * populate: { posts: { limit: 3, populate: { hashtags: true } }, items: { product: true } }
 */
export type Populate<G extends AnyGraph, N extends ModelName<G>> = PopulateTree<G, Members<G, N>>

type PopulateTree<G extends AnyGraph, M> = {
  readonly [K in keyof M as M[K] extends { readonly populates: true } ? K : never]?: PopulateNode<G, M[K]>
}

interface CountNode<Filter> {
  readonly where?: Filter | undefined
  /** Default `'exclude'`; `'inherit'` takes the parent's. */
  readonly deleted?: Deleted | 'inherit' | undefined
}

/** Which to-many ends to count. */
export type Count<G extends AnyGraph, N extends ModelName<G>> = CountTree<G, Members<G, N>>

type CountTree<G extends AnyGraph, M> = {
  readonly [K in keyof M as CountKey<K, M[K]>]?: M[K] extends AnyEnd
    ? true | CountNode<TargetFilter<G, M[K]>>
    : never
}

type CountKey<K, M> = M extends AnyEnd ? ('many' extends M['traits'] ? K : never) : never

/**
 * What `find` and its kin take.
 *
 * @example
 * await db.post.find({
 *   where: { author: { email: 'j@x.org' } },
 *   orderBy: { title: 'asc' },
 *   populate: { author: { select: ['name'] }, hashtags: true },
 *   limit: 20,
 * })
 */
export interface Query<G extends AnyGraph, N extends ModelName<G>> extends Shaping<G, N> {
  readonly where?: Where<G, N> | undefined
  /** Default: ascending id. */
  readonly orderBy?: OrderBy<G, N> | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
  /** Default `'exclude'`. */
  readonly deleted?: Deleted | undefined
  /** A cursor of `findPage`: what comes after it. Not together with `offset`. */
  readonly after?: string | undefined
  /** For every node that does not say otherwise. Default: what the planner finds best. */
  readonly strategy?: LoadStrategy | undefined
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}
