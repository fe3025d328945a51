/** What the builders of `k` leave behind: plain frozen data, read by `defineGraph` and by nobody else. */
import type { Codec, FieldKind, IdKind } from './graph.js'
import type { StandardSchema } from './standard-schema.js'

export interface Modifiers {
  readonly optional: boolean
  readonly unique: boolean
  readonly index: boolean
  readonly hidden: boolean
  readonly immutable: boolean
  /** undefined: none */
  readonly default: unknown
  readonly checks: readonly StandardSchema[]
  readonly description: string | null
  readonly column: string | null
  readonly codec: Codec | null
}

export type ScalarKind = Exclude<FieldKind, 'id' | 'object' | 'array' | 'reference' | 'list'>

/**
 * A user's object whose values should be builders; nothing is taken for granted before the graph is checked.
 */
export type Shape = Readonly<Record<string, unknown>>

export interface ScalarDeclaration extends Modifiers {
  readonly kind: ScalarKind
  readonly values: readonly string[] | null
  readonly precision: number
  readonly scale: number
}

export interface IdDeclaration extends Modifiers {
  readonly kind: 'id'
  readonly idKind: IdKind
}

export interface ObjectDeclaration extends Modifiers {
  readonly kind: 'object'
  readonly shape: Shape
}

export interface ArrayDeclaration extends Modifiers {
  readonly kind: 'array'
  readonly item: unknown
}

export interface EndDeclaration extends Modifiers {
  readonly kind: 'one' | 'many'
  readonly target: string
  readonly options: Readonly<Record<string, unknown>>
}

export type Declaration =
  | ScalarDeclaration
  | IdDeclaration
  | ObjectDeclaration
  | ArrayDeclaration
  | EndDeclaration

/** What `k.model` returns at run time. */
export interface ModelDeclaration {
  readonly shape: Shape
  readonly options: Readonly<Record<string, unknown>>
}

export const unmodified: Modifiers = Object.freeze({
  optional: false,
  unique: false,
  index: false,
  hidden: false,
  immutable: false,
  default: undefined,
  checks: Object.freeze([]),
  description: null,
  column: null,
  codec: null,
})

/** The declaration inside a builder; null for anything that is no builder. */
export function declarationOf(value: unknown): Declaration | null {
  if (typeof value !== 'object' || value === null || !('declaration' in value)) return null
  return value.declaration as Declaration
}
