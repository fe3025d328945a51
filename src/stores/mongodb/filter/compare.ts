import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'mongodb'
import { fail } from '../../../errors/index.js'
import type { Field } from '../../../schema/graph.js'
import type { Comparison } from '../../../store/filter.js'
import { encode } from '../values.js'
import { type Document, type Expression, literal } from './document.js'
import { patternTest } from './pattern.js'
import type { Leaf, Pipe } from './scope.js'

const structured: ReadonlySet<Field['kind']> = new Set(['json', 'object', 'array', 'list'])

export const isStructured = (field: Field): boolean => structured.has(field.kind) && field.codec === null

/** The operators of a comparison, as a filter has them for one path. */
const testOf = ({ resolve }: Pipe, { operand: { field }, op, value }: Leaf<'compare'>): Document => {
  const convert = encode(field)
  if (op === 'in') return { $in: resolve(value, (list) => (list as readonly unknown[]).map(convert)) }
  if (op === 'like' || op === 'ilike') {
    const test = resolve(value, (pattern) => patternTest(pattern as string, op === 'ilike'))
    return typeof test === 'string' ? { $regex: test } : (test as Document)
  }
  return { [`$${op}`]: resolve(value, convert) }
}

const isPlain = (test: Document, name: string): boolean => name in test

/**
 * `compare` at a path, as a filter that an index can answer. Ranges meet no null and no value of another type; what is negated
 * is the exact complement of what is not (R2).
 */
export const compareAt = (path: string, leaf: Leaf<'compare'>, pipe: Pipe): Document => {
  const { field } = leaf.operand
  if (isStructured(field)) return { $expr: compareExpression(`$${path}`, leaf, pipe) }
  const test = testOf(pipe, leaf)
  if (!leaf.negated) return { [path]: test }
  if (isPlain(test, '$eq')) return { [path]: { $ne: test['$eq'] } }
  if (isPlain(test, '$in')) return { [path]: { $nin: test['$in'] } }
  return { [path]: { $not: test } }
}

/** The values of an expression that can be compared with a value: those of its type. */
const sameType = (x: string, value: unknown): Expression => {
  if (value instanceof ObjectId) return { $eq: [{ $type: x }, 'objectId'] }
  if (value instanceof Binary) return { $eq: [{ $type: x }, 'binData'] }
  if (value instanceof Date) return { $eq: [{ $type: x }, 'date'] }
  if (typeof value === 'string') return { $eq: [{ $type: x }, 'string'] }
  const number = value instanceof Long || value instanceof Decimal128 || value instanceof Double
  if (number || value instanceof Int32 || typeof value === 'number') return { $isNumber: x }
  return notNull(x)
}

/** What is missing is null in a comparison; a path says nothing of it by itself. */
const orNull = (x: Expression): Expression => ({ $ifNull: [x, null] })

const notNull = (x: Expression): Expression => ({ $ne: [orNull(x), null] })

const negatedIf = (negated: boolean, condition: Expression): Expression =>
  negated ? { $not: [condition] } : condition

/** `compare` of an expression. */
export const compareExpression = (x: string, leaf: Leaf<'compare'>, pipe: Pipe): Expression => {
  const test = testOf(pipe, leaf)
  const [name = '', value] = Object.entries(test)[0] ?? []
  switch (name) {
    case '$eq':
      return { [leaf.negated ? '$ne' : '$eq']: [x, literal(value)] }
    case '$in':
      return negatedIf(leaf.negated, { $in: [x, literal(value)] })
    case '$regex': {
      const matches = { $regexMatch: { input: x, regex: value, options: 's' } }
      return negatedIf(leaf.negated, { $cond: [{ $eq: [{ $type: x }, 'string'] }, matches, false] })
    }
    default:
      return negatedIf(leaf.negated, { $and: [sameType(x, value), { [name]: [x, literal(value)] }] })
  }
}

/** `null` at a path. An array of nulls is not null. */
export const nullAt = (path: string, { operand: { field }, negated }: Leaf<'null'>): Document => {
  if (!isStructured(field)) return { [path]: { [negated ? '$ne' : '$eq']: null } }
  const array = { $type: 'array' }
  return negated
    ? { $or: [{ [path]: { $ne: null } }, { [path]: array }] }
    : { [path]: { $eq: null, $not: array } }
}

/** `null` of an expression. */
export const nullExpression = (x: string, { negated }: Leaf<'null'>): Expression => ({
  [negated ? '$ne' : '$eq']: [orNull(x), null],
})

const signs = { eq: '$eq', gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte', in: '$in' } as const

const isSign = (op: Comparison): op is keyof typeof signs => op in signs

/** A number that is never null, compared. */
export const compareCount = (
  count: Expression,
  { op, value, negated }: Leaf<'relatedCount' | 'elementCount'>,
  { resolve }: Pipe,
): Expression => {
  if (!isSign(op)) return fail('KIN_INTERNAL', { message: `Numbers of entries have no "${op}".` })
  const given = resolve(value, (number) => number)
  return negatedIf(negated, { [signs[op]]: [count, literal(given)] })
}
