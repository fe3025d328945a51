import { printCall, printGraph } from './print-code.js'
import type { Script } from './shrink.js'
import type { Difference } from './trial.js'

/** How to find a failure again. */
export interface Repeat {
  readonly seed: number
  readonly path: string
}

/** A failure for people: what was asked, who answered what, and all that is needed to see it again. */
export function describeFailure(
  { description, calls }: Script,
  difference: Difference,
  { seed, path }: Repeat,
): string {
  const { call, variant, expected, answer } = difference
  return [
    `The law does not hold: ${variant.name} and the oracle differ (seed ${seed}, path ${path}).`,
    '',
    printGraph(description, variant.layoutOf),
    ...calls.slice(0, -1).map((earlier) => printCall(earlier)),
    printCall(calls.at(-1) ?? call),
    ...(calls.at(-1) === call ? [] : ['// and then', printCall(call)]),
    '',
    `  the oracle: ${expected}`,
    `  ${variant.name}: ${answer}`,
  ].join('\n')
}
