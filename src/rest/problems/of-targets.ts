import { isKinshipError, KinshipError, type ValidationIssue } from '../../errors/index.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { RequestFault } from './request-fault.js'

/**
 * An error of a handle, whose places begin with the name of its argument, with places in the body of a request.
 *
 * @param body what the targets were read from; null where one is named by the path
 */
export function ofTargets(error: unknown, body: unknown): unknown {
  if (!isKinshipError(error) || error.path === undefined) return error
  const place = placeIn(error.path, body)
  if (place === null) return new RequestFault(error, { parameter: 'childId' })
  const { code, message, hint, details, cause } = error
  const issues = isKinshipError(error, 'KIN_VALIDATION') ? error.details.issues : null
  const placed = issues && { ...details, issues: issues.map((issue) => placedIssue(issue, body)) }
  return new KinshipError(code, { message, path: place, hint, details: (placed ?? details) as never, cause })
}

const placedIssue = (issue: ValidationIssue, body: unknown): ValidationIssue => ({
  ...issue,
  path: placeIn(issue.path, body) ?? 'childId',
})

/** null for the target that the path names */
function placeIn(path: string, body: unknown): string | null {
  const [, index = '', member = ''] = /^targets?(?:\[(\d+)\])?\.?(.*)$/.exec(path) ?? [null, '', path]
  if (body === null) return member === '' ? null : member.replace(/^\$link\./, '')
  const base = Array.isArray(body) && index !== '' ? `[${index}]` : ''
  const entry: unknown = Array.isArray(body) ? body[Number(index)] : body
  // Beside `childId`, fields of the pairing stand by themselves.
  const inside = isPlainObject(entry) && '$link' in entry ? member : member.replace(/^\$link\.?/, '')
  if (inside === '') return base
  return base === '' ? inside : `${base}.${inside}`
}
