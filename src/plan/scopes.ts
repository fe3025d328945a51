import { unknownName } from '../errors/index.js'
import type { Graph, Model } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import type { Filter } from '../store/filter.js'
import { allOf } from './combine.js'
import { modelMembers } from './members.js'
import { parseWhere } from './parse-where.js'
import { rebase } from './rebase.js'
import { refuseShape } from './refuse.js'
import { whereKey } from './shape-key.js'
import { readValues, Slots } from './slots.js'
import { unrestricted, type Visibility } from './visibility.js'

/**
 * What a caller may see: the scopes of `db.scoped`, on top of what could be seen before; both must allow. The predicates
 * themselves look at everything that is not deleted, or they would have to look through one another.
 */
export function narrow(before: Visibility, scopes: unknown, graph: Graph): Visibility {
  if (!isPlainObject(scopes)) return refuseShape('scopes', 'an object of filters by model', scopes)
  let key = before.key
  const values = [...before.values]
  const filters = new Map(before.scopes)
  for (const [name, where] of Object.entries(scopes)) {
    if (where === undefined) continue
    const model = graph.models.get(name) ?? unknownModel(name, graph)
    const first = values.length
    key += `${name}\x00${whereKey(where, model, values)}`
    const slots = new Slots(values, first)
    const filter = parseWhere(where, modelMembers(model), unrestricted, slots, `scopes.${name}`)
    slots.finish()
    readValues(slots.list, values, first)
    refuseUnlessLocal(filter, model, graph)
    filters.set(model, narrower(filters.get(model), filter))
  }
  return { key, values, scopes: filters }
}

function narrower(before: Filter | undefined, filter: Filter): Filter {
  return before ? allOf(before, filter) : filter
}

/** Pairings are seen from their ends, from where nothing but their own fields can be tested. */
function refuseUnlessLocal(filter: Filter, model: Model, graph: Graph): void {
  if (graph.associations.some(({ through }) => through?.model === model)) rebase(filter, model.name)
}

function unknownModel(word: string, graph: Graph): never {
  return unknownName('KIN_UNKNOWN_OPTION', {
    word,
    kind: 'model',
    where: 'the graph',
    candidates: graph.models.keys(),
    path: `scopes.${word}`,
  })
}
