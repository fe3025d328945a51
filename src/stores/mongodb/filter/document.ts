/** A document of a command: a filter, a stage, an expression's operator. */
export type Document = Record<string, unknown>

/** What computes a value in a pipeline: a path, a literal, an operator. */
export type Expression = unknown

/** A pipeline's own values stand in one member that no record has: keys and pairings, lookups, computed orders. */
export const OWN = '__kin'

export const own = (name: string): string => `${OWN}.${name}`

/** A value that is not read as an expression, whatever is in it. */
export const literal = (value: unknown): Expression => ({ $literal: value })
