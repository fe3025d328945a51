/** The law as a fast-check property; apart from `check-law`, so that fast-check is needed only where the law is checked. */
import fc from 'fast-check'
import type { GraphDescription } from '../oracle/index.js'
import { arbitraryGraph } from './arbitrary-graph.js'
import type { Call } from './call.js'
import { differenceIn } from './check-script.js'
import type { LawOptions } from './check-law.js'
import { newIdMaker } from './new-ids.js'
import { type Kind, KINDS, randomCall } from './random-call.js'
import { RandomData } from './random-data.js'
import { Random } from './random.js'
import { describeFailure } from './describe-failure.js'
import { shrink, type Script } from './shrink.js'
import { type Difference, signatureOf, Trial } from './trial.js'
import type { Variant } from './variant.js'

/** What an operation means depends on what is stored when its turn comes. */
interface Operation {
  readonly kind: Kind
  readonly seed: number
  /** by chance where none is named */
  readonly model?: string
}

/** A script that shows a difference; thrown to end the property. */
class Found extends Error {
  readonly script: Script
  readonly difference: Difference

  constructor(script: Script, difference: Difference) {
    super('The law does not hold.')
    this.script = script
    this.difference = difference
  }
}

const RECORDS = 3
const SHRINKING = 1_500

export async function runLaw(variants: readonly Variant[], options: LawOptions): Promise<void> {
  const { sequences = 200, length = 24, kinds = KINDS, seed, path, onSequence } = options
  const operation: fc.Arbitrary<Operation> = fc.record({ kind: fc.constantFrom(...kinds), seed: fc.nat() })
  const operations = fc.array(operation, { minLength: length >> 1, maxLength: length })
  const property = fc.asyncProperty(
    arbitraryGraph,
    fc.nat(),
    operations,
    async (description, start, list) => {
      await runSequence(description, [...opening(description, start), ...list], variants)
      onSequence?.()
    },
  )
  const repeat = { ...(seed !== undefined && { seed }), ...(path !== undefined && { path }) }
  // Sequences are shrunk as the calls they came to, not as the seeds they came from.
  const { failed, errorInstance, ...run } = await fc.check(property, {
    numRuns: sequences,
    endOnFailure: true,
    ...repeat,
  })
  if (!failed) return
  if (!(errorInstance instanceof Found)) {
    throw new Error(`The law could not be checked (seed ${run.seed}, path ${run.counterexamplePath}).`, {
      cause: errorInstance,
    })
  }
  let { difference } = errorInstance
  const signature = signatureOf(difference)
  const stillFails = async (candidate: Script): Promise<boolean> => {
    // What cannot be run at all shows no difference.
    const found = await differenceIn(candidate, variants).catch(() => null)
    if (!found || signatureOf(found) !== signature) return false
    difference = found
    return true
  }
  const small = await shrink(errorInstance.script, stillFails, SHRINKING)
  const drawn = options.kinds ? `, kinds ${kinds.join()}` : ''
  throw new Error(
    describeFailure(small, difference, `seed ${run.seed}, path ${run.counterexamplePath}${drawn}`),
  )
}

/** Some records of every model, so that operations meet something. */
function opening({ models }: GraphDescription, start: number): Operation[] {
  return Object.keys(models).flatMap((model, place) =>
    Array.from({ length: RECORDS }, (_, index) => {
      return { kind: 'create', seed: start + place * RECORDS + index, model } as const
    }),
  )
}

async function runSequence(
  description: GraphDescription,
  operations: readonly Operation[],
  variants: readonly Variant[],
): Promise<void> {
  const trial = await Trial.open(description, variants, 'in turn')
  const newId = newIdMaker(description)
  const calls: Call[] = []
  try {
    for (const { kind, seed, model } of operations) {
      const data = new RandomData(description, trial.oracle, new Random(seed), newId)
      const call = randomCall(kind, data, model)
      calls.push(call)
      const outcome = await trial.run(call)
      if (outcome === 'undecided') return
      if (outcome) throw new Found({ description, calls }, outcome)
    }
  } finally {
    await trial.close()
  }
}
