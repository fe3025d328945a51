import type { SettledNode } from '../../plan/draft.js'
import type { PlanBatch, PlanStep } from '../../plan/plan.js'
import type { Slot } from '../../plan/slots.js'
import type { CompiledRead, ReadResult, Session } from '../../store/read.js'
import type { Maybe } from '../maybe.js'

/** A plan that is ready to run: each step with its compiled statement. */
export interface PreparedStep {
  readonly plan: PlanStep
  readonly compiled: CompiledRead
  readonly batches: readonly PreparedBatch[]
}

export interface PreparedBatch {
  readonly plan: PlanBatch
  readonly step: PreparedStep
  readonly load: Loader
}

/** The places in a result that show ids of one model, and the statement that finds which of them the caller may see. */
export interface PreparedMask {
  readonly paths: readonly (readonly string[])[]
  readonly visibleIds: CompiledRead
  /** name of the id in its rows */
  readonly idName: string
}

export interface PreparedRead {
  readonly slots: readonly Slot[]
  readonly node: SettledNode
  readonly root: PreparedStep
  readonly masks: readonly PreparedMask[]
}

export interface PreparedCount {
  readonly slots: readonly Slot[]
  readonly compiled: CompiledRead
}

/** One call: its session and its normalised values. */
export interface Run {
  readonly session: Session
  readonly values: readonly unknown[]
  readonly signal: AbortSignal | undefined
}

/** Reads the targets of the records in `parents`, puts them in place, and answers with what was read, for the steps below. */
export type Loader = (batch: PreparedBatch, parents: ReadResult, run: Run) => Maybe<ReadResult | null>
