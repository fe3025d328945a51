import type { Tie } from '../schema/graph.js'
import type { Flag, ManySpec, OneSpec, Shape, spec, ThroughSpec } from './spec.js'

/** What only a to-one association has. */
export interface OneOptions<Inverse extends string, OnDelete extends Tie> {
  /** Name of the other end, shown on the target: one record with `.unique()`, otherwise a list. Default: no other end. */
  readonly inverse?: Inverse
  /** What happens to this record when its target is deleted. Default: `'restrict'`, or `'weak'` with `.optional()`. */
  readonly onDelete?: OnDelete
  /** What happens to the target when this record is deleted; one-one only. Default: nothing. */
  readonly onHolderDelete?: 'strong' | 'soft'
  /** Where the fact is written. Default: `'reference'`. */
  readonly layout?: 'reference' | 'mirror'
}

/** What only a to-many association has. */
export interface ManyOptions<
  Inverse extends string,
  Payload extends Shape,
  Through extends string,
  Near extends string,
  Far extends string,
  Symmetric extends boolean,
> {
  /** Name of the other end, shown on the target as a list. Default: none, the list is one-sided. */
  readonly inverse?: Inverse
  /** What happens to the entry when its target is deleted. Default: `'weak'`. */
  readonly onDelete?: 'weak' | 'dirty' | 'restrict'
  /** Where the fact is written. Default: `'join'` with an inverse or symmetric, `'array'` without. */
  readonly layout?: 'join' | 'array' | 'mirror'
  /** Fields of one pairing; shown as `$link` on populated entries. */
  readonly payload?: Payload
  /** A declared model that holds the pairs: the two references and any other fields, which are the payload. */
  readonly through?: Through
  /** Both ends are this one (`friends`): a pair is stored once, and no record is paired with itself. */
  readonly symmetric?: Symmetric
  /** The list keeps the order given. Default: true for one-sided lists, false otherwise. */
  readonly ordered?: boolean
  /** Join table (SQL) or collection (documents). Default: `holderModel_field`. */
  readonly table?: string
  /**
   * Columns of the join table; default: the names of the two models. With `through`, the names of its two references,
   * where their targets do not tell.
   */
  readonly columns?: { readonly holder?: Near; readonly target?: Far; readonly position?: string }
}

/** A to-one association, declared where its id is shown: the holder end. */
export interface One<
  To extends string,
  Inverse extends string = never,
  OnDelete extends Tie = never,
  F extends Flag = never,
> {
  readonly [spec]: OneSpec<To, Inverse, OnDelete, F>
  /** May be null; input may leave it out. */
  optional(): One<To, Inverse, OnDelete, F | 'optional'>
  /** One-one: no two holders have the same target. */
  unique(): One<To, Inverse, OnDelete, F | 'unique'>
  /** Adds a database index (references at the top level of a record always have one). */
  index(): One<To, Inverse, OnDelete, F>
  /** Never in a result unless the query reveals or populates it. */
  hidden(): One<To, Inverse, OnDelete, F | 'hidden'>
  /** Set on create, refused in updates. */
  immutable(): One<To, Inverse, OnDelete, F | 'immutable'>
  /** Words for people: OpenAPI, diagrams. */
  description(text: string): One<To, Inverse, OnDelete, F>
  /** Name of the column (SQL) or key (documents). Default: the field's name. */
  column(name: string): One<To, Inverse, OnDelete, F>
}

type ManySpecOf<
  To extends string,
  Inverse extends string,
  Payload extends Shape,
  Through extends string,
  Near extends string,
  Far extends string,
  Symmetric extends boolean,
  F extends Flag,
> = [Through] extends [never]
  ? ManySpec<To, Inverse, Payload, Symmetric, F>
  : ThroughSpec<To, Inverse, Through, Near, Far, Symmetric, F>

/** A to-many association; a set: repeated targets collapse to the first. */
export interface Many<
  To extends string,
  Inverse extends string = never,
  Payload extends Shape = {},
  Symmetric extends boolean = false,
  Through extends string = never,
  Near extends string = never,
  Far extends string = never,
  F extends Flag = never,
> {
  readonly [spec]: ManySpecOf<To, Inverse, Payload, Through, Near, Far, Symmetric, F>
  /** Never in a result unless the query reveals or populates it. */
  hidden(): Many<To, Inverse, Payload, Symmetric, Through, Near, Far, F | 'hidden'>
  /** Words for people: OpenAPI, diagrams. */
  description(text: string): Many<To, Inverse, Payload, Symmetric, Through, Near, Far, F>
  /** Name of the column (SQL) or key (documents) in the array layout. Default: the field's name. */
  column(name: string): Many<To, Inverse, Payload, Symmetric, Through, Near, Far, F>
}
