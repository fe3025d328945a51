const name = String.raw`(?:"([^"]+)"|\[([^\]]+)\]|${'`'}([^${'`'}]+)${'`'}|(\w+))`
const list = String.raw`\(\s*('(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*)\s*\)`
const nullable = String.raw`(?:["\[${'`'}]?\w+["\]${'`'}]?\s+is\s+null\s+or\s+)?`
const check = new RegExp(String.raw`\bcheck\s*\(\s*${nullable}${name}\s+in\s*${list}\s*\)`, 'gi')

/** The texts that checks of a table allow in a column, by its name in lower case. Checks of other forms are left alone. */
export function checkedValues(createTable: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [, quoted, bracketed, ticked, bare, texts = ''] of createTable.matchAll(check)) {
    const column = quoted ?? bracketed ?? ticked ?? bare ?? ''
    const values = [...texts.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"))
    found.set(column.toLowerCase(), [...new Set(values)])
  }
  return found
}
