import { fail, isKinshipError, KinshipError, unknownName } from '../../errors/index.js'
import { inPlace, RequestFault } from '../problems/request-fault.js'
import { namesUnknown } from '../problems/statuses.js'

/** A query parameter: `age[$gte]=18` is the parameter `$gte` inside of `age`. Maps, because names are the caller's. */
export interface Parameter {
  /** as it stands in the URL: `age[$gte]` */
  readonly name: string
  readonly values: string[]
  /** it was written `name[]`, so that each value stands for itself */
  listed: boolean
  readonly members: Map<string, Parameter>
}

const DEPTH = 10
const LONGEST_NAME = 200

/**
 * The parameters of a URL as a tree.
 *
 * @param url path and query
 * @param most how many there may be
 */
export function parseParameters(url: string, most: number): Parameter {
  const root: Parameter = { name: '', values: [], listed: false, members: new Map() }
  const start = url.indexOf('?')
  if (start < 0) return root
  let count = 0
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (++count > most)
      refuseParameter(name.slice(0, LONGEST_NAME), `There are more than ${most} parameters.`)
    place(root, name, value)
  }
  return root
}

const wellFormed = /^[^[\]]+(?:\[[^[\]]*\])*$/

function place(root: Parameter, name: string, value: string): void {
  if (name.length > LONGEST_NAME || !wellFormed.test(name)) {
    refuseParameter(
      name.slice(0, LONGEST_NAME),
      'The name of the parameter is malformed.',
      'Write `name`, `name[$gte]` or `name[member][$gte]`.',
    )
  }
  const path = name.replaceAll(']', '').split('[')
  const listed = path.length > 1 && path.at(-1) === ''
  if (listed) path.pop()
  if (path.length > DEPTH) refuseParameter(name, `The parameter is nested more than ${DEPTH} levels deep.`)
  let parameter = root
  for (const part of path) {
    const inner = parameter.members.get(part)
    parameter = inner ?? addMember(parameter, part)
  }
  parameter.values.push(value)
  if (listed) parameter.listed = true
}

function addMember(around: Parameter, part: string): Parameter {
  const name = around.name === '' ? part : `${around.name}[${part}]`
  const made: Parameter = { name, values: [], listed: false, members: new Map() }
  around.members.set(part, made)
  return made
}

/** @throws RequestFault of KIN_INVALID_QUERY */
export function refuseParameter(parameter: string, message: string, hint?: string): never {
  return inPlace({ parameter }, () => fail('KIN_INVALID_QUERY', { message, path: parameter, hint }))
}

/** The value of a parameter is none that fits. @throws RequestFault of KIN_INVALID_VALUE */
export function refuseValue(parameter: string, expected: string): never {
  return inPlace({ parameter }, () =>
    fail('KIN_INVALID_VALUE', {
      message: `Expected ${expected} in "${parameter}".`,
      path: parameter,
      details: { expected, received: 'text' },
    }),
  )
}

interface Unknown {
  readonly code:
    | 'KIN_UNKNOWN_OPTION'
    | 'KIN_UNKNOWN_FIELD'
    | 'KIN_UNKNOWN_OPERATOR'
    | 'KIN_UNKNOWN_ASSOCIATION'
  readonly word: string
  readonly kind: string
  readonly where: string
  readonly candidates: Iterable<string>
}

/** A name that nothing answers to; only what the caller may know is among the candidates. */
export function refuseUnknown(parameter: string, { code, ...unknown }: Unknown): never {
  return inPlace({ parameter }, () => unknownName(code, { ...unknown, path: parameter }))
}

/** The one value of a parameter. */
export function single({ name, values, members }: Parameter): string {
  const [value, ...more] = values
  if (value === undefined || members.size > 0) return refuseParameter(name, `"${name}" takes a value.`)
  return more.length === 0
    ? value
    : refuseParameter(name, `"${name}" takes one value, and was given several.`)
}

/** The values of a parameter that takes several: repeated, as `name[]`, or separated by commas. */
export function several({ name, values, listed, members }: Parameter, most: number): string[] {
  if (members.size > 0) return refuseParameter(name, `"${name}" takes values.`)
  const [only, ...more] = values
  const all = only !== undefined && more.length === 0 && !listed ? only.split(',') : values
  return all.length <= most ? all : refuseParameter(name, `"${name}" has more than ${most} values.`)
}

/** `true` or `false`. */
export function flag(parameter: Parameter): boolean {
  const value = single(parameter)
  if (value === 'true') return true
  return value === 'false' ? false : refuseValue(parameter.name, 'true or false')
}

/** An integer that is not below the least. */
export function integer(parameter: Parameter, least: number): number {
  const value = single(parameter)
  const number = /^\d{1,15}$/.test(value) ? Number(value) : -1
  const expected = least > 0 ? `an integer of at least ${least}` : 'an integer that is not negative'
  return number >= least ? number : refuseValue(parameter.name, expected)
}

const options: Readonly<Record<string, string>> = {
  orderBy: '$sort',
  populate: '$embed',
  count: '$count',
  select: '$select',
  limit: '$limit',
  offset: '$skip',
  after: '$after',
  deleted: '$deleted',
}

/** An error of the engine about a query that was made of parameters, with the parameter. */
export function ofParameters(error: unknown): unknown {
  if (!isKinshipError(error) || error.path === undefined || namesUnknown(error.code)) return error
  const { code, message, details, hint, cause, path } = error
  const parameter = parameterAt(path)
  const told = message.replaceAll(path, parameter)
  const init = { message: told, details: details as never, hint, cause, path: parameter }
  return new RequestFault(new KinshipError(code, init), { parameter })
}

/** `where.age.$gte` is `age[$gte]`, `populate.posts.where.title` is `$embed[posts][title]`. */
function parameterAt(path: string): string {
  const [option = '', ...rest] = path.split(/[.[\]]+/).filter((part) => part !== '')
  if (option === 'where') return bracketed(rest)
  const name = options[option] ?? option
  if (option !== 'populate') return name
  const steps: string[] = []
  while (rest.length > 0) {
    const step = rest.shift() ?? ''
    if (step === 'where') break
    if (step !== 'populate') steps.push(options[step] ?? step)
  }
  return bracketed([name, ...steps, ...rest])
}

const bracketed = ([first = '', ...rest]: readonly string[]): string =>
  first + rest.map((part) => `[${part}]`).join('')
