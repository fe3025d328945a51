import type { Db } from 'mongodb'
import { isDriverError } from './is-driver-error.js'

export const GUARDS = 'kinship_guard'

/** A deleter of any number of records writes at most BUCKETS × STRIPES guards. */
export const BUCKETS = 8
export const STRIPES = 32

interface Guard {
  readonly _id: string
  readonly bucket: string
  readonly turn: number
}

/** The guards of the collections of a graph: made before they are needed, once. */
export class Guards {
  readonly #db: Db
  readonly #collections: readonly string[]
  #there: Promise<void> | null = null

  constructor(db: Db, collections: readonly string[]) {
    this.#db = db
    this.#collections = collections
  }

  /** Resolves when they are there. */
  ready(): Promise<void> {
    if (this.#there === null) {
      this.#there = this.#make()
      this.#there.catch(() => this.forget())
    }
    return this.#there
  }

  forget(): void {
    this.#there = null
  }

  async #make(): Promise<void> {
    const guards = this.#db.collection<Guard>(GUARDS)
    const found = await guards.distinct('_id')
    const there = new Set(found)
    const missing = this.#collections.flatMap(guardsOf).filter(({ _id }) => !there.has(_id))
    if (found.length === 0) await guards.createIndex({ bucket: 1 }, { name: 'bucket' })
    if (missing.length === 0) return
    try {
      await guards.insertMany(missing, { ordered: false })
    } catch (error) {
      // Others may have made the same ones.
      if (!everyIsDuplicate(error)) throw error
    }
  }
}

const DUPLICATE_KEY = 11000

function everyIsDuplicate(error: unknown): boolean {
  if (!isDriverError(error)) return false
  const { writeErrors } = error as { readonly writeErrors?: readonly { readonly code?: unknown }[] }
  return writeErrors?.every(({ code }) => code === DUPLICATE_KEY) ?? false
}

function guardsOf(collection: string): Guard[] {
  const guards: Guard[] = []
  for (let number = 0; number < BUCKETS; number++) {
    const bucket = `${collection}/${number}`
    for (let stripe = 0; stripe < STRIPES; stripe++)
      guards.push({ _id: `${bucket}/${stripe}`, bucket, turn: 0 })
  }
  return guards
}
