import { camelCase, words } from './words.js'

/** Names that may not be given twice, nor be one of those that are reserved. */
export class NamePool {
  readonly #taken: Set<string>

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved)
  }

  /** The first of the candidates that is free; if none is, the last one with a number. */
  take(...candidates: readonly string[]): string {
    const free = candidates.find((name) => name !== '' && !this.#taken.has(name))
    const name = free ?? this.#numbered(candidates.at(-1) ?? '')
    this.#taken.add(name)
    return name
  }

  #numbered(name: string): string {
    let number = 2
    while (this.#taken.has(`${name}${number}`)) number++
    return `${name}${number}`
  }
}

/** The name of the field for a column. */
export function fieldName(names: NamePool, column: string): string {
  const name = camelCase(words(column))
  return names.take(name, name === '' ? 'column' : `${name}Value`)
}
