import type { Edge, Field, Model } from '../schema/graph.js'

/** What the traversal of a filter must know of the members it meets: which names there are, and which hold JSON. */
export interface FilterGuide {
  /** values here are opaque */
  readonly json: boolean
  readonly members: ReadonlyMap<string, FilterGuide>
}

/** What the traversal of a populate tree must know: a name leads to an end, or to members of an embedded structure. */
export interface PopulateGuide {
  readonly edge: Edge | null
  readonly members: ReadonlyMap<string, PopulateGuide>
}

const noMembers: ReadonlyMap<string, never> = new Map<string, never>()

export const leafGuide: FilterGuide = { json: false, members: noMembers }
const jsonGuide: FilterGuide = { json: true, members: noMembers }

/** Models refer to one another in circles, so members are looked at when they are first needed. */
class LazyGuide implements FilterGuide {
  readonly json = false
  #members: ReadonlyMap<string, FilterGuide> | null = null
  readonly #make: () => ReadonlyMap<string, FilterGuide>

  constructor(make: () => ReadonlyMap<string, FilterGuide>) {
    this.#make = make
  }

  get members(): ReadonlyMap<string, FilterGuide> {
    this.#members ??= this.#make()
    return this.#members
  }
}

const ofModels = new WeakMap<Model, FilterGuide>()
const ofEdges = new WeakMap<Edge, FilterGuide>()

/** The guide of filters on a model's records. */
export function modelGuide(model: Model): FilterGuide {
  let guide = ofModels.get(model)
  if (!guide) {
    guide = new LazyGuide(() => {
      const members = new Map(fieldGuides(model.fields))
      for (const [name, edge] of model.ends) members.set(name, edgeGuide(edge))
      return members
    })
    ofModels.set(model, guide)
  }
  return guide
}

/** The guide of filters on the targets of an edge: their members, and the pairing's own under `$link`. */
export function edgeGuide(edge: Edge): FilterGuide {
  if (edge.payload.size === 0) return modelGuide(edge.to)
  let guide = ofEdges.get(edge)
  if (!guide) {
    const link: FilterGuide = { json: false, members: fieldGuides(edge.payload) }
    guide = new LazyGuide(() => new Map([...modelGuide(edge.to).members, ['$link', link]]))
    ofEdges.set(edge, guide)
  }
  return guide
}

function fieldGuides(fields: ReadonlyMap<string, Field>): Map<string, FilterGuide> {
  return new Map([...fields].map(([name, field]) => [name, fieldGuide(field)]))
}

function fieldGuide(field: Field): FilterGuide {
  if (field.kind === 'json') return jsonGuide
  if (field.edge) return edgeGuide(field.edge)
  if (field.item) return fieldGuide(field.item)
  return field.fields ? { json: false, members: fieldGuides(field.fields) } : leafGuide
}

const populateGuides = new WeakMap<Model, PopulateGuide>()

/** The guide of populate trees: every end, and every embedded member on the way to a reference. */
export function populateGuide(model: Model): PopulateGuide {
  let guide = populateGuides.get(model)
  if (!guide) {
    const members = new Map<string, PopulateGuide>()
    for (const [name, edge] of model.ends) members.set(name, { edge, members: noMembers })
    for (const edge of model.embedded) plant(members, edge, 0)
    guide = { edge: null, members }
    populateGuides.set(model, guide)
  }
  return guide
}

function plant(members: Map<string, PopulateGuide>, edge: Edge, depth: number): void {
  const name = edge.path[depth]
  if (name === undefined) return
  if (depth === edge.path.length - 1) {
    members.set(name, { edge, members: noMembers })
    return
  }
  const inner = new Map(members.get(name)?.members)
  members.set(name, { edge: null, members: inner })
  plant(inner, edge, depth + 1)
}
