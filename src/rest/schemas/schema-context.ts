import type { Model } from '../../schema/graph.js'
import type { Resources } from '../resource.js'

/** What a model's schemas are called in the document. */
export interface Names {
  /** the record alone, as writes return it */
  readonly record: string
  /** the record as reads return it: fields may be left out, ends embedded */
  readonly view: string
  readonly create: string
  readonly update: string
  readonly replace: string
  /** a record created inside of another one's data */
  readonly nested: string
}

/** What schemas are made from. */
export interface SchemaContext {
  readonly resources: Resources
  readonly names: (model: Model) => Names
}
