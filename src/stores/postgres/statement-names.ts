import { createHash } from 'node:crypto'

/** Names of one generation; two generations are kept. */
const GENERATION = 500
/** Statements that run once are not worth a name, which each connection would keep for good. */
const WORTH_IT = 2
const LENGTH = 24

/** Under which names statements are prepared: the same text has the same name on every connection. */
export class StatementNames {
  #young = new Map<string, Use>()
  #old = new Map<string, Use>()
  #era = 0

  /** The name for a text; null as long as it is not worth one. */
  of(text: string): string | null {
    const use = this.#young.get(text) ?? this.#keep(text, this.#old.get(text) ?? { times: 0, name: null })
    use.times++
    if (use.name === null && use.times >= WORTH_IT) use.name = this.#nameOf(text)
    return use.name
  }

  /** What is prepared no longer fits, because tables have changed or a pooler lost it: from now on every text has another name. */
  renew(): void {
    this.#era++
    this.#young = new Map()
    this.#old = new Map()
  }

  #keep(text: string, use: Use): Use {
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(text, use)
    return use
  }

  #nameOf(text: string): string {
    const hash = createHash('sha256').update(text).digest('base64url')
    return `kin_${this.#era}_${hash.slice(0, LENGTH)}`
  }
}

interface Use {
  times: number
  name: string | null
}
