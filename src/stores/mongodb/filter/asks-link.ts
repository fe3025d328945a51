import type { Filter } from '../../../store/filter.js'

/** The conditions that all have to hold. */
export const conditions = (filter: Filter): readonly Filter[] =>
  filter.is === 'all' ? filter.of.flatMap(conditions) : [filter]

/** The pairing decides, too. */
export const asksLink = (filter: Filter): boolean => {
  switch (filter.is) {
    case 'all':
    case 'any':
      return filter.of.some(asksLink)
    case 'related':
    case 'relatedCount':
      return false
    case 'element':
      return filter.operand.of === 'link' || asksLink(filter.where)
    default:
      return filter.operand.of === 'link'
  }
}

/** The pairing alone decides. */
export const asksLinkOnly = (filter: Filter): boolean => {
  if (filter.is === 'all' || filter.is === 'any') return filter.of.every(asksLinkOnly)
  if (filter.is === 'related' || filter.is === 'relatedCount' || filter.is === 'element') return false
  return filter.operand.of === 'link'
}
