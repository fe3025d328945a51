import { Flaw, type Normaliser } from './flaw.js'

export function enumNormaliser(values: readonly string[]): Normaliser {
  const known: ReadonlySet<unknown> = new Set(values)
  const notListed = new Flaw('enum', `one of ${values.map((value) => `"${value}"`).join(', ')}`)
  return (value) => (known.has(value) ? value : notListed)
}
