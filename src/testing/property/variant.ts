/** A way to store a graph: a store, and the layout of each association. */
import type { Layout } from '../../schema/graph.js'
import type { Strategy } from '../../store/read.js'
import type { Store } from '../../store/store.js'
import type { ManyDescription, ModelDescription, OneDescription } from '../oracle/index.js'

/**
 * The layout of an association at the top level of a model, by its name (`group.members`); undefined for the default
 * of its kind.
 */
export type LayoutOf = (
  association: string,
  described: ManyDescription | OneDescription,
  holder: ModelDescription,
) => Layout | undefined

export interface Variant {
  /** `sqlite array` */
  readonly name: string
  /** a new, empty store; closed after the sequence */
  readonly open: () => Store | Promise<Store>
  readonly layoutOf: LayoutOf
  /** reads are asked once more with each of these strategies; default none */
  readonly strategies?: readonly Strategy[]
}

/** Layouts for all associations of a graph at once, legal ones only: what cannot be in one has its default. */
export const layouts = {
  join: (_association, described) => only('join', described),
  array: (_association, described) => only('array', described),
  /** some lists so, some so */
  mixed: (association, described) =>
    oneOf(
      association,
      legalFor(described).filter((layout) => layout !== 'mirror'),
    ),
} as const satisfies Record<string, LayoutOf>

/** The same for stores that have the mirror layout, too. */
export const mirrorLayouts = {
  mirror: (_association, described) => only('mirror', described),
  /** every layout somewhere */
  varied: (association, described) => oneOf(association, legalFor(described)),
} as const satisfies Record<string, LayoutOf>

function legalFor(described: ManyDescription | OneDescription): readonly Layout[] {
  if (described.kind === 'one')
    return described.inverse === undefined ? ['reference'] : ['reference', 'mirror']
  if (described.symmetric) return ['join', 'mirror']
  return described.inverse === undefined ? ['array', 'join'] : ['join', 'array', 'mirror']
}

const only = (layout: Layout, described: ManyDescription | OneDescription): Layout | undefined =>
  legalFor(described).find((legal) => legal === layout)

const oneOf = (association: string, legal: readonly Layout[]): Layout | undefined =>
  legal[hash(association) % legal.length]

function hash(text: string): number {
  return Array.from(text).reduce((sum, char) => (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0, 7)
}
