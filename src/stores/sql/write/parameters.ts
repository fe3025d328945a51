import type { Field } from '../../../schema/graph.js'
import type { Value } from '../../../store/filter.js'
import type { Convert } from '../../../store/convert.js'
import type { Scope } from '../filter/scope.js'
import type { Part } from '../fragment.js'
import { toJson } from '../json-form.js'
import type { Statement } from '../statement.js'

/** What the changes of one statement share. */
export interface ChangeContext {
  readonly statement: Statement
  readonly scope: Scope
  readonly fields: ReadonlyMap<string, Field>
}

export function parameter(value: Value, encode: Convert): Part {
  return { value, encode }
}

/** A value as a JSON document. */
export function document(field: Field, value: Value): Part {
  const json = toJson(field)
  return parameter(value, (given) => JSON.stringify(json(given)))
}
