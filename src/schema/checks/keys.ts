import type { GraphFault } from '../../errors/index.js'
import type { Declaration } from '../declaration.js'
import type { ModelDraft } from '../draft.js'
import { type Check, didYouMean, fault, memberNames, words } from './fault.js'

export const checkKeys: Check = function* ({ models }) {
  for (const model of models.values()) {
    for (const key of [...model.unique, ...model.indexes]) yield* keyFaults(model, key)
    yield* repetitionFaults(model)
  }
}

const unfit: ReadonlySet<Declaration['kind']> = new Set(['json', 'object', 'array', 'many'])

function* keyFaults(model: ModelDraft, key: readonly string[]): Generator<GraphFault> {
  for (const name of key) {
    const declaration = declarationAt(model, name)
    const candidates = memberNames(model)
    if (declaration === null && !candidates.includes(name)) {
      yield fault(
        'unknown-key-field',
        model.name,
        null,
        `The key over ${words(key)} names the field "${name}", which does not exist.${didYouMean(name, candidates)}`,
        `Fields of "${model.name}": ${words(candidates)}.`,
      )
    } else if (declaration && unfit.has(declaration.kind)) {
      yield fault(
        'key-kind',
        model.name,
        name.split('.'),
        `It is part of the key over ${words(key)}, and a field of this kind cannot be.`,
        'Use fields that hold one comparable value.',
      )
    }
  }
  if (new Set(key).size < key.length) {
    yield fault(
      'repeated-key',
      model.name,
      null,
      `The key over ${words(key)} names a field twice.`,
      'Remove the repetition.',
    )
  }
}

/** The declaration at a dotted path, objects crossed and arrays not. */
function declarationAt(model: ModelDraft, name: string): Declaration | null {
  const place = model.places.find(({ path, element }) => !element && path.join('.') === name)
  return place && !place.inArray ? place.declaration : null
}

function* repetitionFaults(model: ModelDraft): Generator<GraphFault> {
  const chained = model.places
    .filter(({ declaration, inArray }) => declaration?.unique && !inArray)
    .map(({ path }) => [path.join('.')])
  const seen = new Set<string>()
  for (const key of [...chained, ...model.unique]) {
    // The database's name of the index is made of the same words.
    const name = key.join('_').replaceAll('.', '_')
    if (seen.has(name)) {
      yield fault(
        'repeated-key',
        model.name,
        null,
        `The unique key over ${words(key)} is declared twice.`,
        'Keep `.unique()` on the field or the entry of `unique`, not both.',
      )
    }
    seen.add(name)
  }
}
