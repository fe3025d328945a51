/** A described graph as a real one, with a layout for each list. */
import { k } from '../../schema/k.js'
import { defineGraph } from '../../schema/define-graph.js'
import type { Graph, Layout } from '../../schema/graph.js'
import type { FieldDescription, GraphDescription, ModelDescription } from '../oracle/index.js'
import type { LayoutOf } from './variant.js'

/** The vocabulary without its types: a description is known at run time only. */
type Word = (...given: unknown[]) => Built
interface Built {
  readonly [word: string]: Word
}
const words = k as unknown as Built & { readonly id: Built }
const define = defineGraph as unknown as (models: Record<string, Built>) => Graph

export function buildGraph(description: GraphDescription, layoutOf: LayoutOf): Graph {
  return define(
    Object.fromEntries(
      Object.entries(description.models).map(([name, model]) => [name, buildModel(name, model, layoutOf)]),
    ),
  )
}

function buildModel(name: string, model: ModelDescription, layoutOf: LayoutOf): Built {
  const shape: Record<string, Built> = { id: words.id[model.id ?? 'objectId']!() }
  for (const [field, described] of Object.entries(model.fields)) {
    shape[field] = buildField(
      described,
      described.kind === 'many' || described.kind === 'one'
        ? layoutOf(`${name}.${field}`, described, model)
        : undefined,
    )
  }
  const { softDelete = false, timestamps = false, version = false, unique = [] } = model
  return words['model']!(shape, { softDelete, timestamps, version, unique })
}

function buildField(field: FieldDescription, layout?: Layout): Built {
  let built = bare(field, layout)
  if ('optional' in field && field.optional) built = built['optional']!()
  if ('unique' in field && field.unique) built = built['unique']!()
  if (field.hidden) built = built['hidden']!()
  if ('immutable' in field && field.immutable) built = built['immutable']!()
  if ('default' in field && field.default !== undefined) built = built['default']!(field.default)
  return built
}

function bare(field: FieldDescription, layout?: Layout): Built {
  switch (field.kind) {
    case 'one': {
      const { target, inverse, onDelete, onHolderDelete } = field
      return words['one']!(target, given({ inverse, onDelete, onHolderDelete, layout }))
    }
    case 'many': {
      const { target, inverse, ordered, symmetric, onDelete, payload } = field
      return words['many']!(
        target,
        given({
          inverse,
          ordered: symmetric ? undefined : ordered,
          symmetric,
          onDelete,
          layout,
          payload: payload && shapeOf(payload),
        }),
      )
    }
    case 'object':
      return words['object']!(shapeOf(field.fields))
    case 'array':
      return words['array']!(buildField(field.item))
    case 'decimal':
      return words['decimal']!(field.precision, field.scale)
    case 'enum':
      return words['enum']!(field.values)
    default:
      return words[field.kind]!()
  }
}

const shapeOf = (fields: Readonly<Record<string, FieldDescription>>): Record<string, Built> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, buildField(field)]))

const given = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
