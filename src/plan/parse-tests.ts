import { fail } from '../errors/index.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import { normalisePattern } from '../schema/values/normalise-text.js'
import type { Comparison, Filter, Value } from '../store/filter.js'
import { allOf, anyOf, together } from './combine.js'
import { refuseNull, refuseOperator, refuseShape } from './refuse.js'
import type { Slots } from './slots.js'
import type { Subject } from './subject.js'

/** A subject with what its errors say and which operators it takes. */
export interface Testing {
  readonly subject: Subject
  readonly slots: Slots
  /** as `field "title"` */
  readonly words: string
  readonly operators: readonly string[]
}

const comparisons: Readonly<Record<string, Comparison>> = {
  $gt: 'gt',
  $gte: 'gte',
  $lt: 'lt',
  $lte: 'lte',
  $like: 'like',
  $ilike: 'ilike',
}

/** A value to equal, or an object of operators that all hold. */
export function parseTests(input: unknown, testing: Testing, path: string, negated: boolean): Filter {
  if (!isPlainObject(input)) return equal(input, testing, path, negated)
  const parts: Filter[] = []
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) parts.push(parseTest(name, value, testing, `${path}.${name}`, negated))
  }
  return together(parts, negated)
}

/** One operator with its value. */
export function parseTest(
  name: string,
  value: unknown,
  testing: Testing,
  path: string,
  negated: boolean,
): Filter {
  const { subject, slots, words, operators } = testing
  if (!operators.includes(name)) return refuseOperator(name, words, operators, path)
  switch (name) {
    case '$eq':
      return equal(value, testing, path, negated)
    case '$ne':
      return equal(value, testing, path, !negated)
    case '$in':
      return listed(value, testing, path, negated)
    case '$nin':
      return listed(value, testing, path, !negated)
    case '$exists':
      return exists(value, testing, path, negated)
    case '$not':
      return parseTests(value, testing, path, !negated)
    default: {
      if (value === null) return refuseNull(path, `a value of ${words}`)
      const op = comparisons[name] ?? 'eq'
      const normalise = op === 'like' || op === 'ilike' ? normalisePattern : subject.normalise
      return compare(op, slots.one(value, normalise, path, subject.idOf), testing, path, negated)
    }
  }
}

function equal(value: unknown, testing: Testing, path: string, negated: boolean): Filter {
  const { subject, slots, words } = testing
  if (value === null) {
    return subject.isNull ? subject.isNull(negated) : refuseNull(path, `a value of ${words}`)
  }
  return compare('eq', slots.one(value, subject.normalise, path, subject.idOf), testing, path, negated)
}

function listed(value: unknown, testing: Testing, path: string, negated: boolean): Filter {
  const { subject, slots } = testing
  if (!Array.isArray(value)) return refuseShape(path, 'a list of values', value)
  const list = slots.many(value, subject.normalise, path, subject.idOf)
  const among = compare('in', list, testing, path, negated)
  if (!value.includes(null) || !subject.isNull) return among
  const isNull = subject.isNull(negated)
  return negated ? allOf(among, isNull) : anyOf(among, isNull)
}

function compare(
  op: Comparison,
  value: Value,
  { subject, words }: Testing,
  path: string,
  negated: boolean,
): Filter {
  if (subject.compare) return subject.compare(op, value, negated)
  return fail('KIN_INVALID_QUERY', {
    message: `The ${words} takes a filter of its target or null, not a value.`,
    path,
  })
}

function exists(value: unknown, { subject, words }: Testing, path: string, negated: boolean): Filter {
  if (typeof value !== 'boolean') return refuseShape(path, 'true or false', value)
  if (!subject.isNull) return refuseOperator('$exists', words, [], path)
  return subject.isNull(value !== negated)
}
