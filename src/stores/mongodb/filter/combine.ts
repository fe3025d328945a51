import type { Document } from './document.js'

/** What no document meets. */
export const NEVER: Document = { $expr: false }

const isAlways = (filter: Document): boolean => Object.keys(filter).length === 0

/** Filters as one document where no key occurs twice; otherwise null. */
export const merged = (filters: readonly Document[]): Document | null => {
  const keys = filters.flatMap((filter) => Object.keys(filter))
  return new Set(keys).size === keys.length ? (Object.assign({}, ...filters) as Document) : null
}

/** Every one of the filters holds. */
export const every = (filters: readonly Document[]): Document => {
  const needed = filters.filter((filter) => !isAlways(filter))
  return merged(needed) ?? { $and: needed }
}

/** At least one of the filters holds. */
export const some = (filters: readonly Document[]): Document => {
  if (filters.some(isAlways)) return {}
  const needed = filters.filter((filter) => filter !== NEVER)
  const [only] = needed
  if (only === undefined) return NEVER
  return needed.length === 1 ? only : { $or: needed }
}
