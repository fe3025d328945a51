import type { Exact } from './exact.js'
import type { AnyGraph, IdOf, ModelName, ModelSpecOf } from './graph.js'
import type { Handles } from './handles.js'
import type { CreateInput, FlatChanges, FlatInput, UniqueKey, UpdateInput, UpdateManyInput } from './input.js'
import type { LiveOf, LoadedNode, Populated } from './loaded.js'
import type { Deleted, LoadStrategy, Populate, Query, Shaping } from './query.js'
import type { View } from './record.js'
import type { DeletePlan, DeleteReport, Explanation, Page, RestoreReport } from './reports.js'
import type { Show } from './utility.js'
import type { Where } from './where.js'

/** What `findById` takes: a query without conditions. */
export interface RecordQuery<G extends AnyGraph, N extends ModelName<G>> extends Shaping<G, N> {
  /** Default `'exclude'`. */
  readonly deleted?: Deleted | undefined
  /** For every node that does not say otherwise. Default: what the planner finds best. */
  readonly strategy?: LoadStrategy | undefined
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}

/** What `findPage` takes: a query with `offset` or `after`; `limit` is the size of a page, 20 unless given. */
export interface PageQuery<G extends AnyGraph, N extends ModelName<G>> extends Query<G, N> {
  /** Also counts all records; one statement more. */
  readonly total?: boolean | undefined
}

/** What `count` and `exists` take. */
export interface CountQuery<G extends AnyGraph, N extends ModelName<G>> {
  readonly where?: Where<G, N> | undefined
  /** Default `'exclude'`. */
  readonly deleted?: Deleted | undefined
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}

/** Shape of the record a write returns: as `findById` gives it. */
export interface WriteOptions<G extends AnyGraph, N extends ModelName<G>> extends Shaping<G, N> {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}

/** Options of `update`; `ifVersion` on models with `version: true`. */
export type UpdateOptions<G extends AnyGraph, N extends ModelName<G>> = WriteOptions<G, N> &
  ('version' extends ModelSpecOf<G, N>['system'] ? VersionOption : unknown)

interface VersionOption {
  /** Refuses with KIN_VERSION_CONFLICT unless the record still has this version. */
  readonly ifVersion?: number | undefined
}

export interface DeleteOptions {
  /** Removes the record for good, on a model with softDelete too. Default: false, or as planned. */
  readonly hard?: boolean | undefined
  /** What `planDelete` gave: KIN_PLAN_STALE where the delete would do anything else by now. */
  readonly plan?: Pick<DeletePlan, 'hash' | 'hard'> | undefined
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined
}

/** Records to be deleted: those with these ids, those that match, or those of the ids that match. */
export interface DeleteChoice<G extends AnyGraph, N extends ModelName<G>> {
  readonly where?: Where<G, N> | undefined
  readonly ids?: readonly IdOf<G, N>[] | undefined
}

type Result<G extends AnyGraph, N extends string, Q, V extends View> = LoadedNode<G, N, Q, V, LiveOf<Q, true>>

/** A record with the ends of a populate tree put in. */
type WithPopulated<G extends AnyGraph, N extends string, R, P, V extends View> = Show<
  Omit<R, keyof P> & Populated<G, N, P, V, false>
>

// `in out`: repositories of different graphs have nothing to do with each other. Without it the compiler works that out
// by comparing every method of one with every method of the other, the first time a transaction's callback is checked.
/**
 * The records of one model: `db.user`. What is wrong with a query is told before any statement is sent, with the place in
 * the query: KIN_UNKNOWN_OPTION, KIN_UNKNOWN_FIELD, KIN_UNKNOWN_OPERATOR, KIN_UNKNOWN_ASSOCIATION, KIN_INVALID_QUERY,
 * KIN_INVALID_VALUE, KIN_INVALID_ID.
 */
export interface Repository<
  in out G extends AnyGraph,
  in out N extends ModelName<G>,
  in out V extends View = 'direct',
