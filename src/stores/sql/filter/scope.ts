import { fail } from '../../../errors/index.js'
import type { Filter, Operand } from '../../../store/filter.js'
import type { Fragment } from '../fragment.js'
import type { Step } from '../from.js'
import type { ElementSource, Scalar, Source } from '../source.js'
import type { Statement } from '../statement.js'

export type Leaf<K extends Filter['is']> = Extract<Filter, { is: K }>

/** What the operands of a filter look at. */
export interface Scope {
  readonly record: Source
  readonly link: Source | null
  readonly element: ElementSource | null
}

/**
 * The `from` that a condition belongs to, where targets that must exist may be joined instead of being asked for by
 * `exists`: that leaves the order of the tables to the database.
 */
export interface Joins {
  readonly steps: Step[]
  /** rows may repeat (inside `exists`); otherwise only edges that lead to one target at most are joined */
  readonly repeat: boolean
}

/** Compiles a filter; handed to the leaves that contain filters. */
export type CompileFilter = (
  statement: Statement,
  filter: Filter,
  scope: Scope,
  joins: Joins | null,
) => Fragment

/** What an operand looks into. */
export const sourceOf = (scope: Scope, operand: Operand): Source => {
  const source = scope[operand.of]
  return source ?? fail('KIN_INTERNAL', { message: `There is no ${operand.of} where a filter looks at one.` })
}

export const scalarOf = (scope: Scope, operand: Operand): Scalar =>
  sourceOf(scope, operand).scalar(operand.path, operand.field)
