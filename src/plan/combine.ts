import { always, type Filter, never } from '../store/filter.js'

const isAlways = (filter: Filter): boolean => filter.is === 'all' && filter.of.length === 0
const isNever = (filter: Filter): boolean => filter.is === 'any' && filter.of.length === 0

/** Every one of the filters. */
export function allOf(...filters: readonly Filter[]): Filter {
  const parts = filters.flatMap((filter) => (filter.is === 'all' ? filter.of : filter))
  if (parts.some(isNever)) return never
  if (parts.length === 0) return always
  return parts.length === 1 ? (parts[0] as Filter) : { is: 'all', of: parts }
}

/** At least one of the filters. */
export function anyOf(...filters: readonly Filter[]): Filter {
  const parts = filters.flatMap((filter) => (filter.is === 'any' ? filter.of : filter))
  if (parts.some(isAlways)) return always
  if (parts.length === 0) return never
  return parts.length === 1 ? (parts[0] as Filter) : { is: 'any', of: parts }
}

/** Parts that hold together. Where the whole is negated the parts are already, and one of them is enough. */
export function together(parts: readonly Filter[], negated: boolean): Filter {
  return negated ? anyOf(...parts) : allOf(...parts)
}
