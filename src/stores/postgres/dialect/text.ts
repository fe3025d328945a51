/** Names and literals as PostgreSQL reads them. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A path into a JSON document, as a literal: `'{"address","city"}'`. */
export function jsonPath(keys: readonly string[]): string {
  return literal(`{${keys.map(arrayElement).join(',')}}`)
}

/** An array of texts as PostgreSQL reads it, of whatever type its elements are. */
export function arrayText(elements: readonly (string | null)[]): string {
  return `{${elements.map((element) => (element === null ? 'NULL' : arrayElement(element))).join(',')}}`
}

function arrayElement(text: string): string {
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, (character) => `\\${character}`) : text}"`
}
