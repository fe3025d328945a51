import { printCall, printGraph } from './print-code.js'
import type { Script } from './shrink.js'
import type { Difference } from './trial.js'

/**
 * A failure for people: what was asked, who answered what, and all that is needed to see it again.
 *
 * @param origin how to find it again, where it was found by chance
 */
export function describeFailure(
  { description, calls }: Script,
  difference: Difference,
  origin?: string,
): string {
  const { call, variant, expected, answer } = difference
  return [
    `The law does not hold: ${variant.name} and the oracle differ${origin === undefined ? '' : ` (${origin})`}.`,
    '',
    printGraph(description, variant.layoutOf),
    ...calls.map((made) => printCall(made)),
    '',
    '// differs:',
    printCall(call),
    `  the oracle: ${expected}`,
    `  ${variant.name}: ${answer}`,
  ].join('\n')
}
