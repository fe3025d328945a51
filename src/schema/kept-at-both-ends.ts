import type { Edge, Key, Model } from './graph.js'

/** Each of the two records keeps a pair of its own (a mirror): what is written at one end is written at the other, too. */
export const keptAtBothEnds = ({ from, to, fromKey, through, reverse }: Edge): boolean =>
  through === null && !isOwnId(from, fromKey) && !isOwnId(to, reverse.fromKey)

const isOwnId = ({ id }: Model, { paths }: Key): boolean => paths[0]?.[0] === id?.name
