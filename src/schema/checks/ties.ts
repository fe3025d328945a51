import type { GraphFault } from '../../errors/index.js'
import type { AssociationDraft, GraphDraft } from '../draft.js'
import { type Check, fault } from './fault.js'

export const checkTies: Check = function* (graph) {
  for (const association of graph.associations) {
    yield* onDeleteFaults(association)
    yield* onHolderDeleteFaults(association, graph)
  }
}

function* onDeleteFaults({
  model,
  path,
  many,
  required,
  inArray,
  onDelete,
}: AssociationDraft): Generator<GraphFault> {
  if (many && (onDelete === 'strong' || onDelete === 'soft')) {
    yield fault(
      'illegal-tie',
      model.name,
      path,
      `A to-many association cannot have the tie "${onDelete}".`,
      'Choose "weak", "dirty" or "restrict".',
    )
  } else if (onDelete === 'soft' && !model.softDelete) {
    yield fault(
      'soft-without-soft-delete',
      model.name,
      path,
      `The tie "soft" soft-deletes the "${model.name}", which has no softDelete.`,
      `Turn softDelete on for "${model.name}", or choose another tie.`,
    )
  } else if (onDelete === 'weak' && required && !inArray) {
    yield fault(
      'weak-required',
      model.name,
      path,
      'A weak tie unsets the reference, and this one is required.',
      'Add `.optional()`, or choose another tie.',
    )
  }
}

function* onHolderDeleteFaults(
  { model, path, target, exclusive, embedded, onHolderDelete }: AssociationDraft,
  { models }: GraphDraft,
): Generator<GraphFault> {
  if (onHolderDelete === null) return
  if (!exclusive || embedded) {
    yield fault(
      'illegal-tie',
      model.name,
      path,
      '`onHolderDelete` belongs to one-one associations alone.',
      'Remove it, or make the reference one-one with `.unique()`.',
    )
  } else if (onHolderDelete === 'soft' && models.get(target)?.softDelete === false) {
    yield fault(
      'soft-without-soft-delete',
      model.name,
      path,
      `\`onHolderDelete: 'soft'\` soft-deletes the "${target}", which has no softDelete.`,
      `Turn softDelete on for "${target}", or choose "strong".`,
    )
  }
}
