import type { Field } from '../../../schema/graph.js'
import type { ReadNode } from '../../../store/read.js'
import type { Source } from '../source.js'
import type { Select } from './select.js'
import type { Shape } from './shape.js'

/** A record of a node in a statement: where it is found, and the pairing that leads to it. */
export interface Place {
  readonly record: Source
  readonly link: Source | null
  /** payload fields shown in `$link` */
  readonly shown: readonly Field[]
  /** names of the to-one ends from the select's own record to this one */
  readonly path: readonly string[]
}

export type ObjectShape = Extract<Shape, { is: 'object' }>

/** Adds what a node shows to a select; handed to the strategies that read nodes inside nodes. */
export type ReadNodeInto = (select: Select, node: ReadNode, place: Place) => ObjectShape
