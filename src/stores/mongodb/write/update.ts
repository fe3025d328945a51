import type { Document } from 'mongodb'
import type { Model } from '../../../schema/graph.js'
import type { Change } from '../../../store/write.js'
import type { Known } from '../filter/scope.js'
import type { Resolve } from '../resolve.js'
import { keysOf } from '../unique-error.js'
import { operatorFor } from './operators.js'
import { stageFor } from './stages.js'

/** What `updateMany` is given besides the filter. */
export interface Update {
  readonly update: Document | readonly Document[]
  readonly arrayFilters?: readonly Document[]
}

/**
 * Compiles changes. Each is an operator that reaches its place only, where MongoDB has one for it. Otherwise, or where one
 * change builds on another, all of them are stages of a pipeline, in their order.
 */
export function compileUpdate(
  model: Model,
  changes: readonly Change[],
): (resolve: Resolve, known: Known) => Update {
  const placed = changes.map((change) => {
    const [key = ''] = keysOf(model, [change.at.path.join('.')])
    return { change, key }
  })
  const operators = areApart(placed.map(({ key }) => key))
    ? all(placed.map(({ change, key }, at) => operatorFor(model, change, key, `e${at}`)))
    : null
  const stages = placed.map(({ change, key }) => stageFor(change, key))
  return (resolve, known) => {
    const made = operators && all(operators.map((make) => make(resolve)))
    return made ? together(made) : { update: stages.map((make) => make(resolve, known)) }
  }
}

/** Null where one is missing. */
function all<T>(parts: readonly (T | null)[]): readonly T[] | null {
  const known = parts.filter((part) => part !== null)
  return known.length === parts.length ? known : null
}

/** No place is another one or inside of it. */
function areApart(keys: readonly string[]): boolean {
  return keys.every((key, at) =>
    keys.every((other, place) => place === at || !`${other}.`.startsWith(`${key}.`)),
  )
}

function together(
  parts: readonly { readonly update: Document; readonly filters?: readonly Document[] }[],
): Update {
  const update: Record<string, Document> = {}
  for (const part of parts) {
    for (const [operator, places] of Object.entries(part.update)) {
      update[operator] = { ...update[operator], ...(places as Document) }
    }
  }
  const filters = parts.flatMap((part) => part.filters ?? [])
  return filters.length === 0 ? { update } : { update, arrayFilters: filters }
}
