import type { Answer } from '../session.js'

/**
 * Does something with rows, so many at a time, one after another; answers come at once where all of them do.
 *
 * @param most how many of so many rows go best at a time
 */
export function inChunks<Row, T>(
  rows: readonly Row[],
  most: (rows: number) => number,
  act: (chunk: readonly Row[]) => Answer<T>,
): Answer<readonly T[]> {
  const answers: T[] = []
  const from = (start: number): Answer<readonly T[]> => {
    let at = start
    while (at < rows.length) {
      const end = at + most(rows.length - at)
      const answer = act(at === 0 && end >= rows.length ? rows : rows.slice(at, end))
      at = end
      if (answer instanceof Promise) {
        return answer.then((first) => {
          answers.push(first)
          return from(end)
        })
      }
      answers.push(answer)
    }
    return answers
  }
  return from(0)
}
