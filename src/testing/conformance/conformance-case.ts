/** One promise of the rules, as a program that a store has to pass. Cases are data; the suite runs them. */
import type { Layout } from '../../schema/graph.js'
import type { LogEntry } from '../../store/store.js'
import type { Db } from '../../types/db.js'
import type { AnyGraph } from '../../types/graph.js'

/** A rule of the semantics, `R13`. */
export type Rule = `R${number}`

export interface ConformanceCase {
  readonly rule: Rule
  /** What holds, as a sentence. */
  readonly title: string
  /** The layouts it is run in, each by itself; left out where no association's layout matters. */
  readonly layouts?: readonly Layout[]
  /** Needs two stores on one database, one competing with the other. */
  readonly twoStores?: true
  readonly run: (harness: Harness) => Promise<void>
}

/** What a case is given. */
export interface Harness {
  /** The layout for a `k.one` of the case: that under test, else `'reference'`. */
  readonly one: 'reference' | 'mirror'
  /** The layout for a `k.many` of the case: that under test, else `'join'`. */
  readonly many: 'array' | 'join' | 'mirror'
  /** The layout for a one-sided `k.many` of the case: that under test where it can be, else `'array'`. */
  readonly oneSided: 'array' | 'join'
  /** A graph on a new, empty database, its tables made. */
  readonly open: <G extends AnyGraph>(graph: G, log?: (entry: LogEntry) => void) => Promise<Db<G>>
  /** Two graphs, or one twice, on one new database through two stores; the tables of the first are made. */
  readonly openTwo: OpenTwo
}

interface OpenTwo {
  <G extends AnyGraph>(graph: G): Promise<readonly [Db<G>, Db<G>]>
  <G extends AnyGraph, H extends AnyGraph>(graph: G, other: H): Promise<readonly [Db<G>, Db<H>]>
}
