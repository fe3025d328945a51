import { otherWords } from './other-words.js'

const LIMIT = 3

/**
 * The candidates that a misspelt word was most likely meant to be, best first, three at most; empty when none is
 * near. Case does not count, nor does the order of two neighbouring letters count twice. A word that other libraries have
 * for a candidate is taken for it.
 *
 * @example
 * nearest('titel', ['title', 'author', 'body']) // ['title']
 */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const lower = word.toLowerCase()
  const known = [...candidates]
  const meant = otherWords.get(lower)
  if (meant !== undefined && known.includes(meant)) return [meant]
  const near = known
    .map((candidate) => ({ candidate, distance: distance(lower, candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= tolerance(word, entry.candidate))
    .sort((a, b) => a.distance - b.distance)
  const best = near[0]?.distance ?? 0
  // A candidate far worse than the best one is noise: with `titel`, `title` alone is worth naming.
  return near
    .filter((entry) => entry.distance <= best + 1)
    .slice(0, LIMIT)
    .map((entry) => entry.candidate)
}

/** How many edits apart two words may be and still be taken for one another: a third of the longer one. */
function tolerance(word: string, candidate: string): number {
  return Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
}

/** Damerau-Levenshtein distance (optimal string alignment): insert, remove, replace, or swap two neighbours. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
