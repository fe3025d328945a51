import { it } from 'vitest'
import { checkLaw, type LawOptions } from '../../src/testing/property/check-law.js'
import type { Variant } from '../../src/testing/property/variant.js'
import { everyLayout } from './variants.js'

/** Sequences of one test run, all files of this folder together. */
const SEQUENCES = Number(process.env['KINSHIP_LAW_SEQUENCES'] ?? 400)
/** The same for a store behind a connection, where one takes seconds. */
export const ON_SERVERS = Number(process.env['KINSHIP_LAW_ON_SERVERS'] ?? 20)
/** The same in every run, so that a failure is a change's doing; `npm run law` draws new ones. */
const SEED = Number(process.env['KINSHIP_LAW_SEED'] ?? 20260101)

/**
 * Tests that the law holds. A failure prints the calls that show it, and its seed and path:
 * `npm run law -- --seed … --path …`.
 *
 * @param share of all sequences
 * @param all sequences of one test run
 */
export function holds(
  share: number,
  kinds?: LawOptions['kinds'],
  variants: readonly Variant[] = everyLayout,
  all = SEQUENCES,
): void {
  const sequences = Math.max(1, Math.round(all * share))
  // It ends what hangs; a sequence takes seconds in each layout where a busy machine has a server, too.
  const timeout = 60_000 + sequences * variants.length * 5_000
  it(`in ${sequences} sequences (seed ${SEED})`, { timeout }, async () => {
    await checkLaw(variants, { sequences, seed: SEED, ...(kinds && { kinds }) })
  })
}
