/**
 * The oracle: kinship's observable semantics, written as plainly as possible and independently of the engine. It
 * keeps facts (records and pairs), knows no layout, and answers every call as a store in any layout has to.
 */
import { fail } from '../../errors/index.js'
import type { DeleteReport } from './delete.js'
import type { GraphDescription } from './description.js'
import { type Graph, type Id, indexGraph } from './graph.js'
import { checkUnique, type Maker, type Operation, touchChanged } from './operation.js'
import { OracleModel } from './oracle-model.js'
import { purge } from './restore.js'
import { type ScopedOracle, scopedOracle } from './scope.js'
import type { Session } from './session.js'
import { emptyWorld, type World } from './world.js'

export interface OracleOptions {
  /** read once per write; default: the system's clock */
  readonly now?: () => Date
  /** makes the id of a record created without one; by default the oracle counts */
  readonly newId?: (model: string) => Id
}

export class Oracle implements Session {
  readonly graph: Graph
  readonly maker: Maker
  #world: World
  readonly #now: () => Date
  #deletions = 0
  #inTransaction = false
  #doom: unknown = null

  constructor(description: GraphDescription, options: OracleOptions = {}) {
    this.graph = indexGraph(description)
    this.maker = { newId: options.newId ?? null }
    this.#world = emptyWorld(this.graph)
    this.#now = options.now ?? (() => new Date())
  }

  /** The calls of one model, as `db.user` has them. */
  model(name: string): OracleModel {
    return new OracleModel(this, name)
  }

  /** What a caller may see, for reading; a picture of now. */
  scoped(scopes: Readonly<Record<string, unknown>>): ScopedOracle {
    return scopedOracle(this, scopes)
  }

  /** What is stored now, for reading only. */
  get world(): World {
    this.#refuseDoomed()
    return this.#world
  }

  /** All or nothing; R31: a write that fails inside dooms the rest, caught or not. */
  transaction<T>(run: () => T): T {
    if (this.#inTransaction) return fail('KIN_TRANSACTION_MISUSE', {})
    const before = this.#world
    this.#inTransaction = true
    this.#doom = null
    try {
      const result = run()
      this.#refuseDoomed()
      return result
    } catch (error) {
      this.#world = before
      throw error
    } finally {
      this.#inTransaction = false
      this.#doom = null
    }
  }

  /** Every write is atomic: it works on a copy, which is kept when nothing was refused (design §5). */
  write<T>(run: (operation: Operation) => T): T {
    const before = this.world
    const world = structuredClone(before)
    const operation = { graph: this.graph, before, world, now: this.#now(), created: new Set<string>() }
    try {
      const result = run(operation)
      checkUnique(this.graph, world)
      touchChanged(operation)
      this.#world = world
      return result
    } catch (error) {
      if (this.#inTransaction) this.#doom = error
      throw error
    }
  }

  newDeletion(): string {
    this.#deletions++
    return `deletion-${this.#deletions}`
  }

  /** Removes for good what was soft-deleted before a date, in every model. */
  purge(options: { readonly before: Date }): DeleteReport {
    return this.write((operation) => purge(operation, options.before))
  }

  #refuseDoomed(): void {
    if (this.#doom !== null) fail('KIN_TRANSACTION_DOOMED', { cause: this.#doom })
  }
}
