import { fail, type ValidationIssue } from '../../errors/index.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { Limits } from '../limits.js'
import type { Resource } from '../resource.js'

/** `{ hardDelete: true }` or `{ hard: true }` as the body of a delete. */
export function hardIn(body: unknown, resource: Resource): boolean | undefined {
  if (body === undefined || body === null) return undefined
  if (!isPlainObject(body))
    return refuseBody(resource, [{ path: '', code: 'type', message: 'Expected an object.' }])
  for (const [name, value] of Object.entries(body)) {
    if (name !== 'hardDelete' && name !== 'hard') {
      const message = `There is no "${name}". Known here: hardDelete.`
      return refuseBody(resource, [{ path: name, code: 'unknown', message }])
    }
    if (typeof value !== 'boolean') {
      return refuseBody(resource, [{ path: name, code: 'type', message: 'Expected true or false.' }])
    }
    return value
  }
  return undefined
}

interface Chosen {
  readonly id: unknown
  readonly hard: boolean
}

/** The ids of a delete of several, each by itself or as `{ id, hardDelete }`. */
export function readChosen(body: unknown, resource: Resource, hard: boolean, limits: Limits): Chosen[] {
  if (!Array.isArray(body)) {
    return refuseBody(resource, [{ path: '', code: 'type', message: 'Expected a list of ids.' }])
  }
  if (body.length > limits.items) {
    fail('KIN_BODY_TOO_LARGE', { message: `A request may name ${limits.items} records, no more.` })
  }
  const issues: ValidationIssue[] = []
  const chosen = body.map((one: unknown, index): Chosen => {
    if (!isPlainObject(one)) return { id: one, hard }
    const { id, hardDelete = hard, ...rest } = one
    for (const name of Object.keys(rest)) {
      issues.push({
        path: `[${index}].${name}`,
        code: 'unknown',
        message: `There is no "${name}". Known here: id, hardDelete.`,
      })
    }
    if (typeof hardDelete !== 'boolean') {
      issues.push({ path: `[${index}].hardDelete`, code: 'type', message: 'Expected true or false.' })
    }
    return { id, hard: hardDelete === true }
  })
  if (issues.length > 0) refuseBody(resource, issues)
  return chosen
}

function refuseBody({ name }: Resource, issues: readonly ValidationIssue[]): never {
  const [first] = issues
  return fail('KIN_VALIDATION', {
    message: `The body does not fit: ${issues.map(({ message }) => message).join(' ')}`,
    path: first?.path,
    details: { model: name, issues },
  })
}
