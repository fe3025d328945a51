import type { GraphFault } from '../../errors/index.js'
import type { AssociationDraft, GraphDraft } from '../draft.js'
import { type Check, didYouMean, fault, memberNames } from './fault.js'
import { memberNameFaults } from './names.js'

export const checkEnds: Check = function* (graph) {
  const taken = new Map<string, string>()
  for (const association of graph.associations) {
    yield* targetFaults(association, graph)
    yield* embeddedFaults(association)
    yield* symmetricFaults(association)
    yield* inverseFaults(association, graph, taken)
  }
}

function* targetFaults(
  { model, path, target, declaration }: AssociationDraft,
  { models }: GraphDraft,
): Generator<GraphFault> {
  if (models.has(target)) return
  const named = typeof declaration.target === 'string'
  yield fault(
    'unknown-target',
    model.name,
    path,
    named
      ? `There is no model "${target}".${didYouMean(target, models.keys())}`
      : `\`k.${declaration.kind}\` takes the name of a model, and was given something else.`,
    named
      ? 'Correct the name, or give the model to `defineGraph`.'
      : "Write the model's name: `k.one('user')`.",
  )
}

function* embeddedFaults({
  model,
  path,
  declaration,
  embedded,
  nestedArrays,
  inverse,
}: AssociationDraft): Generator<GraphFault> {
  if (!embedded) return
  if (declaration.kind === 'many') {
    yield fault(
      'embedded-end',
      model.name,
      path,
      '`k.many` cannot stand inside an object or an array.',
      'Use `k.array(k.one(…))`, or move it to the top level of the model.',
    )
  }
  if (inverse !== null) {
    yield fault(
      'embedded-end',
      model.name,
      path,
      'A reference inside an object or an array has no inverse.',
      'Remove `inverse`, or move the reference to the top level of a model of its own.',
    )
  }
  if (nestedArrays) {
    yield fault(
      'embedded-end',
      model.name,
      path,
      'A reference cannot stand in an array directly inside an array.',
      'Put an object between the two arrays.',
    )
  }
}

function* symmetricFaults({
  model,
  path,
  target,
  symmetric,
  inverse,
}: AssociationDraft): Generator<GraphFault> {
  if (!symmetric) return
  if (target !== model.name) {
    yield fault(
      'symmetric-target',
      model.name,
      path,
      `A symmetric association pairs records of one model, and its target is "${target}".`,
      `Point it at "${model.name}", or name the other end with \`inverse\` instead.`,
    )
  }
  if (inverse !== null) {
    yield fault(
      'symmetric-inverse',
      model.name,
      path,
      'A symmetric association has one end, so it has no inverse.',
      'Remove `inverse`, or `symmetric` where the two sides differ.',
    )
  }
}

function* inverseFaults(
  { name, model, path, target, inverse, symmetric, embedded }: AssociationDraft,
  { models }: GraphDraft,
  taken: Map<string, string>,
): Generator<GraphFault> {
  const holder = models.get(target)
  if (inverse === null || symmetric || embedded || !holder) return
  for (const found of memberNameFaults(model.name, [inverse])) {
    yield { ...found, field: path.join('.'), fix: 'Choose another `inverse`.' }
  }
  const end = `${target}.${inverse}`
  const other = taken.get(end)
  taken.set(end, other ?? name)
  if (memberNames(holder).includes(inverse)) {
    const itself = end === name
    yield fault(
      'colliding-end',
      model.name,
      path,
      `Its inverse "${inverse}" is the name of a field of "${target}".`,
      itself
        ? 'Use `symmetric: true` where both sides are one, or choose another `inverse`.'
        : 'Choose another `inverse`.',
    )
  } else if (other !== undefined) {
    yield fault(
      'colliding-end',
      model.name,
      path,
      `"${target}" would have two ends named "${inverse}": this one and that of ${other}.`,
      'Choose another `inverse` for one of them.',
    )
  }
}
