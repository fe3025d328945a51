import type { GraphFault } from '../../errors/index.js'
import type { Path } from '../graph.js'
import { isModel } from '../read-draft.js'
import { type Check, didYouMean, fault, words } from './fault.js'
import { endRules, modelRules, ruleOf, type Rules } from './option-rules.js'

export const checkOptions: Check = function* ({ models, associations }) {
  for (const { name, declaration } of models.values()) {
    yield* optionFaults(name, null, 'k.model', declaration.options, modelRules)
    const { table, collection } = declaration.options
    if (table !== undefined && collection !== undefined && table !== collection) {
      yield fault(
        'contradicting-options',
        name,
        null,
        'The options `table` and `collection` are the same thing and have different values.',
        'Keep one of them.',
      )
    }
  }
  for (const { model, path, declaration } of associations) {
    const { kind, options } = declaration
    yield* optionFaults(model.name, path, `k.${kind}`, options, endRules[kind])
  }
}

function* optionFaults(
  model: string,
  path: Path | null,
  of: string,
  options: Readonly<Record<string, unknown>>,
  rules: Rules,
): Generator<GraphFault> {
  const known = Object.keys(rules)
  for (const [name, value] of Object.entries(options)) {
    const rule = ruleOf(rules, name)
    if (!rule) {
      const message = `\`${of}\` has no option "${name}".${didYouMean(name, known)}`
      yield fault('unknown-option', model, path, message, `It knows ${words(known)}.`)
      continue
    }
    const problem = value === undefined ? null : rule(value, name)
    if (problem !== null) yield fault('bad-option', model, path, problem, 'Correct the value.')
  }
}

/** What was given to `defineGraph` under a name, and is no model. */
export function* modelFaults(declarations: Readonly<Record<string, unknown>>): Generator<GraphFault> {
  for (const [name, value] of Object.entries(declarations)) {
    if (isModel(value)) continue
    yield fault('not-a-model', name, null, `"${name}" is no model.`, 'Declare it with `k.model({ … })`.')
  }
}
