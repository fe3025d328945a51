import { compileAssociation } from './compile-edges.js'
import { addSystemFields, compileFields, type IdKinds } from './compile-fields.js'
import { compileIndexes } from './compile-indexes.js'
import {
  blankModel,
  compileJoin,
  compilePayload,
  compileThrough,
  pairReferences,
  throughNames,
} from './compile-joins.js'
import type { AssociationDraft, GraphDraft, ModelDraft } from './draft.js'
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

  const serving = pairReferences(draft)
  const joins = new Map<string, Model>()
  const pairs = new Map<string, readonly string[]>()
  const associations = draft.associations.map((association): Edge => {
    const from = modelOf(association.model.name)
    const to = modelOf(association.target)
    const payload = compilePayload(association, idKinds)
    const onDelete = serving.get(association.name)?.onDelete ?? association.onDelete
    const { between, join } = lieBetween(association, from, to, payload)
    if (join) joins.set(association.name, join)
    return compileAssociation(association, from, to, payload, between, onDelete)
  })
  const edges = new Map(associations.map((edge) => [edge.association, edge as MutableEdge]))
  for (const [reference, { name }] of serving) serve(edges.get(reference), edges.get(name))
  attach(associations)
  for (const [name, model] of models) {
    const modelDraft = draft.models.get(name)
    if (!modelDraft) continue
    addSystemFields(model.fields, modelDraft)
    compileIndexes(model, modelDraft, pairs.get(name) ?? null)
  }
  const soft = [...models.values()].some((model) => model.softDelete)
  return freezeGraph({ models, system: soft ? systemModels() : new Map(), joins, associations })

  function lieBetween(
    association: AssociationDraft,
    from: MutableModel,
    to: MutableModel,
    payload: ReturnType<typeof compilePayload>,
  ) {
    if (association.through === null) {
      return association.layout === 'join'
        ? compileJoin(association, from, to, payload)
        : { between: null, join: null }
    }
    const through = draft.models.get(association.through)
    const names = through && throughNames(association, through)
    if (!names) throw new TypeError(`The checked association ${association.name} has no pair of references`)
    pairs.set(association.through, [names.near, names.far])
    return { between: compileThrough(modelOf(association.through), names), join: null }
  }
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

/** Tells a half of a declared pair which association it is a half of. */
function serve(half: MutableEdge | undefined, association: MutableEdge | undefined): void {
  if (!half || !association) return
  half.serves = association
  const reverse: MutableEdge = half.reverse
  reverse.serves = association
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
