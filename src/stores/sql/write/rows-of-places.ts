import type { Dialect } from '../dialect.js'

/** `(?, ?), (?, ?)`: the placeholders of so many rows. */
export const rowsOfPlaces = (dialect: Dialect, rows: number, columns: number): string =>
  Array.from({ length: rows }, (_, row) => {
    const places = Array.from({ length: columns }, (_place, at) => dialect.placeholder(row * columns + at))
    return `(${places.join(', ')})`
  }).join(', ')

/** Texts for numbers of rows, each made once. */
export function byRows(make: (rows: number) => string): (rows: number) => string {
  const made: string[] = []
  return (rows) => (made[rows] ??= make(rows))
}
