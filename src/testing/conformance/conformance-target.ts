import type { Layout } from '../../schema/graph.js'
import type { Store } from '../../store/store.js'
import type { Rule } from './conformance-case.js'

/** The store under test. */
export interface ConformanceTarget {
  /** What goes in front of every title: `sqlite` */
  readonly name: string
  /** A new store on a new, empty database; the suite closes it. */
  readonly open: () => Store
  /** Two stores on one new, empty database. Without it, the cases about competing stores are skipped. */
  readonly openTwo?: () => readonly [Store, Store]
  /** What the store cannot do, with the reason: a whole rule, a layout, or one case by its title (`R13: adding …`). */
  readonly skip?: Readonly<Partial<Record<Rule | Layout | `${Rule}: ${string}`, string>>>
}

/** The functions of a test runner; those of vitest and of `node:test` fit. */
export interface ConformanceRunner {
  readonly describe: (title: string, body: () => void) => unknown
  readonly it: RunnerTest & { readonly skip: RunnerTest }
}

type RunnerTest = (title: string, body: () => Promise<void>) => unknown
