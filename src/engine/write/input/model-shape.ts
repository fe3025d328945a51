import type { Edge, Field, Model } from '../../../schema/graph.js'

/** What a caller may say about a model's records in data, and where it goes. Made once for each model. */
export interface ModelShape {
  readonly model: Model
  /** what a row consists of: every stored field, the id first */
  readonly fields: readonly Field[]
  /** the same where the database assigns the id */
  readonly unassigned: readonly Field[]
  /** a row of which nothing is known yet */
  readonly blank: readonly unknown[]
  /** the place of each field in a row */
  readonly places: ReadonlyMap<string, number>
  /** fields that take a value, the id apart */
  readonly given: readonly GivenField[]
  /** lists of its own and ends of others' associations */
  readonly ends: ReadonlyMap<string, Edge>
  /** every word that means something in data */
  readonly words: ReadonlySet<string>
  readonly id: Field
  /** places of what kinship writes by the clock */
  readonly times: readonly number[]
  /** places of lists that are written down on the record itself */
  readonly lists: readonly number[]
  /** what a result shows; a list kept in a join has no place in the row */
  readonly shown: readonly { readonly field: Field; readonly place: number | null }[]
}

interface GivenField {
  readonly field: Field
  readonly place: number
}

const shapes = new WeakMap<Model, ModelShape>()

export function shapeOf(model: Model): ModelShape {
  let shape = shapes.get(model)
  if (!shape) shapes.set(model, (shape = makeShape(model)))
  return shape
}

function makeShape(model: Model): ModelShape {
  const { id } = model
  if (!id) throw new TypeError(`Records of ${model.name} are pairs and have no data of their own`)
  const unassigned = [...model.fields.values()].filter((field) => field.stored && field !== id)
  const fields = [id, ...unassigned]
  const numbered = fields.map((field, place) => ({ field, place }))
  const placesOf = (test: (field: Field) => boolean): number[] =>
    numbered.filter(({ field }) => test(field)).map(({ place }) => place)
  const given = numbered.filter(({ field }) => field !== id && takesValue(field))
  const ends = new Map([...model.ends].filter(([, edge]) => !isOwnReference(edge)))
  const blank = fields.map((field) => (field.system === 'version' ? 1 : null))
  const places = new Map(numbered.map(({ field, place }) => [field.name, place]))
  const shown = [...model.fields.values()].filter((field) => !field.hidden)
  return {
    model,
    id,
    fields,
    unassigned,
    blank,
    places,
    given,
    ends,
    words: new Set([id.name, ...given.map(({ field }) => field.name), ...ends.keys()]),
    times: placesOf((field) => field.system === 'createdAt' || field.system === 'updatedAt'),
    lists: placesOf((field) => field.kind === 'list'),
    shown: shown.map((field) => ({ field, place: places.get(field.name) ?? null })),
  }
}

/** Lists, and what is written down for the other side of an association, are given as ends. */
const takesValue = ({ system, kind, edge }: Field): boolean =>
  system === null && kind !== 'list' && (edge === null || edge.holder)

/** A reference is a value of its record, like any other field. */
const isOwnReference = (edge: Edge): boolean => edge.holder && !edge.many
