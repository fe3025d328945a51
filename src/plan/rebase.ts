import { fail } from '../errors/index.js'
import type { Filter, Operand } from '../store/filter.js'

/** A filter on records of a join model, as one on the pairings that they are (operands `link`). */
export function rebase(filter: Filter, join: string): Filter {
  switch (filter.is) {
    case 'all':
    case 'any':
      return { is: filter.is, of: filter.of.map((part) => rebase(part, join)) }
    case 'compare':
    case 'null':
    case 'contains':
    case 'element':
    case 'elementCount':
      return { ...filter, operand: toLink(filter.operand) }
    case 'related':
    case 'relatedCount':
      return fail('KIN_INVALID_ARGUMENT', {
        message: `The scope of "${join}" tests records other than its own, and "${join}" joins two models.`,
        hint: `Let the scope of a join model test its own fields and ids only.`,
        path: `scopes.${join}`,
      })
  }
}

const toLink = (operand: Operand): Operand => (operand.of === 'record' ? { ...operand, of: 'link' } : operand)
