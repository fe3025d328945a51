import type { Filter } from '../store/filter.js'
import type { Members } from './members.js'
import type { Slots } from './slots.js'
import type { Visibility } from './visibility.js'

/**
 * What parsing a filter needs besides the filter. Filters nest through associations and arrays, so each kind of member is
 * parsed in a file of its own and comes back here for what is inside.
 */
export interface FilterContext {
  readonly visibility: Visibility
  readonly slots: Slots
  /** a whole filter object */
  filter(input: unknown, members: Members, path: string, negated: boolean): Filter
  /** one key of a filter object */
  entry(name: string, value: unknown, members: Members, path: string, negated: boolean): Filter
}
