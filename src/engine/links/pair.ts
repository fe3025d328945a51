/**
 * Pairs: what an association is made of, whatever the layout. A `PairWriter` reads and writes the pairs of
 * one edge in the place where that layout keeps them; `pairsOf(edge)` picks it by the edge's keys.
 */
import type { Edge } from '../../schema/graph.js'
import type { Unit } from '../write/unit.js'

export interface Pair {
  /** id at the edge's `from` end */
  readonly owner: unknown
  /** id at the edge's `to` end */
  readonly target: unknown
  /** null where the edge has no payload */
  readonly payload: Readonly<Record<string, unknown>> | null
}

export interface PairWriter {
  /**
   * Stored pairs of the owners, hidden targets included, in stored order (ordered edges) or by ascending
   * target id. With `targets` only pairs with those. One statement.
   *
   * @param bare nobody looks at the payloads, so they need not be read: an index may then know all about the
   * pairs
   */
  read(
    unit: Unit,
    edge: Edge,
    owners: readonly unknown[],
    targets?: readonly unknown[],
    bare?: boolean,
  ): Promise<Pair[]>
  /**
   * Adds pairs that are known not to exist, at the end of ordered lists, in the order given.
   *
   * @param fresh the holders have no pairs yet
   */
  add(unit: Unit, edge: Edge, pairs: readonly Pair[], fresh?: boolean): Promise<void>
  /** removes pairs; absent ones are no error */
  remove(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void>
  /** removes every pair between these owners and these targets, in one statement; absent ones are no error */
  cut(unit: Unit, edge: Edge, owners: readonly unknown[], targets: readonly unknown[]): Promise<void>
  /** replaces payload fields given in `payload`, keeps the others */
  merge(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void>
  /**
   * ordered edges: puts the owner's list into this order; entries not named stay behind the named ones, in
   * their order
   */
  order(unit: Unit, edge: Edge, owner: unknown, targets: readonly unknown[]): Promise<void>
}

/** The same pair seen from the other end. */
export const turned = (pair: Pair): Pair => ({
  owner: pair.target,
  target: pair.owner,
  payload: pair.payload,
})
