import fc from 'fast-check'
import { arbitraryGraph } from './arbitrary-graph.js'
import { type Kind, KINDS } from './random-call.js'
import { type Operation, runSequence, type Variant } from './sequence.js'

export interface LawOptions {
  /** how many sequences; default 200 */
  readonly sequences?: number
  /** operations of one sequence; default 24 */
  readonly length?: number
  /** kinds of operations to draw from; default all */
  readonly kinds?: readonly Kind[]
  /** repeats a failure: fast-check's seed and path as it printed them */
  readonly seed?: number
  readonly path?: string
  /** called after every sequence */
  readonly onSequence?: () => void
}

/**
 * The law: for any graph and any operations, what a caller observes is the same in every legal layout and on every store. Random
 * graphs and operations run against the oracle and all variants; a difference is shrunk and thrown with fast-check's seed and the
 * calls that show it.
 *
 * @example
 * await checkLaw([{ name: 'mine join', open: () => myStore(), layoutOf: () => 'join' }], { sequences: 500 })
 */
export async function checkLaw(variants: readonly Variant[], options: LawOptions = {}): Promise<void> {
  const { sequences = 200, length = 24, kinds = KINDS, seed, path, onSequence } = options
  const operation: fc.Arbitrary<Operation> = fc.record({ kind: fc.constantFrom(...kinds), seed: fc.nat() })
  const sequence = fc.asyncProperty(arbitraryGraph, fc.array(operation, { maxLength: length, size: 'max' }), async (graph, operations) => {
    await runSequence(graph, operations, variants)
    onSequence?.()
  })
  const repeat = { ...(seed === undefined ? {} : { seed }), ...(path === undefined ? {} : { path }) }
  await fc.assert(sequence, { numRuns: sequences, ...repeat })
}
