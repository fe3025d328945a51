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

/** What success means, by status. */
const successes: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Created.',
  304: 'It is what `If-None-Match` says.',
}

const textHeader = (description: string): JsonSchema => ({ type: 'string', description })

/** Headers of answers. */
export const answerHeaders = {
  etag: textHeader('For `If-Match` and `If-None-Match`.'),
  link: textHeader('Where the other pages are (RFC 8288).'),
  location: textHeader('Where the record is; of a single one.'),
} as const

export type AnswerHeader = keyof typeof answerHeaders

/** Answers that are no problems. @param answers a schema for each status; null for no body */
export function answerResponses(
  answers: Readonly<Record<number, JsonSchema | null>>,
  headers: readonly AnswerHeader[],
): Record<number, JsonSchema> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: successes[Number(status)] ?? '',
        ...(headers.length > 0 && {
          headers: Object.fromEntries(headers.map((name) => [name, answerHeaders[name]])),
        }),
        ...(schema === null ? { type: 'null' } : { content: { 'application/json': { schema } } }),
      },
    ]),
  )
}

/** Every route may have these. */
const always: readonly number[] = [400, 500, 501, 503]
const guarded: readonly number[] = [401, 403]

const retryAfter: JsonSchema = {
  type: 'integer',
  minimum: 0,
  description: 'Seconds until it is worth trying again.',
}

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
      {
        description: words[status] ?? '',
        ...(status === 503 && { headers: { 'retry-after': retryAfter } }),
        content: { [problemType]: { schema: reference('problem') } },
      },
    ]),
  )
}
