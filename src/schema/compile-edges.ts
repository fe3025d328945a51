import type { AssociationDraft } from './draft.js'
import type { Edge, Field, Key, Path, Through } from './graph.js'
import { fieldAt, plainField } from './compile-fields.js'
import type { MutableEdge, MutableModel } from './mutable.js'

const noPayload: ReadonlyMap<string, Field> = new Map()

const key = (path: Path, many: boolean): Key => ({ paths: [path], many })
const idKey = (): Key => key(['id'], false)

/** Both directions of an association, linked to each other. */
function linkEdges(
  holder: Omit<MutableEdge, 'reverse'>,
  turned: Partial<MutableEdge>,
): readonly [MutableEdge, MutableEdge] {
  const edge = { ...holder } as MutableEdge
  const reverse = {
    ...holder,
    from: holder.to,
    to: holder.from,
    holder: false,
    required: false,
    ordered: false,
    set: true,
    fromKey: holder.toKey,
    toKey: holder.fromKey,
    ...turned,
  } as MutableEdge
  edge.reverse = reverse
  reverse.reverse = edge
  return [edge, reverse]
}

/** What joins and declared join models contribute to the edges of their association. */
export interface Between {
  readonly through: Through
  readonly payload: ReadonlyMap<string, Field>
}

/** The holder-side edge (and, behind it, its reverse) of an association, by its layout. */
export function compileAssociation(
  draft: AssociationDraft,
  from: MutableModel,
  to: MutableModel,
  payload: ReadonlyMap<string, Field>,
  between: Between | null,
): Edge {
  const name = draft.path.join('.')
  const inverse = draft.symmetric ? name : draft.inverse
  const list = draft.many || draft.element
  const own = key(draft.path, draft.many || draft.inArray)
  const [edge, reverse] = linkEdges(
    {
      association: draft.name,
      name,
      from,
      to,
      holder: true,
      path: draft.path,
      embedded: draft.embedded,
      many: list,
      set: !draft.element,
      exclusive: draft.exclusive,
      required: draft.required,
      fromKey: between ? idKey() : own,
      toKey: idKey(),
      through: between?.through ?? null,
      payload: between?.payload ?? payload,
      ordered: draft.ordered,
      symmetric: draft.symmetric,
      onDelete: draft.onDelete,
      onHolderDelete: draft.onHolderDelete,
      layout: draft.layout,
      hidden: draft.declaration.hidden,
      description: draft.declaration.description,
      serves: null,
    },
    {
      name: inverse,
      hidden: draft.symmetric && draft.declaration.hidden,
      path: inverse === null ? [] : [inverse],
      many: !draft.exclusive,
      exclusive: !draft.many && !draft.inArray,
      through: between && turnedThrough(between.through),
    },
  )
  if (draft.layout === 'mirror' && inverse !== null) {
    // Where a one-one's holders can be soft-deleted, several of them may refer to one record (R8).
    reverse.fromKey = key([inverse], reverse.many || from.softDelete)
    reverse.toKey = idKey()
    if (!draft.symmetric) addMirror(to, reverse)
  }
  place(draft, from, edge)
  return edge
}

const turnedThrough = (through: Through): Through => ({
  ...through,
  near: through.far,
  far: through.near,
  position: null,
})

/**
 * Gives the field that holds the association its edge, or takes it away where the holder writes nothing
 * down.
 */
function place(draft: AssociationDraft, from: MutableModel, edge: Edge): void {
  const field = fieldAt(from.fields, draft.path)
  if (field === null) return
  field.edge = edge
  if (!draft.many) return
  const oneSided = edge.reverse.name === null
  field.stored = edge.through === null
  // Ids of a two-sided list are shown only when populated, in every layout alike.
  if (!oneSided) field.hidden = true
  if (!oneSided && !field.stored) from.fields.delete(field.name)
}

/** The inverse side of a mirror is written down too, but never shown as ids. */
function addMirror(model: MutableModel, edge: Edge): void {
  if (edge.name === null) return
  const list = edge.fromKey.many
  const field = plainField(edge.name, list ? 'list' : 'reference', {
    optional: !list,
    hidden: true,
    idKind: edge.to.id?.idKind ?? null,
    edge,
  })
  model.fields.set(edge.name, field)
}

/** The reference from a record of a join to one of the two records it pairs. */
export function compileJoinReference(
  join: MutableModel,
  name: string,
  to: MutableModel,
  onDelete: Edge['onDelete'],
): Edge {
  const [edge] = linkEdges(
    {
      association: `${join.name}.${name}`,
      name,
      from: join,
      to,
      holder: true,
      path: [name],
      embedded: false,
      many: false,
      set: true,
      exclusive: false,
      required: true,
      fromKey: key([name], false),
      toKey: idKey(),
      through: null,
      payload: noPayload,
      ordered: false,
      symmetric: false,
      onDelete,
      onHolderDelete: null,
      layout: 'reference',
      hidden: false,
      description: null,
      serves: null,
    },
    { name: null, path: [], many: true, exclusive: true },
  )
  return edge
}
