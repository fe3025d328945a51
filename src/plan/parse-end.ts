import { fail } from '../errors/index.js'
import type { Edge, Field } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import { normaliserOf } from '../schema/values/normaliser-of.js'
import { always, type Filter, type Operand } from '../store/filter.js'
import { allOf, together } from './combine.js'
import type { FilterContext } from './filter-context.js'
import { type Members, operandOf, targetMembers } from './members.js'
import { equality, isEquality, quantifiers, sizeOperators } from './operators.js'
import { parseTest, parseTests, type Testing } from './parse-tests.js'
import { refuseNull, refuseOperator, refuseShape } from './refuse.js'
import { presenceSubject, referenceSubject, sizeSubject, startOf, targetKey } from './subject.js'
import { callerScope, isScoped, visibleOver } from './visibility.js'

/** An end in a filter. */
export interface EndAt {
  readonly edge: Edge
  /** the field that shows its ids on the record; null for ends that have none */
  readonly field: Field | null
  readonly members: Members
  /** where the id is, if not under its name */
  readonly operand?: Operand
}

export function parseEnd(
  end: EndAt,
  value: unknown,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  if (end.edge.many) return parseToMany(end, value, path, negated, context)
  return parseReference(end, value, path, negated, context)
}

/** A to-one end: its stored id, tests of that, or a filter which the visible target has to match. */
export function parseReference(
  end: EndAt,
  value: unknown,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  const { edge, members } = end
  const testing = toOneTesting(end, context)
  if (!isPlainObject(value)) return parseTests(value, testing, path, negated)
  const given = Object.entries(value).filter(([, test]) => test !== undefined)
  const parts: Filter[] = []
  const nested: Filter[] = []
  for (const [name, test] of given) {
    const at = `${path}.${name}`
    if (name === '$not' && !isFilter(test)) parts.push(parseReference(end, test, at, !negated, context))
    else if (name !== '$not' && isEquality(name)) parts.push(parseTest(name, test, testing, at, negated))
    else nested.push(context.entry(name, test, targetMembers(edge), at, false))
  }
  if (nested.length > 0 || given.length === 0) {
    const scope = visibleOver(context.visibility, edge, 'exclude')
    parts.push({ is: 'related', edge, at: startOf(members), scope, where: allOf(...nested), negated })
  }
  return together(parts, negated)
}

/** A filter of the target, as opposed to an id or tests of an id; `$not` of a filter belongs to the target, too. */
function isFilter(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  return Object.entries(value).every(([name, test]) => (name === '$not' ? isFilter(test) : !isEquality(name)))
}

function toOneTesting({ edge, field, members, operand }: EndAt, context: FilterContext): Testing {
  const { visibility, slots } = context
  if (field) {
    const at = operand ?? operandOf(field, members)
    const subject = referenceSubject(at, edge, members, visibility)
    return { subject, slots, words: `reference "${field.name}"`, operators: equality }
  }
  const subject = presenceSubject(edge, visibleOver(visibility, edge, 'exclude'))
  return { subject, slots, words: `end "${edge.path.join('.')}"`, operators: ['$exists', '$not'] }
}

/** A to-many end: quantified filters of its visible targets, their number, and for lists of ids what is stored. */
function parseToMany(
  end: EndAt,
  value: unknown,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  if (!isPlainObject(value)) {
    return refuseShape(path, 'an object with $some, $every, $none or $size', value, hintOf(value))
  }
  const parts = Object.entries(value)
    .filter(([, test]) => test !== undefined)
    .map(([name, test]) => {
      const at = `${path}.${name}`
      return name === '$not'
        ? parseToMany(end, test, at, !negated, context)
        : parseListTest(name, test, end, at, negated, context)
    })
  return together(parts, negated)
}

function hintOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? 'To find by the id of one target, use { $some: { id } }.'
    : undefined
}

function parseListTest(
  name: string,
  value: unknown,
  end: EndAt,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  const { edge, field, members } = end
  const words = `the to-many end "${edge.path.join('.')}"`
  switch (name) {
    case '$some':
      return parseTargets(edge, members, value, path, { failing: false, negated }, context)
    case '$none':
      return parseTargets(edge, members, value, path, { failing: false, negated: !negated }, context)
    case '$every':
      // Every target matches where none is found that does not.
      return parseTargets(edge, members, value, path, { failing: true, negated: !negated }, context)
    case '$size': {
      const scope = visibleOver(context.visibility, edge, 'exclude')
      const subject = sizeSubject((op, size, not) => ({
        is: 'relatedCount',
        edge,
        at: startOf(members),
        scope,
        where: always,
        op,
        value: size,
        negated: not,
      }))
      const testing = {
        subject,
        slots: context.slots,
        words: `the size of ${words}`,
        operators: sizeOperators,
      }
      return parseTests(value, testing, path, negated)
    }
    case '$contains':
      if (field) return parseContains(edge, field, members, value, path, negated, context)
      return refuseOperator(name, words, quantifiers, path)
    default:
      refuseUnquantified(edge, name, path)
      return refuseOperator(name, words, field ? [...quantifiers, '$contains'] : quantifiers, path)
  }
}

/** A filter of the targets themselves, as a to-one end takes it. */
function refuseUnquantified(edge: Edge, name: string, path: string): void {
  if (!edge.to.fields.has(name) && !edge.to.ends.has(name)) return
  fail('KIN_INVALID_QUERY', {
    message: `The to-many end "${edge.path.join('.')}" leads to many records, and "${name}" is of each of them.`,
    path,
    hint: `Say how many have to match: { $some: { ${name}: … } }, { $every: … } or { $none: … }.`,
  })
}

/** The stored list has the id, whether its target can be seen or not (R20), unless the caller is scoped (R35). */
function parseContains(
  edge: Edge,
  field: Field,
  members: Members,
  value: unknown,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  const { visibility, slots } = context
  if (value === null) return refuseNull(path, `an id of "${edge.to.name}"`)
  const id = slots.one(value, normaliserOf(field), path, edge.to.name)
  if (!isScoped(visibility, edge.to)) {
    return { is: 'contains', operand: operandOf(field, members), value: id, negated }
  }
  const where: Filter = { is: 'compare', operand: targetKey(edge), op: 'eq', value: id, negated: false }
  return { is: 'related', edge, at: 'record', scope: callerScope(visibility, edge.to), where, negated }
}

/** A visible target exists that matches, or with `failing` one that does not. */
function parseTargets(
  edge: Edge,
  members: Members,
  value: unknown,
  path: string,
  { failing, negated }: { readonly failing: boolean; readonly negated: boolean },
  context: FilterContext,
): Filter {
  const where = context.filter(value, targetMembers(edge), path, failing)
  const scope = visibleOver(context.visibility, edge, 'exclude')
  return { is: 'related', edge, at: startOf(members), scope, where, negated }
}
