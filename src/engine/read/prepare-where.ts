import { membersKey, whereKey } from '../../plan/shape-key.js'
import { fieldGuide } from '../../plan/guide.js'
import { elementMembers, type Members, modelMembers } from '../../plan/members.js'
import { parseWhere } from '../../plan/parse-where.js'
import { readValues, Slots } from '../../plan/slots.js'
import type { Field, Model } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'
import type { EngineContext } from '../context.js'

/** A caller's filter as part of a writer's request. */
export interface PreparedWhere {
  /** names everything that shapes the filter, as part of the request's key */
  readonly key: string
  readonly filter: Filter
  /** the scope's values and the filter's, normalised; further slots begin after them */
  readonly values: unknown[]
}

/**
 * A filter on a model's records. What may be seen of the model (`visible`) is not part of it.
 *
 * @throws KIN_UNKNOWN_FIELD, KIN_UNKNOWN_OPERATOR, KIN_INVALID_QUERY, KIN_INVALID_VALUE, KIN_INVALID_ID
 */
export function prepareWhere(
  context: EngineContext,
  model: Model,
  where: unknown,
  path = 'where',
): PreparedWhere {
  const values = [...context.visibility.values]
  const key = `${model.name}\0${context.visibility.key}\0${whereKey(where, model, values)}`
  return prepare(context, key, where, modelMembers(model), values, path)
}

/** A filter on the elements of an embedded array of a model. */
export function prepareElements(
  context: EngineContext,
  model: Model,
  field: Field,
  where: unknown,
  path = 'where',
): PreparedWhere {
  const values = [...context.visibility.values]
  const shape = membersKey(where, fieldGuide(field), values)
  const key = `${model.name}.${field.name}\0${context.visibility.key}\0${shape}`
  return prepare(context, key, where, elementMembers(field), values, path)
}

function prepare(
  { kept, visibility }: EngineContext,
  key: string,
  where: unknown,
  members: Members,
  values: unknown[],
  path: string,
): PreparedWhere {
  const first = visibility.values.length
  const { filter, slots } = kept.filters.take(key, () => {
    const taken = new Slots(values, first)
    const parsed = parseWhere(where, members, visibility, taken, path)
    taken.finish()
    return { filter: parsed, slots: taken.list }
  })
  readValues(slots, values, first)
  return { key, filter, values }
}
