import { after, type Answer } from '../session.js'

/** Does something with rows, so many at a time, one after another; answers come at once where all of them do. */
export function inChunks<Row, T>(
  rows: readonly Row[],
  most: number,
  act: (chunk: readonly Row[]) => Answer<T>,
): Answer<readonly T[]> {
  if (rows.length <= most) return after(act(rows), (answer) => [answer])
  const first = act(rows.slice(0, most))
  const rest = (answer: T): Answer<readonly T[]> =>
    after(inChunks(rows.slice(most), most, act), (others) => [answer, ...others])
  return first instanceof Promise ? first.then(rest) : rest(first)
}
