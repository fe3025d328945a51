/** The vocabulary and the compiler without their types, for declarations that the types refuse already. */
import { defineGraph as strictDefineGraph } from '../../src/schema/define-graph.js'
import type { Graph } from '../../src/schema/graph.js'
import { k as strict } from '../../src/schema/k.js'

type Word =
  | ('string' | 'text' | 'integer' | 'bigint' | 'number' | 'decimal' | 'boolean' | 'date' | 'json' | 'binary')
  | ('enum' | 'object' | 'array' | 'one' | 'many' | 'model' | 'objectId' | 'uuid')
  | (
      | 'optional'
      | 'unique'
      | 'index'
      | 'default'
      | 'hidden'
      | 'immutable'
      | 'check'
      | 'description'
      | 'column'
    )

type Loose = { readonly [W in Word]: (...given: unknown[]) => Loose }

export const k = strict as unknown as Loose & { readonly id: Loose }

export const defineGraph = strictDefineGraph as unknown as (models: Record<string, unknown>) => Graph
