import { type JsonSchema, reference } from './json-schema.js'
import { problemType } from '../problems/problem.js'

const words: Readonly<Record<number, string>> = {
  400: 'The request is malformed, or a parameter is wrong.',
  401: 'The request does not say who sends it.',
  403: 'The caller may not do this.',
  404: 'There is no such record.',
  409: 'It would contradict what is stored.',
  412: 'The record is not what `If-Match` says.',
  413: 'The body is too large.',
  415: 'The body is no JSON.',
  422: 'The data does not fit, or names records that do not exist.',
  428: '`If-Match` is required.',
  500: 'The server failed.',
  501: 'The database cannot do this.',
  503: 'The database is away or busy; try again.',
}

/** Every route may have these. */
const always: readonly number[] = [400, 500, 501, 503]
const guarded: readonly number[] = [401, 403]

/** The problems that a route may answer with. */
export function problemResponses(
  statuses: readonly number[],
  isGuarded: boolean,
): Record<number, JsonSchema> {
  const all = new Set([...always, ...statuses, ...(isGuarded ? guarded : [])])
  const sorted = [...all].sort((a, b) => a - b)
  return Object.fromEntries(
    sorted.map((status) => [
      status,
      { description: words[status] ?? '', content: { [problemType]: { schema: reference('problem') } } },
    ]),
  )
}
