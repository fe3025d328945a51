import { fail } from '../errors/index.js'
import type { Edge, Field } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import { always, type Comparison, type Filter, type Operand, type Value } from '../store/filter.js'
import { allOf, together } from './combine.js'
import type { FilterContext } from './filter-context.js'
import { elementMembers, type Members, operandOf } from './members.js'
import { sizeOperators } from './operators.js'
import { parseReference } from './parse-end.js'
import { parseTests } from './parse-tests.js'
import { refuseNull, refuseOperator, refuseShape } from './refuse.js'
import { itemNormaliser, sizeSubject } from './subject.js'
import { callerScope, isScoped } from './visibility.js'

/** Embedded arrays: tests of their elements and of their number; a whole array is never compared (R6). */
export function parseArray(
  field: Field,
  item: Field,
  value: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  const operand = operandOf(field, members)
  if (value === null) return { is: 'null', operand, negated }
  if (!isPlainObject(value)) {
    return fail('KIN_INVALID_QUERY', {
      message: `The array "${field.name}" cannot be compared as a whole.`,
      path,
      hint: `Operators here: ${operatorsOfArray(item).join(', ')}.`,
    })
  }
  const parts = Object.entries(value)
    .filter(([, given]) => given !== undefined)
    .map(([name, given]) => {
      const at = `${path}.${name}`
      if (name === '$not') return parseArray(field, item, given, members, at, !negated, context)
      return parseTest(name, given, { field, item, operand, context }, at, negated)
    })
  return together(parts, negated)
}

interface ArrayAt {
  readonly field: Field
  readonly item: Field
  readonly operand: Operand
  readonly context: FilterContext
}

function operatorsOfArray(item: Field): readonly string[] {
  if (item.item) return ['$size', '$exists', '$not']
  if (item.fields || item.edge) return ['$some', '$every', '$none', '$size', '$exists', '$not']
  return ['$contains', '$size', '$exists', '$not']
}

function parseTest(name: string, value: unknown, array: ArrayAt, path: string, negated: boolean): Filter {
  const { field, item, operand, context } = array
  const operators = operatorsOfArray(item)
  const words = `the array "${field.name}"`
  if (!operators.includes(name)) return refuseOperator(name, words, operators, path)
  switch (name) {
    case '$exists':
      if (typeof value !== 'boolean') return refuseShape(path, 'true or false', value)
      return { is: 'null', operand, negated: value !== negated }
    case '$size': {
      const subject = sizeSubject((op, size, not) => countOf(array, op, size, not))
      const testing = {
        subject,
        slots: context.slots,
        words: `the size of "${field.name}"`,
        operators: sizeOperators,
      }
      return parseTests(value, testing, path, negated)
    }
    case '$contains': {
      if (value === null) return refuseNull(path, `an element of "${field.name}"`)
      const slot = context.slots.one(value, itemNormaliser(field), path, null)
      return { is: 'contains', operand, value: slot, negated }
    }
    case '$some':
      return parseElements(array, value, path, false, negated)
    case '$none':
      return parseElements(array, value, path, false, !negated)
    default:
      // Every element matches where none is found that does not.
      return parseElements(array, value, path, true, !negated)
  }
}

/** The number of elements; of references as many as the caller's scope lets it see (R35). */
function countOf(
  { item: { edge }, operand, context: { visibility } }: ArrayAt,
  op: Comparison,
  value: Value,
  negated: boolean,
): Filter {
  if (!edge || !isScoped(visibility, edge.to)) return { is: 'elementCount', operand, op, value, negated }
  const at = operand.of === 'element' ? 'element' : 'record'
  const scope = callerScope(visibility, edge.to)
  return { is: 'relatedCount', edge, at, scope, where: always, op, value, negated }
}

/** An element exists that matches, or with `failing` one that does not. */
function parseElements(
  { field, item, operand, context }: ArrayAt,
  value: unknown,
  path: string,
  failing: boolean,
  negated: boolean,
): Filter {
  if (!item.edge) {
    const where = context.filter(value, elementMembers(field), path, failing)
    return { is: 'element', operand, where, negated }
  }
  const element: Operand = { of: 'element', path: [], field: item }
  const inside = elementMembers(field)
  const at = { edge: item.edge, field: item, members: inside, operand: element }
  const where = parseReference(at, value, path, failing, context)
  return { is: 'element', operand, where: allOf(...elementScope(item.edge, context), where), negated }
}

/** What a caller's scope hides is left out of an array of references (R35). */
function elementScope(edge: Edge, { visibility }: FilterContext): Filter[] {
  if (!isScoped(visibility, edge.to)) return []
  const scope = callerScope(visibility, edge.to)
  return [{ is: 'related', edge, at: 'element', scope, where: always, negated: false }]
}
