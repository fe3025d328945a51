/**
 * One unit of writing: everything that happens inside one transaction, whoever started it. Writers take a unit and never
 * open transactions of their own, so that nested writes, handles, ties and hooks compose.
 */
import type { CommitEvent, HookContext } from '../../schema/hooks.js'
import type { Field, Model } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'
import type { ReadRequest, ReadResult, Session } from '../../store/read.js'
import type { Change } from '../../store/write.js'
import type { EngineContext } from '../context.js'

export type Cause = HookContext['cause']

export interface Unit {
  readonly context: EngineContext
  readonly session: Session
  /** one clock reading for the whole unit: createdAt, updatedAt, deletedAt */
  readonly now: Date
  /** what `afterCommit` hooks will be told, in order */
  readonly events: CommitEvent[]
  /**
   * Compiled requests are kept by `key`, which must name everything that shapes the statement; `build` runs on a miss.
   * Keys of different callers must not meet: begin them with the caller's own word.
   */
  read(key: string, build: () => ReadRequest, values: readonly unknown[], keys?: readonly unknown[]): Promise<ReadResult>
  /** @returns how many records were met */
  write(key: string, build: () => { model: Model; where: Filter; changes: readonly Change[] }, values: readonly unknown[]): Promise<number>
  remove(key: string, build: () => { model: Model; where: Filter }, values: readonly unknown[]): Promise<number>
  /** @returns ids the database assigned, in order; [] where ids were given */
  insert(model: Model, fields: readonly Field[], rows: readonly (readonly unknown[])[]): Promise<readonly unknown[]>
}
