/** Scripts, run and judged. */
import { describeFailure } from './describe-failure.js'
import type { Script } from './shrink.js'
import { type Difference, Trial } from './trial.js'
import type { Variant } from './variant.js'

/** @throws Error with the calls as code, where the oracle and a variant differ */
export async function checkScript(script: Script, variants: readonly Variant[]): Promise<void> {
  const difference = await differenceIn(script, variants)
  if (difference) throw new Error(describeFailure(script, difference))
}

/** The first difference that a script shows; null where it shows none. */
export async function differenceIn(
  { description, calls }: Script,
  variants: readonly Variant[],
): Promise<Difference | null> {
  const trial = await Trial.open(description, variants)
  try {
    for (const call of calls) {
      const outcome = await trial.run(call)
      if (outcome !== null) return outcome === 'undecided' ? null : outcome
    }
    return null
  } finally {
    await trial.close()
  }
}
