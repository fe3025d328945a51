import { codecOf } from '../schema/codec-call.js'
import { defineGraph } from '../schema/define-graph.js'
import type { Codec, Graph } from '../schema/graph.js'
import { k } from '../schema/k.js'
import type { PulledField, PulledGraph, PulledMany, PulledModel, PulledScalar } from './pulled-graph.js'

/** The builders of `k` without their types, which know no fields that are data. */
interface Builder {
  optional(): Builder
  unique(): Builder
  hidden(): Builder
  default(value: unknown): Builder
  column(name: string, codec?: Codec): Builder
}
type Make = (...parameters: readonly unknown[]) => Builder
const make = k as unknown as Readonly<Record<string, Make>> & { readonly id: Readonly<Record<string, Make>> }

/** The graph itself. `toSource` writes the program that makes the same one. */
export function toGraph({ models }: PulledGraph): Graph {
  const declared = models.map((model) => [model.name, declareModel(model)])
  return (defineGraph as (models: unknown) => Graph)(Object.fromEntries(declared))
}

function declareModel({ name, table, fields, unique }: PulledModel): unknown {
  const shape = Object.fromEntries(fields.map((field) => [field.name, declareField(field)]))
  const options = { ...(table !== name && { table }), ...(unique.length > 0 && { unique }) }
  return (k.model as (shape: unknown, options: unknown) => unknown)(shape, options)
}

function declareField(field: PulledField): Builder {
  switch (field.type) {
    case 'id':
      return make.id[field.idKind]!().column(field.column)
    case 'scalar':
      return declareScalar(field)
    case 'one': {
      const { target, inverse, onDelete, column, optional, unique } = field
      let reference = make['one']!(target, { inverse, ...(onDelete && { onDelete }) })
      if (optional) reference = reference.optional()
      if (unique) reference = reference.unique()
      return reference.column(column)
    }
    default:
      return make['many']!(field.target, manyOptions(field))
  }
}

function manyOptions({ inverse, onDelete, columns, pairs }: PulledMany): object {
  const common = { inverse, ...(onDelete && { onDelete }), columns }
  if ('through' in pairs) return { ...common, through: pairs.through }
  const { table, payload } = pairs
  if (payload.length === 0) return { ...common, table }
  return {
    ...common,
    table,
    payload: Object.fromEntries(payload.map((field) => [field.name, declareScalar(field)])),
  }
}

function declareScalar(field: PulledScalar): Builder {
  const { kind, optional, unique, hidden, initial, column, codec } = field
  let builder = make[kind]!(...parametersOf(field))
  if (optional) builder = builder.optional()
  if (unique) builder = builder.unique()
  if (hidden) builder = builder.hidden()
  if (initial !== null) builder = builder.default(initial === 'now' ? () => new Date() : initial.value)
  return codec === null ? builder.column(column) : builder.column(column, codecOf(codec))
}

/** What the word of `k` for a field of this kind is called with. */
export function parametersOf({ kind, values, precision, scale }: PulledScalar): readonly unknown[] {
  if (kind === 'enum') return [values]
  return kind === 'decimal' ? [precision, scale] : []
}
