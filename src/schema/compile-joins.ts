import { compileField, type IdKinds, plainField } from './compile-fields.js'
import { type Between, compileJoinReference } from './compile-edges.js'
import type { AssociationDraft, GraphDraft, ModelDraft } from './draft.js'
import type { Field } from './graph.js'
import type { MutableField, MutableModel } from './mutable.js'

/**
 * The two reference fields of the records in between: the one that names the holder, and the one that names
 * the target.
 */
export interface PairNames {
  readonly near: string
  readonly far: string
}

/** Model names tell the two sides apart; where both are one model, the ends' names do. */
export function joinNames(draft: AssociationDraft): PairNames {
  const model = draft.model.name
  const field = draft.path.join('_')
  if (draft.target !== model) return { near: model, far: draft.target }
  const near = draft.inverse ?? model
  return { near, far: field === near ? `${field}_2` : field }
}

/** Names that a pairing needs for itself: `id` in the entries of arrays, the others in joins. */
export function pairingNames(draft: AssociationDraft): readonly string[] {
  const { near, far } = joinNames(draft)
  if (draft.layout !== 'join') return ['id']
  return draft.ordered ? ['id', near, far, 'position'] : ['id', near, far]
}

export function compilePayload(draft: AssociationDraft, idKinds: IdKinds): Map<string, MutableField> {
  const payload = new Map<string, MutableField>()
  for (const [name, declaration] of draft.payload) payload.set(name, compileField(name, declaration, idKinds))
  return payload
}

/** The internal model of a join: the two references, the payload, and the position of an ordered list. */
export function compileJoin(
  draft: AssociationDraft,
  from: MutableModel,
  to: MutableModel,
  payload: ReadonlyMap<string, MutableField>,
): { readonly join: MutableModel; readonly between: Between } {
  const { near, far } = joinNames(draft)
  const join = blankModel(draft.name, draft.table)
  join.primaryKey = [near, far]
  join.indexes.push([far])
  const side = (name: string, model: MutableModel, option: 'holder' | 'target'): void => {
    const idKind = model.id?.idKind ?? null
    const edge = compileJoinReference(join, name, model, option === 'target' ? draft.onDelete : 'weak')
    join.fields.set(
      name,
      plainField(name, 'reference', { column: columnOf(draft, option) ?? name, idKind, edge }),
    )
    join.outbound.push(edge)
  }
  side(near, from, 'holder')
  side(far, to, 'target')
  for (const [name, field] of payload) join.fields.set(name, field)
  if (draft.ordered) {
    const column = columnOf(draft, 'position') ?? 'position'
    join.fields.set('position', plainField('position', 'integer', { column }))
  }
  const position = draft.ordered ? 'position' : null
  return {
    join,
    between: { through: { model: join, near: [near], far: [far], position, declared: false }, payload },
  }
}

function columnOf(draft: AssociationDraft, option: 'holder' | 'target' | 'position'): string | null {
  const column = draft.columns[option]
  return typeof column === 'string' ? column : null
}

export function blankModel(name: string, collection: string): MutableModel {
  return {
    name,
    collection,
    alias: name,
    description: null,
    internal: true,
    id: null,
    primaryKey: [],
    fields: new Map(),
    ends: new Map(),
    embedded: [],
    inbound: [],
    outbound: [],
    softDelete: false,
    timestamps: false,
    version: false,
    uniques: [],
    indexes: [],
    hooks: {},
  }
}

/**
 * The two references of a declared join model: named by `columns`, otherwise found by their targets. Null
 * where there is not exactly one for each side.
 */
export function throughNames(draft: AssociationDraft, through: ModelDraft): PairNames | null {
  const [near, secondNear] = pairCandidates(draft, through, 'holder')
  const [far, secondFar] = pairCandidates(draft, through, 'target')
  if (near === undefined || far === undefined || secondNear !== undefined || secondFar !== undefined)
    return null
  return near === far ? null : { near, far }
}

/** References of a declared join model that could be the one to its holder, or to its target. */
export function pairCandidates(
  draft: AssociationDraft,
  through: ModelDraft,
  side: 'holder' | 'target',
): readonly string[] {
  const target = side === 'holder' ? draft.model.name : draft.target
  const named = columnOf(draft, side)
  const others = columnOf(draft, side === 'holder' ? 'target' : 'holder')
  return [...through.members]
    .filter(([, member]) => member.kind === 'one' && member.target === target)
    .map(([name]) => name)
    .filter((name) => (named ?? name) === name && name !== others)
}

/** A declared join model as what lies between: its other fields are the payload. */
export function compileThrough(through: MutableModel, { near, far }: PairNames): Between {
  const payload = new Map<string, Field>()
  for (const [name, field] of through.fields) {
    const own = name === 'id' || name === near || name === far
    if (!own && field.system === null && field.kind !== 'list') payload.set(name, field)
  }
  return { through: { model: through, near: [near], far: [far], position: null, declared: true }, payload }
}

/** A declared join model in use: by which association, and by which of its references. */
export interface DeclaredPair {
  readonly association: string
  readonly names: PairNames
}

/** Declared join models in use, by name. */
export function declaredPairs({ models, associations }: GraphDraft): Map<string, DeclaredPair> {
  const pairs = new Map<string, DeclaredPair>()
  for (const draft of associations) {
    const through = draft.through === null ? undefined : models.get(draft.through)
    const names = through && throughNames(draft, through)
    if (names) pairs.set(through.name, { association: draft.name, names })
  }
  return pairs
}
