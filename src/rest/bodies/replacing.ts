import type { Field } from '../../schema/graph.js'
import type { Resource } from '../resource.js'
import { givenField, wordsOf } from './read-data.js'

/**
 * The data of a PUT: what it leaves out becomes its default, null or an empty list. Hidden fields stay, because the caller
 * cannot know them, and immutable ones because they cannot change.
 */
export function replacing(
  data: Readonly<Record<string, unknown>>,
  resource: Resource,
): Record<string, unknown> {
  const { model, writable } = resource
  const whole: Record<string, unknown> = { ...data }
  for (const name of wordsOf(resource)) {
    const field = givenField(model, name)
    if (name in data || name === 'id') continue
    if (field && !field.hidden && !field.immutable) whole[name] = leftOut(field)
    // A list that a record shows is its own; other ends are not.
    else if (writable.has(name) && model.fields.get(name)?.hidden === false) whole[name] = []
  }
  return whole
}

/** null where there must be a value, for the engine to ask for it */
function leftOut(field: Field): unknown {
  const made: unknown =
    typeof field.default === 'function' ? (field.default as () => unknown)() : field.default
  if (made !== undefined) return made
  return field.kind === 'array' && !field.optional ? [] : null
}
