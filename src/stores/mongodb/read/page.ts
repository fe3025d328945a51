import type { ReadNode } from '../../../store/read.js'
import { same } from '../../../store/convert.js'
import type { Value } from '../../../store/filter.js'
import { NEVER } from '../filter/combine.js'
import type { Document, Expression } from '../filter/document.js'
import type { Resolve } from '../resolve.js'
import type { Sort } from './order.js'

/** The number of a value; in a statement's text the place of the value. */
type Count = number | string

/** Only so many documents, from a place on. */
export interface Page {
  readonly limit: Count | null
  readonly offset: Count | null
}

export const pageOf = ({ limit, offset }: Pick<ReadNode, 'limit' | 'offset'>, resolve: Resolve): Page => {
  const count = (value: Value | null) => (value === null ? null : (resolve(value, same) as Count))
  return { limit: count(limit), offset: count(offset) }
}

/** The stages of a page of the whole. */
export const pageStages = ({ limit, offset }: Page): readonly Document[] => [
  ...(offset === null || offset === 0 ? [] : [{ $skip: offset }]),
  ...(limit === null ? [] : limit === 0 ? [{ $match: NEVER }] : [{ $limit: limit }]),
]

/** The place of a document among those of its parent; `$setWindowFields` takes no path of several keys everywhere. */
const PLACE = '__place'

const sum = (a: Count, b: Count): Count =>
  typeof a === 'number' && typeof b === 'number' ? a + b : `${a} + ${b}`

/** The stages of a page for each parent, whose key the expression gives. They keep the order within each parent. */
export const pagesByKey = (
  { limit, offset }: Page,
  sort: Sort,
  key: Expression,
  windows: boolean,
): readonly Document[] => {
  const from = offset ?? 0
  if (!windows) {
    // The server gathers a parent's documents before it cuts them.
    const rows = { $slice: ['$rows', from, limit ?? 2 ** 31 - 1] }
    return [
      { $sort: sort },
      { $group: { _id: key, rows: { $push: '$$ROOT' } } },
      { $project: { rows } },
      { $unwind: '$rows' },
      { $replaceRoot: { newRoot: '$rows' } },
    ]
  }
  const places = { $gt: from, ...(limit !== null && { $lte: sum(from, limit) }) }
  return [
    {
      $setWindowFields: { partitionBy: key, sortBy: sort, output: { [PLACE]: { $documentNumber: {} } } },
    },
    { $match: { [PLACE]: places } },
    { $sort: { [PLACE]: 1 } },
  ]
}
