import type { Edge } from '../schema/graph.js'
import { keptAtBothEnds } from '../schema/kept-at-both-ends.js'
import type { Outcome } from './fate.js'

/**
 * What the delete of a record does at the other end of an edge:
 * - `strong`, `soft`: the holder goes, too
 * - `weak`: its reference is unset
 * - `restrict`: the holder stands in the way, if it stays
 * - `dangling`: it keeps a reference to nothing
 * - null: nothing that the walk has to know; entries of lists are found when all outcomes are final
 */
export type Effect = Outcome | 'weak' | 'restrict' | 'dangling' | null

/** What a delete of the target means for the holders over an edge (seen from its holder). */
export function effectOnHolder(edge: Edge, outcome: Outcome): Effect {
  if (edge.serves) return effectOnPair(edge, edge.serves, outcome)
  if (isList(edge)) return effectOnEntry(edge, outcome)
  return edge.onDelete === 'dirty' ? dangling(outcome) : edge.onDelete
}

/** A declared record in between: its pair ends with a hard delete of its holder, or of its target unless entries stay. */
function effectOnPair(reference: Edge, association: Edge, outcome: Outcome): Effect {
  if (outcome === 'soft') return null
  const isHolders = association.through!.near.includes(reference.path[0]!)
  if (blocksForItself(association) && !isHolders) return 'restrict'
  if (isHolders || association.symmetric || association.onDelete === 'weak') return 'strong'
  return association.onDelete === 'dirty' ? 'dangling' : null
}

/** A soft-deleted record in between pairs nobody, and stands in the way of a hard delete all the same (R22). */
const blocksForItself = ({ through, symmetric, onDelete }: Edge): boolean =>
  onDelete === 'restrict' && through?.declared === true && !symmetric

function effectOnEntry(edge: Edge, outcome: Outcome): Effect {
  if (edge.onDelete === 'restrict') return outcome === 'strong' && blocksForItself(edge) ? null : 'restrict'
  // A symmetric pair is an entry of both records, and a holder's own entries go with it whatever the tie.
  return edge.onDelete === 'dirty' && !edge.symmetric && !edge.through?.declared ? dangling(outcome) : null
}

const dangling = (outcome: Outcome): Effect => (outcome === 'strong' ? 'dangling' : null)

/** Pairs of their own or entries of a top-level list; references inside embedded structures are no such list (R17). */
const isList = (edge: Edge): boolean => edge.many && !edge.embedded

/** A hard delete of the target takes these entries out of the lists of holders that stay (R23). */
export const losesEntries = (edge: Edge): boolean =>
  isList(edge) &&
  !edge.through?.declared &&
  (edge.onDelete === 'weak' || (edge.onDelete === 'dirty' && edge.symmetric))

/** The holder's pairs over this edge are written down elsewhere than on the holder, so they do not go with it by themselves. */
export const keepsPairsElsewhere = (edge: Edge): boolean =>
  edge.through ? !edge.through.declared : keptAtBothEnds(edge)
