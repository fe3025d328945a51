import pluralizer from 'pluralize'

/** Words that the rules of English get wrong in names of tables; their plural on the right. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['cookie', 'cookies'],
  ['cache', 'caches'],
  ['niche', 'niches'],
  ['lens', 'lenses'],
  ['canvas', 'canvases'],
  ['basis', 'bases'],
  ['virus', 'viruses'],
])
const singulars = new Map([...irregular].map(([one, many]) => [many, one]))

/** The same in both numbers, as people use them in databases. */
const unchanged = new Set(['data', 'metadata', 'media', 'sms', 'gps', 'dns', 'https', 'os', 'redis', 'staff'])

/** The words of a name, in lower case: `InvoiceLine`, `invoice_line` and `INVOICE-LINE` have the same two. */
export function words(name: string): readonly string[] {
  const found = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}|\p{N}+/gu) ?? []
  return found.map((word) => word.toLowerCase())
}

/** The name that JavaScript would give: `invoiceLine`. */
export function camelCase(parts: readonly string[]): string {
  const name = parts
    .map((part, at) => (at === 0 ? part : `${part.charAt(0).toUpperCase()}${part.slice(1)}`))
    .join('')
  return /^\p{N}/u.test(name) ? `_${name}` : name
}

/** Its last word in the singular. */
export function singular(parts: readonly string[]): readonly string[] {
  return lastWord(
    parts,
    (word) => singulars.get(word) ?? (irregular.has(word) ? word : pluralizer.singular(word)),
  )
}

/** Its last word in the plural. */
export function plural(parts: readonly string[]): readonly string[] {
  return lastWord(
    parts,
    (word) => irregular.get(word) ?? (singulars.has(word) ? word : pluralizer.plural(word)),
  )
}

function lastWord(parts: readonly string[], change: (word: string) => string): readonly string[] {
  const last = parts.at(-1)
  if (last === undefined || unchanged.has(last) || /\p{N}/u.test(last)) return parts
  return [...parts.slice(0, -1), change(last)]
}

/** What is left of a name without the words it begins with; null where it does not, or where nothing is left. */
export function without(parts: readonly string[], prefix: readonly string[]): readonly string[] | null {
  const begins = prefix.length < parts.length && prefix.every((word, at) => parts[at] === word)
  return begins ? parts.slice(prefix.length) : null
}

/** The same for the words it ends with. */
export function withoutEnd(parts: readonly string[], suffix: readonly string[]): readonly string[] | null {
  const rest = parts.length - suffix.length
  return rest > 0 && suffix.every((word, at) => parts[rest + at] === word) ? parts.slice(0, rest) : null
}
