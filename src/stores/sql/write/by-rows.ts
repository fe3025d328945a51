/** Texts for numbers of rows, each made once. */
export function byRows(make: (rows: number) => string): (rows: number) => string {
  const made: string[] = []
  return (rows) => (made[rows] ??= make(rows))
}
