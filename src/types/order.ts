import type { AnyGraph, ModelName } from './graph.js'
import type { Members } from './members.js'
import type { AnyEnd, AnyObject, AnyScalar, Shape, Spec } from './spec.js'
import type { OneOrMany } from './utility.js'

/** Null is the smallest value. */
export type Direction = 'asc' | 'desc'

interface SizeOrder {
  /** By the number of visible targets. */
  readonly $size: Direction
}

/** Kinds whose values have no order. */
type Unordered = 'json' | 'binary'

type FieldOrder<G extends AnyGraph, S> = S extends AnyScalar
  ? S['kind'] extends Unordered
    ? never
    : Direction
  : S extends AnyEnd
    ? 'many' extends S['traits']
      ? SizeOrder
      : OrderTree<G, S['to'] & ModelName<G>> | ('stored' extends S['traits'] ? Direction : never)
    : S extends AnyObject
      ? ShapeOrder<G, S['shape']>
      : never

type ShapeOrder<G extends AnyGraph, S extends Shape> = {
  readonly [K in keyof S]?: FieldOrder<G, S[K][Spec]> | undefined
}

/** Directions by field, through to-one ends, or by the size of a to-many end; several keys in the order given. */
export type OrderTree<G extends AnyGraph, N extends ModelName<G>> = OrderOf<G, Members<G, N>>

type OrderOf<G extends AnyGraph, M> = { readonly [K in keyof M]?: FieldOrder<G, M[K]> | undefined }

/** By the pairing's own fields, in a populated list that has a payload. */
type LinkOrder<G extends AnyGraph, Payload extends Shape> = keyof Payload extends never
  ? unknown
  : { readonly $link?: ShapeOrder<G, Payload> | undefined }

/**
 * The order of a list: an object, its keys in order, or a list of objects. Ties are broken by `id`.
 *
 * @example
 * orderBy: { author: { name: 'asc' }, title: 'desc' }
 */
export type OrderBy<G extends AnyGraph, N extends ModelName<G>, Payload extends Shape = {}> = OneOrMany<
  OrderTree<G, N> & LinkOrder<G, Payload>
>
