import { compileAssociation } from './compile-edges.js'
import { addSystemFields, compileFields, type IdKinds } from './compile-fields.js'
import { compileIndexes } from './compile-indexes.js'
import {
  blankModel,
  compileJoin,
  compilePayload,
  compileThrough,
  type DeclaredPair,
  declaredPairs,
} from './compile-joins.js'
import type { GraphDraft, ModelDraft } from './draft.js'
import { freezeGraph } from './freeze-graph.js'
import type { Edge, Graph, Model } from './graph.js'
import type { MutableEdge, MutableModel } from './mutable.js'
import { systemModels } from './system-models.js'

/** Compiles drafts that passed the checks. */
export function compileGraph(draft: GraphDraft): Graph {
  const idKinds: IdKinds = new Map(
    [...draft.models].map(([name, { members }]) => {
      const id = members.get('id')
      return [name, id?.kind === 'id' ? id.idKind : 'objectId']
    }),
  )
  const models = new Map([...draft.models].map(([name, model]) => [name, compileModel(model, idKinds)]))
  const modelOf = (name: string): MutableModel => {
    const model = models.get(name)
    if (!model) throw new TypeError(`The checked graph has no model ${name}`)
    return model
  }

  const pairs = declaredPairs(draft)
  const joins = new Map<string, Model>()
  const associations = draft.associations.map((association): Edge => {
    const from = modelOf(association.model.name)
    const to = modelOf(association.target)
    const payload = compilePayload(association, idKinds)
    if (association.through !== null) {
      const names = pairs.get(association.through)?.names
      if (!names) throw new TypeError(`The checked association ${association.name} has no pair of references`)
      return compileAssociation(
        association,
        from,
        to,
        payload,
        compileThrough(modelOf(association.through), names),
      )
    }
    if (association.layout !== 'join') return compileAssociation(association, from, to, payload, null)
    const { join, between } = compileJoin(association, from, to, payload)
    joins.set(association.name, join)
    return compileAssociation(association, from, to, payload, between)
  })

  serve(associations, pairs)
  attach(associations)
  for (const [name, model] of draft.models) {
    addSystemFields(modelOf(name).fields, model)
    compileIndexes(modelOf(name), model, pairs.get(name)?.names ?? null)
  }
  const soft = [...models.values()].some((model) => model.softDelete)
  return freezeGraph({ models, system: soft ? systemModels() : new Map(), joins, associations })
}

function compileModel(draft: ModelDraft, idKinds: IdKinds): MutableModel {
  const fields = compileFields(draft, idKinds)
  return {
    ...blankModel(draft.name, draft.collection),
    alias: draft.alias,
    description: draft.description,
    internal: false,
    id: fields.get('id') ?? null,
    primaryKey: ['id'],
    fields,
    softDelete: draft.softDelete,
    timestamps: draft.timestamps,
    version: draft.version,
    hooks: { ...draft.hooks },
  }
}

/**
 * The references of declared join models learn which association they are halves of, and take over its tie.
 */
function serve(associations: readonly Edge[], pairs: ReadonlyMap<string, DeclaredPair>): void {
  const edges = new Map(associations.map((edge) => [edge.association, edge]))
  for (const [through, { association, names }] of pairs) {
    const serves = edges.get(association)
    const halves = [names.near, names.far].flatMap((name) => edges.get(`${through}.${name}`) ?? [])
    if (!serves) continue
    for (const half of halves.flatMap((edge): MutableEdge[] => [edge, edge.reverse])) {
      half.serves = serves
      half.onDelete = serves.onDelete
    }
  }
}

/** Hands the edges to their models: own ends first, then inverses. */
function attach(associations: readonly Edge[]): void {
  for (const edge of associations) {
    const from = edge.from as MutableModel
    const to = edge.to as MutableModel
    to.inbound.push(edge)
    from.outbound.push(edge)
    if (edge.embedded) from.embedded.push(edge)
    else if (edge.name !== null) from.ends.set(edge.name, edge)
  }
  for (const { symmetric, reverse } of associations) {
    if (!symmetric && reverse.name !== null) (reverse.from as MutableModel).ends.set(reverse.name, reverse)
  }
}
