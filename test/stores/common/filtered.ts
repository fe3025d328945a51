/** The ids that a filter finds, by a store and by hand. */
import * as fc from 'fast-check'
import type { Filter } from '../../../src/store/filter.js'
import { byId, node } from './build.js'
import { loader, type Reading } from './load.js'
import { type Data, Naive } from './naive.js'

const idOf = (row: unknown) => (row as { id: unknown }).id

export const idsBy = async (reading: Reading, of: string, where: Filter) =>
  (await loader(reading, [])(node(of, { where, order: [byId(of)] }))).map(idOf)

export const idsByHand = (data: Data, of: string, where: Filter) =>
  new Naive(data, []).read(node(of, { where, order: [byId(of)] })).map(idOf)

/** A filter as fast-check prints it. */
const words = (filter: Filter): string => {
  const not = 'negated' in filter && filter.negated ? 'not ' : ''
  switch (filter.is) {
    case 'all':
    case 'any':
      return `${filter.is}(${filter.of.map(words).join(', ')})`
    case 'related':
    case 'relatedCount': {
      const { edge, at, scope, where } = filter
      const size = filter.is === 'related' ? '' : ` ${filter.op} ${JSON.stringify(filter.value)}`
      return `${not}${filter.is} ${edge.path.join('.')}@${at}(${words(scope)}; ${words(where)})${size}`
    }
    default: {
      const { of, path } = filter.operand
      const op = 'op' in filter ? ` ${filter.op}` : ''
      const value = 'value' in filter ? ` ${fc.stringify(filter.value)}` : ''
      const where = 'where' in filter ? ` (${words(filter.where)})` : ''
      return `${not}${filter.is} ${of}.${path.join('.')}${op}${value}${where}`
    }
  }
}

export const printed = (where: Filter) => ({ where, [fc.toStringMethod]: () => words(where) })
