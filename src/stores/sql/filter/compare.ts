import { fail } from '../../../errors/index.js'
import { countField } from '../virtual-field.js'
import type { Dialect } from '../dialect.js'
import { type Fragment, sql } from '../fragment.js'
import type { Scalar } from '../source.js'
import type { Statement } from '../statement.js'
import { type Leaf, scalarOf, type Scope, sourceOf } from './scope.js'

const signs = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
const opposites = { eq: '<>', gt: '<=', gte: '<', lt: '>=', lte: '>' } as const

/** The exact complement of a condition that is unknown or false for null (R2). */
const not = (condition: Fragment, expr: string): Fragment => sql`(not ${condition} or ${expr} is null)`

/** `compare` of a scalar. */
const compareScalar = (dialect: Dialect, scalar: Scalar, leaf: Leaf<'compare'>): Fragment => {
  const { expr, form } = scalar
  const { op, value, negated } = leaf
  const { field } = leaf.operand
  if (op === 'in') {
    const list = dialect.list([field], form)
    const values = { value, encode: (given: unknown) => list.encode(given as readonly unknown[]) }
    const included = list.includes([expr], values)
    return negated ? not(included, expr) : included
  }
  if (op === 'like' || op === 'ilike') {
    const encode = (pattern: unknown) =>
      op === 'like' ? dialect.encodeLike(pattern as string) : dialect.encodeIlike(pattern as string)
    const matches = dialect[op](expr, { value, encode })
    return negated ? not(matches, expr) : matches
  }
  const right = { value, encode: form === 'raw' ? dialect.encode(field) : dialect.encodeMember(field) }
  const left = op === 'eq' ? expr : dialect.ranked(expr, field)
  return negated
    ? sql`(${left} ${opposites[op]} ${right} or ${expr} is null)`
    : sql`${left} ${signs[op]} ${right}`
}

/** A number that is never null, compared. */
export const compareCount = (
  statement: Statement,
  count: Fragment,
  leaf: Leaf<'relatedCount' | 'elementCount'>,
): Fragment => {
  const { dialect } = statement
  const { op, value, negated } = leaf
  if (op === 'like' || op === 'ilike')
    fail('KIN_INTERNAL', { message: `Numbers of entries have no "${op}".` })
  if (op === 'in') {
    const list = dialect.list([countField], 'raw')
    const alias = statement.alias()
    const values = { value, encode: (given: unknown) => list.encode(given as readonly unknown[]) }
    const rows = list.rows(values, alias)
    const found = sql`exists (select 1 from ${rows} where ${list.part(alias, 0)} = ${count})`
    return negated ? sql`not ${found}` : found
  }
  const sign = (negated ? opposites : signs)[op]
  return sql`${count} ${sign} ${{ value, encode: dialect.encode(countField) }}`
}

const structured = new Set(['json', 'object', 'array', 'list'])

/** `compare`: scalars by value, structures by deep equality. */
export const compare = ({ dialect }: Statement, leaf: Leaf<'compare'>, scope: Scope): Fragment => {
  const { field, path } = leaf.operand
  const scalar = scalarOf(scope, leaf.operand)
  if (!structured.has(field.kind)) return compareScalar(dialect, scalar, leaf)
  const encode = scalar.form === 'raw' ? dialect.encode(field) : dialect.encodeMember(field)
  const json = scalar.form === 'raw' ? scalar.expr : sourceOf(scope, leaf.operand).json(path)
  const same = dialect.jsonEquals(json, { value: leaf.value, encode })
  return leaf.negated ? not(same, scalar.expr) : same
}

/** `null`. */
export const isNull = (leaf: Leaf<'null'>, scope: Scope): Fragment => [
  `${scalarOf(scope, leaf.operand).expr} is ${leaf.negated ? 'not ' : ''}null`,
]
