/**
 * While a graph is compiled its descriptors refer to each other in circles, so they are filled in, then
 * frozen.
 */
import type { Edge, Field, Model } from './graph.js'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export type MutableField = Mutable<Field>

export type MutableEdge = Mutable<Edge>

export interface MutableModel extends Omit<
  Mutable<Model>,
  'fields' | 'ends' | 'embedded' | 'inbound' | 'outbound' | 'uniques' | 'indexes'
> {
  fields: Map<string, MutableField>
  ends: Map<string, Edge>
  embedded: Edge[]
  inbound: Edge[]
  outbound: Edge[]
  uniques: Model['uniques'][number][]
  indexes: (readonly string[])[]
}
