/** A way to store a graph: a store, and the layout of each list. */
import type { Layout } from '../../schema/graph.js'
import type { Strategy } from '../../store/read.js'
import type { Store } from '../../store/store.js'
import type { ManyDescription } from '../oracle/index.js'

/** The layout of a `many`, by association name (`group.members`); undefined for the default of its kind. */
export type LayoutOf = (association: string, described: ManyDescription) => Layout | undefined

export interface Variant {
  /** `sqlite array` */
  readonly name: string
  /** a new, empty store; closed after the sequence */
  readonly open: () => Store
  readonly layoutOf: LayoutOf
  /** reads are asked once more with each of these strategies; default none */
  readonly strategies?: readonly Strategy[]
}

/** Layouts for all associations of a graph at once, legal ones only: what cannot be in one has its default. */
export const layouts = {
  join: () => 'join',
  array: (_association, { symmetric }) => (symmetric ? undefined : 'array'),
  /** some lists so, some so */
  mixed: (association, { symmetric }) => (symmetric || hash(association) % 2 === 0 ? 'join' : 'array'),
} as const satisfies Record<string, LayoutOf>

function hash(text: string): number {
  return Array.from(text).reduce((sum, char) => (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0, 7)
}
