/** Conditions on one scalar value: a value, or an object of operators. */
import { fail, unknownName } from '../../errors/index.js'
import type { Leaf } from './graph.js'
import { likeTest } from './like.js'
import { compare, isPlain, normalise, same } from './values.js'

const EQUALITY = ['$eq', '$ne', '$exists', '$not']
const SETS = ['$in', '$nin']
const RANGES = ['$gt', '$gte', '$lt', '$lte']
const PATTERNS = ['$like', '$ilike']

/** The operators of a kind. R6: json knows equality and null only; booleans and bytes are not ranged over. */
function operatorsOf(leaf: Leaf): string[] {
  if (leaf.kind === 'json') return EQUALITY
  if (leaf.kind === 'binary' || leaf.kind === 'boolean') return [...EQUALITY, ...SETS]
  const text = leaf.kind === 'string' || leaf.kind === 'text' || leaf.kind === 'enum'
  return [...EQUALITY, ...SETS, ...RANGES, ...(text ? PATTERNS : [])]
}

/** @param operators the operators that are allowed here; by default all that the kind has */
export function compareScalar(
  leaf: Leaf,
  condition: unknown,
  path: string,
  operators: readonly string[] = operatorsOf(leaf),
): (value: unknown) => boolean {
  if (!isOperators(leaf, condition)) return operatorTest(leaf, '$eq', condition, path)
  const tests = Object.entries(condition)
    .filter(([, operand]) => operand !== undefined)
    .map(([operator, operand]) => {
      const at = `${path}.${operator}`
      if (!operators.includes(operator)) {
        return unknownName('KIN_UNKNOWN_OPERATOR', {
          word: operator,
          kind: 'operator',
          where: `a condition on ${leaf.kind}`,
          candidates: operators,
          path: at,
        })
      }
      if (operator === '$not') {
        const test = compareScalar(leaf, operand, at, operators)
        return (value: unknown) => !test(value)
      }
      return operatorTest(leaf, operator, operand, at)
    })
  return (value) => tests.every((test) => test(value))
}

/** A json value may be an object itself: it is taken for operators only where a key begins with `$`. */
function isOperators(leaf: Leaf, condition: unknown): condition is Record<string, unknown> {
  if (!isPlain(condition)) return false
  return leaf.kind !== 'json' || Object.keys(condition).some((key) => key.startsWith('$'))
}

function operatorTest(
  leaf: Leaf,
  operator: string,
  operand: unknown,
  path: string,
): (value: unknown) => boolean {
  const refuse = (expected: string): never =>
    fail('KIN_INVALID_VALUE', { path, details: { expected, received: typeof operand } })
  const one = (value: unknown): unknown => normalise(leaf, value, refuse)
  const orNull = (value: unknown): unknown => (value === null ? null : one(value))
  const list = (): unknown[] => (Array.isArray(operand) ? operand.map(orNull) : refuse('a list'))
  // R2: every negation is the exact complement, so it matches null; ranges and patterns never match null.
  switch (operator) {
    case '$eq': {
      const wanted = orNull(operand)
      return (value) => same(value, wanted)
    }
    case '$ne': {
      const unwanted = orNull(operand)
      return (value) => !same(value, unwanted)
    }
    case '$in': {
      const wanted = list()
      return (value) => wanted.some((item) => same(value, item))
    }
    case '$nin': {
      const unwanted = list()
      return (value) => !unwanted.some((item) => same(value, item))
    }
    case '$exists': {
      // R1: `$exists: false` is `$eq: null`.
      if (typeof operand !== 'boolean') return refuse('a boolean')
      return (value) => (value !== null) === operand
    }
    case '$like':
    case '$ilike': {
      if (typeof operand !== 'string') return refuse('a pattern')
      const matches = likeTest(operand, operator === '$ilike', path)
      return (value) => typeof value === 'string' && matches(value)
    }
    default: {
      const bound = operand === null ? refuse('a value') : one(operand)
      return (value) => value !== null && inRange(operator, compare(leaf, value, bound))
    }
  }
}

function inRange(operator: string, order: number): boolean {
  if (operator === '$gt') return order > 0
  if (operator === '$gte') return order >= 0
  if (operator === '$lt') return order < 0
  return order <= 0
}
