import type { GraphFault } from '../../errors/index.js'
import type { Path } from '../graph.js'
import { type Check, fault } from './fault.js'

/** What `db`, a transaction or every JavaScript object has for itself. */
export const reservedModels: ReadonlySet<string> = new Set([
  'transaction',
  'sync',
  'close',
  'scoped',
  'graph',
  'store',
  'native',
  'purge',
  'restore',
  'then',
  'toJSON',
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
])

export const reservedFields: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'prototype',
  ...Object.getOwnPropertyNames(Object.prototype),
])

/**
 * Dots separate names in paths; quotes and control characters have no place in the JSON paths of databases.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unfit = /^$|[."\u0000-\u001f]/

export const checkNames: Check = function* ({ models }) {
  for (const [name, model] of models) {
    yield* wordFaults(name, name, null, 'The model name')
    if (reservedModels.has(name) || name.startsWith('kinship_')) {
      yield fault(
        'reserved-name',
        name,
        null,
        `"${name}" is a name that kinship or JavaScript needs for itself.`,
        'Give the model another name; `table` keeps the name in the database.',
      )
    }
    for (const member of model.places) {
      if (member.element) continue
      yield* memberNameFaults(name, member.path)
      if (!member.embedded && model.system.some((system) => system.name === member.path[0])) {
        yield fault(
          'reserved-name',
          name,
          member.path,
          `"${member.path[0]}" is the field of a system option that is on.`,
          'Remove the field, or turn the model option off.',
        )
      }
    }
  }
}

/** Faults of the last name of a path, as a field, an end or a payload field. */
export function* memberNameFaults(model: string, path: Path): Generator<GraphFault> {
  const name = path.at(-1) ?? ''
  yield* wordFaults(name, model, path, 'The name')
  if (reservedFields.has(name)) {
    yield fault(
      'reserved-name',
      model,
      path,
      `"${name}" is a name that JavaScript needs for itself.`,
      'Choose another name; `.column()` keeps the name in the database.',
    )
  }
}

function* wordFaults(name: string, model: string, path: Path | null, what: string): Generator<GraphFault> {
  if (!unfit.test(name) && !name.startsWith('$')) return
  yield fault(
    'invalid-name',
    model,
    path,
    `${what} "${name}" is empty, begins with "$", or has a dot, a quote or a control character in it.`,
    'Choose another name; the name in the database can be given apart from it.',
  )
}
