/** A table or column that a statement speaks of and the database does not have. */
interface MissingPart {
  readonly table: string | null
  readonly column: string | null
}

const NAME = '"((?:[^"]|"")+)"'

/** What stands at the place of the statement that the server points at. */
export function missingPart(statement: string, position: number | null, isTable: boolean): MissingPart {
  const rest =
    position === null
      ? ''
      : Array.from(statement)
          .slice(position - 1)
          .join('')
  if (isTable) {
    const [, first, second] = new RegExp(`^${NAME}(?:\\.${NAME})?`).exec(rest) ?? []
    return { table: plain(second ?? first), column: null }
  }
  const [, alias, column] = new RegExp(`^(?:(\\w+)\\.)?${NAME}`).exec(rest) ?? []
  // `"table" as t0`; where columns are named without one, the statement has one table only.
  const named = new RegExp(
    alias === undefined ? `(?:into|update) (?:${NAME}\\.)?${NAME}` : `${NAME} as ${alias}\\b`,
  )
  const table = named.exec(statement)?.slice(1).at(-1)
  return { table: plain(table), column: plain(column) }
}

function plain(name: string | undefined): string | null {
  return name?.replaceAll('""', '"') ?? null
}
