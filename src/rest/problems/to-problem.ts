import { catalogue, type ErrorCode } from '../../errors/catalogue.js'
import { isKinshipError, type KinshipError } from '../../errors/index.js'
import type { Resources } from '../resource.js'
import type { Problem, ProblemItem } from './problem.js'
import { type Place, pointerOf, RequestFault } from './request-fault.js'
import { isTold, namesUnknown, statusOf } from './statuses.js'

type Told = Omit<Problem, 'requestId'>

/** What a caller is told of an error; the rest is for the log. */
export function toProblem(error: unknown, resources: Resources): Told {
  if (error instanceof RequestFault) return ofFault(error)
  if (isKinshipError(error)) return ofError(error, resources)
  return ofOther(error)
}

const base = (code: ErrorCode): Omit<Told, 'detail'> => ({
  type: `urn:kinship:error:${code}`,
  title: catalogue[code].summary,
  status: statusOf(code),
  code,
})

function ofFault({ error, place }: RequestFault): Told {
  const { code, message, hint } = error
  if (!isTold(code)) return { ...base(code), detail: catalogue[code].summary }
  return { ...base(code), detail: message, ...hinted(hint), errors: [item(place, message, hint)] }
}

/** Hints speak of an error's details, of which a problem has these under names of its own. */
function hinted(hint: string | undefined): { hint?: string } {
  if (hint === undefined) return {}
  return { hint: hint.replace('details.issues', 'errors').replace('details.blockers', 'blockers') }
}

const item = (place: Place, detail: string, hint?: string): ProblemItem => ({
  ...place,
  detail,
  ...hinted(hint),
})

function ofError(error: KinshipError, resources: Resources): Told {
  const { code, message, hint, path } = error
  if (!isTold(code)) return { ...base(code), detail: catalogue[code].summary }
  const plain = { ...base(code), detail: message, ...hinted(hint) }
  if (isKinshipError(error, 'KIN_VALIDATION')) {
    const { issues } = error.details
    return {
      ...plain,
      errors: issues.map((issue) => item({ pointer: pointerOf(issue.path) }, issue.message)),
    }
  }
  if (isKinshipError(error, 'KIN_RESTRICTED')) return { ...plain, ...ofBlockers(error, resources) }
  if (isKinshipError(error, 'KIN_UNIQUE') && !isKnown(error, resources)) {
    return { ...base(code), detail: catalogue[code].summary }
  }
  if (isKinshipError(error, 'KIN_IMMUTABLE')) {
    const { fields } = error.details
    return { ...plain, errors: fields.map((name) => item({ pointer: pointerOf(name) }, 'It is immutable.')) }
  }
  if (namesUnknown(code)) return { ...base(code), detail: catalogue[code].summary }
  return path === undefined
    ? plain
    : { ...plain, errors: [item({ pointer: pointerOf(path) }, message, hint)] }
}

/** Whether the fields of a unique key are shown to callers. */
function isKnown({ details }: KinshipError<'KIN_UNIQUE'>, resources: Resources): boolean {
  const resource = [...resources.values()].find(({ name }) => name === details.model)
  return resource !== undefined && details.fields.every((name) => resource.fields.has(name))
}

function ofBlockers(
  error: KinshipError<'KIN_RESTRICTED'>,
  resources: Resources,
): Pick<Told, 'blockers'> & {
  detail?: string
} {
  const known = knownAssociations(resources)
  const { blockers } = error.details
  const shown = blockers.map((blocker) =>
    known.has(blocker.association)
      ? blocker
      : { association: null, model: null, count: blocker.count, ids: [] },
  )
  const told = blockers.every((blocker) => known.has(blocker.association))
  return { blockers: shown, ...(!told && { detail: catalogue.KIN_RESTRICTED.summary }) }
}

/** Associations whose holders a caller may know of. */
export function knownAssociations(resources: Resources): ReadonlySet<string> {
  const known = new Set<string>()
  for (const { model } of resources.values()) {
    for (const edge of model.outbound) if (!edge.hidden) known.add(edge.association)
  }
  return known
}

/** Errors of Fastify, of its plugins, of hooks, and bugs. */
function ofOther(error: unknown): Told {
  const {
    statusCode = 500,
    code = '',
    message = '',
  } = error as {
    statusCode?: number
    code?: string
    message?: string
  }
  if (statusCode < 400 || statusCode >= 500) return { ...base('KIN_INTERNAL'), title: failed, detail: failed }
  const known = codes[statusCode]
  if (known) return { ...base(known), status: statusCode, detail: message || catalogue[known].summary }
  return { type: 'about:blank', title: message, status: statusCode, detail: message, code: code || 'HTTP' }
}

const failed = 'The server failed.'

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'KIN_BODY_MALFORMED',
  401: 'KIN_UNAUTHENTICATED',
  403: 'KIN_FORBIDDEN',
  404: 'KIN_NO_ROUTE',
  405: 'KIN_METHOD_NOT_ALLOWED',
  413: 'KIN_BODY_TOO_LARGE',
  415: 'KIN_MEDIA_TYPE',
}
