import type { Kind } from './random-call.js'
import type { Variant } from './variant.js'

export interface LawOptions {
  /** How many sequences; default 200. */
  readonly sequences?: number
  /** Operations of one sequence, at most; default 24. */
  readonly length?: number
  /** Kinds of operations to draw from; default all. */
  readonly kinds?: readonly Kind[]
  /** Repeats a failure: seed and path as its message has them. */
  readonly seed?: number
  readonly path?: string
  /** Called after every sequence. */
  readonly onSequence?: () => void
}

/**
 * Checks the law: for any graph and any operations, what a caller observes is the same in every legal layout and on every store.
 * Random graphs and operations are run on an oracle and on all variants. The first difference is made as small as possible and
 * thrown: the graph and the calls as code, both answers, seed and path. Needs fast-check 4 to be installed.
 *
 * @example
 * await checkLaw([{ name: 'mine join', open: () => myStore(), layoutOf: layouts.join }], { sequences: 500 })
 */
export async function checkLaw(variants: readonly Variant[], options: LawOptions = {}): Promise<void> {
  const { runLaw } = await import('./run-law.js')
  await runLaw(variants, options)
}
