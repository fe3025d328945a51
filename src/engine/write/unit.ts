/**
 * One unit of writing: everything that happens inside one transaction, whoever started it. Writers take a
 * unit and never open transactions of their own, so that nested writes, handles, ties and hooks compose.
 */
import type { CommitEvent, HookContext } from '../../schema/hooks.js'
import type { Field, Model } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'
import type { ReadRequest, ReadResult, Session } from '../../store/read.js'
import type { LinkRequest, WriteRequest } from '../../store/write.js'
import type { EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'

export type Cause = HookContext['cause']

export interface RemoveRequest {
  readonly model: Model
  readonly where: Filter
}

export interface Unit {
  readonly context: EngineContext
  readonly session: Session
  /** the context to read with inside of the unit */
  readonly reading: EngineContext
  /** one clock reading for the whole unit: createdAt, updatedAt, deletedAt */
  readonly now: Date
  /** those of these records that the unit has not touched yet: a call touches a record once (R19) */
  untouched(model: Model, ids: readonly unknown[]): readonly unknown[]
  /** the same of one record, for the last time: it is not remembered */
  isTouched(model: Model, id: unknown): boolean
  /** where hooks run: what they do belongs to the unit */
  readonly hooks: HookScope
  /** tells the model's `afterCommit` hook, if it has one */
  note(model: Model, kind: CommitEvent['kind'], id: unknown): void
  /**
   * Compiled requests are kept by `key`, which must name everything that shapes the statement; `build` runs
   * on a miss. Keys of different callers must not meet: begin them with the caller's own word.
   */
  read(
    key: string,
    build: () => ReadRequest,
    values: readonly unknown[],
    keys?: readonly unknown[],
  ): Maybe<ReadResult>
  /** @returns how many records were met */
  write(key: string, build: () => WriteRequest, values: readonly unknown[]): Maybe<number>
  remove(key: string, build: () => RemoveRequest, values: readonly unknown[]): Maybe<number>
  /** @returns ids the database assigned, in order; [] where ids were given */
  insert(
    model: Model,
    fields: readonly Field[],
    rows: readonly (readonly unknown[])[],
  ): Maybe<readonly unknown[]>
  /** Gives records values of their own; the first field is the id. Null where the store cannot. @returns how many were met */
  updateEach(
    model: Model,
    fields: readonly Field[],
    rows: readonly (readonly unknown[])[],
  ): Maybe<number> | null
  /** Inserts pairs without looking first; only where the store can. @returns how many of them are new */
  link(key: string, build: () => LinkRequest, rows: readonly (readonly unknown[])[]): Maybe<number>
}

/** Runs hooks inside a unit. */
export interface HookScope {
  /** Runs a hook's code. Writes of its own that failed, caught or not, fail the unit. */
  run(body: (database: unknown) => void | Promise<void>): Promise<void>
}
