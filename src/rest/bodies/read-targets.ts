import { fail, type ValidationIssue } from '../../errors/index.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { ReadContext } from '../parameters/read-context.js'
import type { EndResource } from '../resource.js'
import { DataReader } from './read-data.js'

/**
 * The targets in the body of an association's route: ids, `{ childId, …payload }`, or `{ id, $link }`.
 *
 * @param paired whether pairings take a payload here
 */
export function readTargets(context: ReadContext, end: EndResource, body: unknown, paired = true): unknown[] {
  const { target } = end
  const list: readonly unknown[] = Array.isArray(body) ? body : [body]
  if (list.length > context.limits.items) {
    fail('KIN_BODY_TOO_LARGE', { message: `A request may name ${context.limits.items} records, no more.` })
  }
  const reader = new DataReader(context)
  const { issues } = reader
  const targets = list.map((item, index) => {
    const path = Array.isArray(body) ? `[${index}]` : ''
    return isPlainObject(item) ? readEntry(item, end, paired, path, reader) : readId(item, path, issues)
  })
  reader.refuseIssues(target.model)
  return targets
}

function readId(item: unknown, path: string, issues: ValidationIssue[]): unknown {
  if (typeof item !== 'string' && typeof item !== 'number') {
    issues.push({ path, code: 'id', message: 'Expected an id.' })
  }
  return item
}

function readEntry(
  item: Readonly<Record<string, unknown>>,
  { edge, target }: EndResource,
  paired: boolean,
  path: string,
  reader: DataReader,
): unknown {
  const { childId, id = childId, $link, ...rest } = item
  const fields = paired ? edge.payload : noFields
  const given = childId === undefined ? $link : rest
  const link =
    given === undefined
      ? {}
      : reader.payload(given, fields, target, childId === undefined ? `${path}.$link` : path)
  if (childId === undefined && Object.keys(rest).length > 0) reader.payload(rest, noFields, target, path)
  if (id === undefined)
    reader.issues.push({ path, code: 'required', message: 'Expected an id, as `childId`.' })
  return paired && fields.size > 0 && isPlainObject(link) && Object.keys(link).length > 0
    ? { id, $link: link }
    : id
}

const noFields: ReadonlyMap<string, never> = new Map<string, never>()
