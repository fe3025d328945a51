import { modelGuide } from '../../plan/guide.js'
import { elementMembers, modelMembers } from '../../plan/members.js'
import { parseWhere } from '../../plan/parse-where.js'
import { membersKey, whereKey } from '../../plan/shape-key.js'
import { readValues, Slots } from '../../plan/slots.js'
import type { Visibility } from '../../plan/visibility.js'
import type { Field, Model } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'

/** A caller's filter, ready for statements. */
export interface Chosen {
  /** names everything that shapes it */
  readonly key: string
  readonly filter: Filter
  /**
   * the first values of a statement: the caller's scope's, then the filter's; their number is the next free
   * slot
   */
  readonly values: readonly unknown[]
}

/** A filter on a model's records. @throws whatever is wrong with it */
export function readWhere(visibility: Visibility, model: Model, where: unknown, path = 'where'): Chosen {
  const values = [...visibility.values]
  const key = `${visibility.key} ${whereKey(where, model, values)}`
  const slots = new Slots(values, visibility.values.length)
  const filter = parseWhere(where, modelMembers(model), visibility, slots, path)
  return finish(key, filter, slots, values, visibility)
}

/** A filter on the elements of a model's embedded array. */
export function readElementWhere(
  visibility: Visibility,
  model: Model,
  field: Field,
  where: unknown,
  path = 'where',
): Chosen {
  const values = [...visibility.values]
  const guide = modelGuide(model).members.get(field.name)
  if (!guide) throw new TypeError(`${model.name} has no member ${field.name}`)
  const key = `${visibility.key} ${membersKey(where, guide, values)}`
  const slots = new Slots(values, visibility.values.length)
  const filter = parseWhere(where, elementMembers(field), visibility, slots, path)
  return finish(key, filter, slots, values, visibility)
}

function finish(
  key: string,
  filter: Filter,
  slots: Slots,
  values: unknown[],
  visibility: Visibility,
): Chosen {
  slots.finish()
  readValues(slots.list, values, visibility.values.length)
  return { key, filter, values }
}
