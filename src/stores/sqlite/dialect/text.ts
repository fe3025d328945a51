/** Names and literals as SQLite reads them. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A path into a JSON document, as a literal: `'$."address"."city"'`. */
export function jsonPath(keys: readonly string[]): string {
  return literal(`$${keys.map((key) => `.${JSON.stringify(key)}`).join('')}`)
}
