import type { Exact } from './exact.js'
import type { AnyGraph, IdOf, ModelName } from './graph.js'
import type { NewTarget, PayloadChanges, ShapeInput, Target } from './input.js'
import type { LiveOf, LoadedLink, LoadedMember, LoadedNode } from './loaded.js'
import type { Members } from './members.js'
import type { Deleted, ManyNode, OneNode } from './query.js'
import type { View } from './record.js'
import type { LinkReport } from './reports.js'
import type { AnyArray, AnyEnd, AnyObject, Shape, Spec } from './spec.js'
import type { OneOrMany } from './utility.js'
import type { ShapeFilter, TargetFilter } from './where.js'

/** A payload argument: absent without payload fields, required where one of them is. */
type PayloadArgument<G extends AnyGraph, Payload extends Shape> = keyof Payload extends never
  ? []
  : {} extends ShapeInput<G, Payload>
    ? [payload?: ShapeInput<G, Payload>]
    : [payload: ShapeInput<G, Payload>]

type ChangesArgument<G extends AnyGraph, Payload extends Shape> = keyof Payload extends never
  ? []
  : [payload?: PayloadChanges<G, Payload>]

type Created<G extends AnyGraph, E extends AnyEnd, V extends View> = LoadedNode<G, E['to'], {}, V, true>

/** Query of a handle's list. */
type ListQuery<G extends AnyGraph, E extends AnyEnd> = Omit<ManyNode<G, E>, 'deleted'> & {
  readonly deleted?: Deleted | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * One record's to-many end. Every method fails with KIN_NOT_FOUND where that record is absent or hidden.
 *
 * @example
 * await db.user.at(id).groups.add(groupId, { joinedAt: new Date() })
 */
export interface ManyHandle<G extends AnyGraph, E extends AnyEnd, V extends View> {
  /** The targets, shaped by a query like a populated end's; with `$link` where the pairing has a payload. */
  list<const Q extends ListQuery<G, E> = {}>(
    query?: Exact<Q, ListQuery<G, E>>,
  ): Promise<LoadedLink<G, E, Q, V, LiveOf<Q, true>>[]>
  /** How many targets are visible and match. */
  count(query?: {
    readonly where?: TargetFilter<G, E> | undefined
    readonly deleted?: Deleted | undefined
    readonly signal?: AbortSignal | undefined
  }): Promise<number>
  /** Is this a visible target? */
  has(target: IdOf<G, E['to']> | { readonly id: IdOf<G, E['to']> }): Promise<boolean>
  /**
   * Adds one target or several. `payload` goes to all of them, `$link` of a target before it. A pair that exists is
   * kept and its payload merged. New targets are checked: KIN_TARGET_NOT_FOUND.
   */
  add(
    targets: OneOrMany<Target<G, E, false>>,
    ...payload: ChangesArgument<G, E['payload']>
  ): Promise<LinkReport<IdOf<G, E['to']>>>
  /** Changes the payload of one pair. */
  update(
    target: IdOf<G, E['to']> | { readonly id: IdOf<G, E['to']> },
    payload: PayloadChanges<G, E['payload']>,
  ): Promise<LinkReport<IdOf<G, E['to']>>>
  /** Removes one target or several from the list; the records stay. Refused where the other side requires it. */
  remove(
    targets: OneOrMany<IdOf<G, E['to']> | { readonly id: IdOf<G, E['to']> }>,
  ): Promise<LinkReport<IdOf<G, E['to']>>>
  /** Makes the list show exactly these targets, in this order where the list is ordered. */
  set(
    targets: OneOrMany<Target<G, E, false>>,
    ...payload: ChangesArgument<G, E['payload']>
  ): Promise<LinkReport<IdOf<G, E['to']>>>
  /** Removes every target the list shows; the records stay. */
  clear(): Promise<LinkReport<IdOf<G, E['to']>>>
  /** Creates records and adds them. */
  create(
    data: readonly NewTarget<G, E>[],
    ...payload: PayloadArgument<G, E['payload']>
  ): Promise<Created<G, E, V>[]>
  /** Creates a record and adds it. */
  create(data: NewTarget<G, E>, ...payload: PayloadArgument<G, E['payload']>): Promise<Created<G, E, V>>
}

/** Query of a to-one handle. */
type OneQuery<G extends AnyGraph, E extends AnyEnd> = Omit<OneNode<G, E['to'] & ModelName<G>>, 'deleted'> & {
  readonly deleted?: Deleted | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * One record's to-one end. Every method fails with KIN_NOT_FOUND where that record is absent or hidden.
 *
 * @example
 * await db.user.at(id).profile.set(null)
 */
export interface OneHandle<G extends AnyGraph, E extends AnyEnd, V extends View> {
  /** The target; null where it may be that there is none to be seen, as in populate. */
  get<const Q extends OneQuery<G, E> = {}>(
    query?: Exact<Q, OneQuery<G, E>>,
  ): Promise<LoadedMember<G, E, Q, V, true>>
  /** Replaces the target; null unsets it where the reference is optional. */
  set(
    target: Target<G, E, false> | ('optional' extends E['traits'] ? null : never),
  ): Promise<LinkReport<IdOf<G, E['to']>>>
  /** Creates a record and makes it the target. */
  create(data: NewTarget<G, E>): Promise<Created<G, E, V>>
}

/**
 * One record's embedded array of objects.
 *
 * @example
 * await db.cart.at(id).items.update({ product: productId }, { quantity: 2 })
 */
export interface ArrayHandle<G extends AnyGraph, S extends Shape> {
  /** Appends one element or several. */
  push(items: OneOrMany<ShapeInput<G, S>>): Promise<{ readonly count: number }>
  /** Changes members of the elements that match. */
  update(where: ShapeFilter<G, S>, data: Partial<ShapeInput<G, S>>): Promise<{ readonly count: number }>
  /** Removes the elements that match. */
  remove(where: ShapeFilter<G, S>): Promise<{ readonly count: number }>
}

type HandleKey<K, M> = M extends AnyEnd
  ? K
  : M extends AnyArray
    ? M['item'][Spec] extends AnyObject
      ? K
      : never
    : never

type HandleOf<G extends AnyGraph, M, V extends View> = M extends AnyEnd
  ? 'many' extends M['traits']
    ? ManyHandle<G, M, V>
    : OneHandle<G, M, V>
  : M extends AnyArray
    ? M['item'][Spec] extends infer S extends AnyObject
      ? ArrayHandle<G, S['shape']>
      : never
    : never

/** The association handles of one record, by end, and those of its embedded arrays of objects. */
export type Handles<G extends AnyGraph, N extends ModelName<G>, V extends View> = MemberHandles<
  G,
  Members<G, N>,
  V
>

type MemberHandles<G extends AnyGraph, M, V extends View> = {
  readonly [K in keyof M as HandleKey<K, M[K]>]: HandleOf<G, M[K], V>
}
