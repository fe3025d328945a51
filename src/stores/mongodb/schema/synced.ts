import type { Db } from 'mongodb'
import { KinshipError } from '../../../errors/index.js'
import type { Model } from '../../../schema/graph.js'

/**
 * Refuses to write where `sync` has never run: MongoDB would make the collections by itself, without the indexes that keep
 * unique values and pairs apart. Asked once, before the first transaction.
 */
export class Synced {
  readonly #db: Db
  readonly #collections: readonly string[]
  #known = false

  constructor(db: Db, models: readonly Model[]) {
    this.#db = db
    this.#collections = models.filter(isUniqueInSomething).map(({ collection }) => collection)
  }

  /** @throws KIN_SCHEMA_MISMATCH */
  async ready(): Promise<void> {
    if (this.#known || this.#collections.length === 0) return
    const options = { nameOnly: true, authorizedCollections: true }
    const found = await this.#db.listCollections({ name: { $in: [...this.#collections] } }, options).toArray()
    const there = new Set(found.map(({ name }) => name))
    const missing = this.#collections.find((name) => !there.has(name))
    if (missing !== undefined) refuse(missing)
    this.#known = true
  }
}

const isUniqueInSomething = ({ uniques, internal, id }: Model): boolean =>
  uniques.length > 0 || (internal && id === null)

function refuse(collection: string): never {
  throw new KinshipError('KIN_SCHEMA_MISMATCH', {
    message: `The database has no collection "${collection}"; made by a write, it would keep nothing unique.`,
    hint: 'Run `db.sync()`, which makes it with its indexes, or name the existing collection in the declaration.',
    details: { store: 'mongodb', table: collection, column: null },
  })
}
