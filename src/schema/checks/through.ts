import type { GraphFault } from '../../errors/index.js'
import { pairCandidates, throughNames } from '../compile-joins.js'
import type { AssociationDraft, GraphDraft, ModelDraft } from '../draft.js'
import { type Check, didYouMean, fault, words } from './fault.js'

export const checkThrough: Check = function* (graph) {
  const used = new Map<string, string>()
  for (const association of graph.associations) {
    const { model, path, through, many, name } = association
    if (through === null || !many) continue
    const join = graph.models.get(through)
    if (!join) {
      yield fault(
        'unknown-through',
        model.name,
        path,
        `There is no model "${through}" to go through.${didYouMean(through, graph.models.keys())}`,
        'Correct the name, or give the model to `defineGraph`.',
      )
      continue
    }
    yield* combinationFaults(association)
    yield* sideFaults(association, join, 'holder', graph)
    yield* sideFaults(association, join, 'target', graph)
    if (throughNames(association, join) === null && sidesFound(association, join)) {
      yield fault(
        'through-reference',
        model.name,
        path,
        `The join model "${through}" has one reference for both sides of the pairs.`,
        `Add a second field \`k.one('${model.name}')\` to "${through}", and name the first: \`columns: { holder: … }\`.`,
      )
    }
    const other = used.get(through)
    used.set(through, name)
    if (other !== undefined) {
      yield fault(
        'through-twice',
        model.name,
        path,
        `${other} goes through "${through}" too, and a join model holds the pairs of one association.`,
        'Declare one of the two, and name its other end with `inverse`.',
      )
    }
  }
}

function* combinationFaults({
  model,
  path,
  payload,
  inverse,
  symmetric,
}: AssociationDraft): Generator<GraphFault> {
  if (payload.size > 0) {
    yield fault(
      'through-options',
      model.name,
      path,
      'The payload of a declared join model is its own fields, so `payload` cannot be given too.',
      'Move the payload fields into the join model.',
    )
  }
  if (inverse === null && !symmetric) {
    yield fault(
      'through-options',
      model.name,
      path,
      'An association through a declared model has two named ends.',
      'Name the other end with `inverse`.',
    )
  }
}

const sidesFound = (association: AssociationDraft, join: ModelDraft): boolean =>
  pairCandidates(association, join, 'holder').length === 1 &&
  pairCandidates(association, join, 'target').length === 1

/** Faults of one of the two references in the join model. */
function* sideFaults(
  association: AssociationDraft,
  join: ModelDraft,
  side: 'holder' | 'target',
  { associations }: GraphDraft,
): Generator<GraphFault> {
  const { model, path } = association
  const wanted = side === 'holder' ? model.name : association.target
  const candidates = pairCandidates(association, join, side)
  const [found] = candidates
  if (candidates.length !== 1 || found === undefined) {
    yield fault(
      'through-reference',
      model.name,
      path,
      candidates.length === 0
        ? `The join model "${join.name}" has no such reference to its ${side}, "${wanted}".`
        : `The join model "${join.name}" has several references to "${wanted}" (${words(candidates)}); which one is its ${side}?`,
      candidates.length === 0
        ? `Add a field \`k.one('${wanted}')\` to "${join.name}".`
        : `Name it: \`columns: { ${side}: '${found}' }\`.`,
    )
    return
  }
  const reference = associations.find(({ name }) => name === `${join.name}.${found}`)
  if (!reference) return
  const { declaration } = reference
  if (declaration.optional || declaration.unique) {
    yield fault(
      'through-reference',
      join.name,
      [found],
      `It is one half of the pairs of ${association.name}, so it is required and not unique.`,
      'Remove `.optional()` and `.unique()`.',
    )
  }
  if (declaration.options['onDelete'] !== undefined || declaration.options['onHolderDelete'] !== undefined) {
    yield fault(
      'through-ties',
      join.name,
      [found],
      `It is one half of the pairs of ${association.name}, and takes the ties of that association.`,
      `Declare the tie at ${association.name}, and remove it here.`,
    )
  }
}
