import {
  type ClientSession,
  type Collection,
  type Db,
  type Document,
  type FindOptions,
  type MongoClient,
  MongoServerError,
} from 'mongodb'
import { KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { abortedBy } from '../../store/aborted.js'
import type { Session } from '../../store/read.js'
import type { LogEntry } from '../../store/store.js'
import type { Deployment } from './deployment.js'
import type { Synced } from './schema/synced.js'
import { translate } from './errors.js'
import type { Work } from './work.js'
import type { Guards } from './guard-collection.js'

/** What the sessions of one graph have in common. */
export interface Ground {
  readonly client: MongoClient
  readonly db: Db
  readonly deployment: Deployment
  readonly guards: Guards
  readonly synced: Synced
  readonly work: Work
  /** every model that has a collection, by the collection's name */
  readonly models: ReadonlyMap<string, Model>
  readonly log: ((entry: LogEntry) => void) | null
  /** milliseconds that the server may work on one command; null for any */
  readonly maxTimeMS: number | null
}

/** The driver's own handles: what `tx.native` is on MongoDB. Give `session` to every call that belongs to the transaction. */
export interface MongodbHandle {
  readonly client: MongoClient
  readonly db: Db
  /** undefined outside of a transaction */
  readonly session: ClientSession | undefined
}

/** A command of a compiled request: where it goes, and its text for logs and errors. */
export interface Command {
  readonly collection: string
  readonly statement: string
}

type Kind = LogEntry['kind']

/** Documents as they are: 64-bit integers as bigints, binary values with their subtypes. */
const exact = {
  useBigInt64: true,
  promoteLongs: true,
  promoteValues: true,
  promoteBuffers: false,
  bsonRegExp: false,
  raw: false,
  ignoreUndefined: false,
} as const

/**
 * The way to the server: reads outside of a transaction, or everything that one transaction does. Commands of a transaction
 * go one after another, because MongoDB allows no two at once. Each is logged, and its errors speak of the graph.
 */
export class MongoSession implements Session {
  readonly #ground: Ground
  readonly #transaction: ClientSession | undefined
  readonly #signal: AbortSignal | undefined
  #ended: (() => KinshipError) | null = null
  #taken: KinshipError | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(ground: Ground, transaction?: ClientSession, signal?: AbortSignal) {
    this.#ground = ground
    this.#transaction = transaction
    this.#signal = signal
  }

  get inTransaction(): boolean {
    return this.#transaction !== undefined
  }

  get native(): MongodbHandle {
    if (this.#ended !== null) throw this.#ended()
    const { client, db } = this.#ground
    return { client, db, session: this.#transaction }
  }

  get guards(): Guards {
    return this.#ground.guards
  }

  get deployment(): Deployment {
    return this.#ground.deployment
  }

  /** @returns all documents of the pipeline's result */
  aggregate(command: Command, pipeline: readonly Document[]): Promise<Document[]> {
    return this.#read(command, [pipeline], (collection, options) =>
      collection.aggregate([...pipeline], { ...options, allowDiskUse: true }).toArray(),
    )
  }

  /** @param shape projection, sort, skip, limit */
  find(
    command: Command,
    filter: Document,
    shape: Pick<FindOptions, 'projection' | 'sort' | 'skip' | 'limit' | 'hint'> = {},
  ): Promise<Document[]> {
    // Before 6.0 a server sorts on disk only where it may.
    const disk = shape.sort === undefined ? {} : { allowDiskUse: true }
    return this.#read(command, [filter, shape], (collection, options) =>
      collection.find(filter, { ...options, ...shape, ...disk }).toArray(),
    )
  }

  /** Inserts documents that have their `_id`, in one command; all of them, or it throws. */
  async insertMany(command: Command, documents: readonly Document[]): Promise<void> {
    await this.#write(command, documents, async (collection, session) => {
      // Unlike the driver's insertMany, a command of its own tells which index had a value already.
      const reply = await this.#ground.db.command(
        { insert: collection.collectionName, documents, ordered: true },
        { session },
      )
      const [failure] = (reply['writeErrors'] ?? []) as readonly Document[]
      if (failure !== undefined) throw new MongoServerError(failure)
      return documents.length
    })
  }

  /** @returns how many documents the filter met */
  async updateMany(
    command: Command,
    filter: Document,
    update: Document | readonly Document[],
    arrayFilters?: readonly Document[],
  ): Promise<number> {
    const parameters = arrayFilters === undefined ? [filter, update] : [filter, update, arrayFilters]
    return this.#write(command, parameters, async (collection, session) => {
      const options = { session, ...(arrayFilters && { arrayFilters: [...arrayFilters] }) }
      const changes = Array.isArray(update) ? [...(update as readonly Document[])] : (update as Document)
      const { matchedCount } = await collection.updateMany(filter, changes, options)
      return matchedCount
    })
  }

  /** @returns how many there were */
  async deleteMany(command: Command, filter: Document): Promise<number> {
    return this.#write(command, [filter], async (collection, session) => {
      const { deletedCount } = await collection.deleteMany(filter, { session })
      return deletedCount
    })
  }

  /** A command outside of the transaction, which stands whatever becomes of it. */
  outside<D extends Document, T>(
    command: Command,
    parameters: readonly unknown[],
    run: (collection: Collection<D>) => Promise<T>,
  ): Promise<T> {
    return this.#perform('write', command, parameters, async (collection) => {
      return { result: await run(collection as unknown as Collection<D>), rows: 1 }
    })
  }

  /** From now on every call fails. */
  end(reason: () => KinshipError): void {
    this.#ended ??= reason
  }

  /** Waits for the command that is under way. */
  async settled(): Promise<void> {
    await this.#last
  }

  #read(
    command: Command,
    parameters: readonly unknown[],
    run: (collection: Collection, options: ReadOptions) => Promise<Document[]>,
  ): Promise<Document[]> {
    const { maxTimeMS } = this.#ground
    return this.#perform('read', command, parameters, async (collection) => {
      // The server has rolled back a transaction that met a taken value. What is read then tells which one it was.
      const session = this.#taken === null ? this.#transaction : undefined
      const rows = await run(collection, {
        ...(session && { session }),
        ...(maxTimeMS !== null && { maxTimeMS }),
        ...(this.#signal && { signal: this.#signal }),
      })
      return { result: rows, rows: rows.length }
    })
  }

  #write(
    command: Command,
    parameters: readonly unknown[],
    run: (collection: Collection, session: ClientSession) => Promise<number>,
  ): Promise<number> {
    return this.#perform('write', command, parameters, async (collection) => {
      if (this.#transaction === undefined)
        throw new KinshipError('KIN_INTERNAL', { message: 'A write was started outside of a transaction.' })
      if (this.#taken !== null) throw this.#taken
      const rows = await run(collection, this.#transaction)
      return { result: rows, rows }
    })
  }

  #perform<T>(
    kind: Kind,
    command: Command,
    parameters: readonly unknown[],
    run: (collection: Collection) => Promise<Outcome<T>>,
  ): Promise<T> {
    const attempt = async (): Promise<T> => {
      if (this.#ended !== null) throw this.#ended()
      if (this.#signal?.aborted) throw abortedBy(this.#signal)
      const collection = this.#ground.db.collection(command.collection, exact)
      const began = performance.now()
      let met = 0
      try {
        const { result, rows } = await run(collection)
        met = rows
        return result
      } catch (error) {
        throw this.#translated(error, command)
      } finally {
        const { log } = this.#ground
        const { statement } = command
        log?.({ kind, statement, parameters, milliseconds: performance.now() - began, rows: met })
      }
    }
    if (this.#transaction === undefined) return this.#ground.work.run(attempt)
    const turn = this.#last.then(attempt)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  #translated(error: unknown, { collection, statement }: Command): KinshipError {
    if (this.#signal?.aborted) return abortedBy(this.#signal)
    const { models, deployment } = this.#ground
    const model = models.get(collection) ?? null
    const known = translate(error, { model, statement, maxDocument: deployment.maxDocument })
    if (known.code === 'KIN_UNIQUE' || known.code === 'KIN_ONE_TAKEN') this.#taken ??= known
    return known
  }
}

interface ReadOptions {
  readonly session?: ClientSession
  readonly maxTimeMS?: number
  readonly signal?: AbortSignal
}

interface Outcome<T> {
  readonly result: T
  readonly rows: number
}
