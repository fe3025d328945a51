import { type GraphFault, nearest } from '../../errors/index.js'
import type { GraphDraft, ModelDraft } from '../draft.js'
import type { Path } from '../graph.js'

/** Every kind of fault a graph can have. */
export const faultCodes = [
  // names and members
  'not-a-model',
  'not-a-field',
  'invalid-name',
  'reserved-name',
  'misplaced-id',
  'bad-parameter',
  'bad-default',
  'bad-check',
  'bad-codec',
  'misplaced-modifier',
  'key-kind',
  // options
  'unknown-option',
  'bad-option',
  'contradicting-options',
  'pointless-option',
  // ends
  'unknown-target',
  'colliding-end',
  'embedded-end',
  'symmetric-target',
  'symmetric-inverse',
  // layout and what goes with it
  'illegal-layout',
  'one-sided-payload',
  'payload-member',
  'unordered-end',
  // ties
  'illegal-tie',
  'weak-required',
  'soft-without-soft-delete',
  'required-cycle',
  // declared join models
  'unknown-through',
  'through-reference',
  'through-options',
  'through-ties',
  'through-twice',
  // keys and database names
  'unknown-key-field',
  'repeated-key',
  'same-table',
  'same-column',
] as const

export type FaultCode = (typeof faultCodes)[number]

/** One rule, or a few that belong together: pure, and tolerant of whatever the other rules report. */
export type Check = (graph: GraphDraft) => Iterable<GraphFault>

export function fault(
  code: FaultCode,
  model: string,
  path: Path | null,
  message: string,
  fix: string,
): GraphFault {
  return { code, model, field: path && path.join('.'), message, fix }
}

/** ` Did you mean "title"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates)
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
}

/** Everything a model has at its top level, system fields included. */
export const memberNames = ({ members, system }: ModelDraft): string[] => [
  ...new Set(['id', ...members.keys(), ...system.map(({ name }) => name)]),
]

export const words = (candidates: Iterable<string>): string =>
  [...candidates].map((name) => `"${name}"`).join(', ')