> {
  /**
   * Records that match, by ascending id unless ordered. One statement, or one more for each populated node that is not
   * loaded with its parent.
   *
   * @example
   * await db.post.find({ where: { author: { email: 'j@x.org' } }, orderBy: { title: 'asc' }, populate: { author: true } })
   */
  find<const Q extends Query<G, N> = {}>(query?: Exact<Q, Query<G, N>>): Promise<Result<G, N, Q, V>[]>
  /** The first record that matches, or null. */
  findOne<const Q extends Query<G, N> = {}>(query?: Exact<Q, Query<G, N>>): Promise<Result<G, N, Q, V> | null>
  /** The record with this id, or null where it is absent or hidden. */
  findById<const Q extends RecordQuery<G, N> = {}>(
    id: IdOf<G, N>,
    query?: Exact<Q, RecordQuery<G, N>>,
  ): Promise<Result<G, N, Q, V> | null>
  /**
   * One page of records: by `offset`, or after a cursor, which stays right while records are added and removed.
   *
   * @example
   * const first = await db.post.findPage({ orderBy: { title: 'asc' }, limit: 10 })
   * const second = await db.post.findPage({ orderBy: { title: 'asc' }, limit: 10, after: first.next ?? undefined })
   */
  findPage<const Q extends PageQuery<G, N> = {}>(
    query?: Exact<Q, PageQuery<G, N>>,
  ): Promise<Page<Result<G, N, Q, V>>>
  /** How many records match. */
  count(query?: CountQuery<G, N>): Promise<number>
  /** Does any record match? */
  exists(query?: CountQuery<G, N>): Promise<boolean>
  /** The records that match, read in batches (500 unless given) with bounded memory. */
  stream<const Q extends Query<G, N> = {}>(
    query?: Exact<Q, Query<G, N>>,
    options?: { readonly batch?: number | undefined },
  ): AsyncIterable<Result<G, N, Q, V>>
  /** New records with a populate tree loaded into them; only their `id` is read. */
  populate<R extends { readonly id: IdOf<G, N> }, const P extends Populate<G, N>>(
    records: readonly R[],
    tree: Exact<P, Populate<G, N>>,
  ): Promise<WithPopulated<G, N, R, P, V>[]>
  /** A new record with a populate tree loaded into it; only its `id` is read. */
  populate<R extends { readonly id: IdOf<G, N> }, const P extends Populate<G, N>>(
    record: R,
    tree: Exact<P, Populate<G, N>>,
  ): Promise<WithPopulated<G, N, R, P, V>>
  /** How `find` would carry out this query; sends nothing. */
  explain(query?: Query<G, N>): Promise<Explanation>

  /**
   * Creates a record with everything nested in it, in one transaction, and returns it as `findById` would.
   * KIN_VALIDATION, KIN_UNIQUE, KIN_ONE_TAKEN, KIN_TARGET_NOT_FOUND.
   *
   * @example
   * await db.user.create({ name: 'Jane', email: 'j@x.org', posts: [{ title: 'Hello' }] }, { populate: { posts: true } })
   */
  create<const Q extends WriteOptions<G, N> = {}>(
    data: CreateInput<G, N>,
    options?: Exact<Q, WriteOptions<G, N>>,
  ): Promise<Result<G, N, Q, V>>
  /** Creates all or none of the records; returns them in the order given. */
  createMany<const Q extends WriteOptions<G, N> = {}>(
    list: readonly CreateInput<G, N>[],
    options?: Exact<Q, WriteOptions<G, N>>,
  ): Promise<Result<G, N, Q, V>[]>
  /** Changes a record; KIN_NOT_FOUND where it is absent or hidden. */
  update<const Q extends UpdateOptions<G, N> = {}>(
    id: IdOf<G, N>,
    data: UpdateInput<G, N>,
    options?: Exact<Q, UpdateOptions<G, N>>,
  ): Promise<Result<G, N, Q, V>>
  /** Sets values and non-unique references of every record that matches (all without `where`). */
  updateMany(change: {
    readonly where?: Where<G, N> | undefined
    readonly data: UpdateManyInput<G, N>
    readonly signal?: AbortSignal | undefined
  }): Promise<{ readonly count: number }>
  /**
   * Updates the record with this unique key, or creates it; safe under concurrency. Takes no nested data. Parts of the key
   * that `create` leaves out are taken from `where`.
   *
   * @example
   * await db.user.upsert({ where: { email: 'j@x.org' }, create: { name: 'Jane' }, update: { name: 'Jane' } })
   */
  upsert<const K extends UniqueKey<G, N>, const Q extends WriteOptions<G, N> = {}>(
    change: {
      /** The id, the value of a unique field, or all values of a composite unique key. */
      readonly where: Exact<K, UniqueKey<G, N>>
      readonly create: Omit<FlatInput<G, N>, keyof K> &
        Partial<Pick<FlatInput<G, N>, keyof K & keyof FlatInput<G, N>>>
      readonly update: FlatChanges<G, N>
    },
    options?: Exact<Q, WriteOptions<G, N>>,
  ): Promise<{ readonly record: Result<G, N, Q, V>; readonly created: boolean }>
  /** The first record that matches, or a new one. */
  findOrCreate<const Q extends WriteOptions<G, N> = {}>(
    change: { readonly where: Where<G, N>; readonly create: CreateInput<G, N> },
    options?: Exact<Q, WriteOptions<G, N>>,
  ): Promise<{ readonly record: Result<G, N, Q, V>; readonly created: boolean }>
  /**
   * Deletes a record, softly on a model with softDelete, and follows the ties. KIN_NOT_FOUND, KIN_RESTRICTED (with the
   * blockers), KIN_PLAN_STALE.
   */
  delete(id: IdOf<G, N>, options?: DeleteOptions): Promise<DeleteReport>
  /** Deletes the records with these ids, or all that match; one closure, one transaction. */
  deleteMany(choice: DeleteOptions & DeleteChoice<G, N>): Promise<DeleteReport>
  /**
   * What a delete would do; nothing is written. Printed, the plan is a tree.
   *
   * @example
   * const plan = await db.user.planDelete(id)
   * if (!plan.irreversible) await db.user.delete(id, { plan })
   */
  planDelete(
    choice: IdOf<G, N> | DeleteChoice<G, N>,
    options?: Pick<DeleteOptions, 'hard' | 'signal'>,
  ): Promise<DeletePlan>
  /**
   * Undoes the soft delete of a record: everything that went with it comes back, references and embedded elements are
   * put back where their place is still free. KIN_RESTORE_REFUSED where the record itself cannot return.
   */
  restore(id: IdOf<G, N>, options?: { readonly signal?: AbortSignal | undefined }): Promise<RestoreReport>
  /** Removes for good what was soft-deleted before a date, as a hard delete does; `db.purge` does so for all models. */
  purge(options: { readonly before: Date; readonly signal?: AbortSignal | undefined }): Promise<DeleteReport>

  /** Handles of one record's ends and embedded arrays: `db.user.at(id).groups.add(groupId)`. Reads nothing by itself. */
  at(id: IdOf<G, N>): Handles<G, N, V>
}
