import { unknownName } from '../errors/index.js'
import type { Field } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import type { Filter } from '../store/filter.js'
import { anyOf, allOf, together } from './combine.js'
import type { FilterContext } from './filter-context.js'
import { isShownHere, type Members, objectMembers, operandOf } from './members.js'
import { logic, operatorsOf } from './operators.js'
import { parseArray } from './parse-array.js'
import { parseEnd, parseReference } from './parse-end.js'
import { parseJson } from './parse-json.js'
import { parseTests } from './parse-tests.js'
import { refuseOperator, refuseShape } from './refuse.js'
import type { Slots } from './slots.js'
import { fieldSubject } from './subject.js'
import type { Visibility } from './visibility.js'

/**
 * A filter object as a filter of the store: names are resolved, values have slots, negation is pushed to the leaves (R2).
 *
 * @throws KIN_UNKNOWN_FIELD, KIN_UNKNOWN_OPERATOR, KIN_INVALID_QUERY, each with the path
 */
export function parseWhere(
  where: unknown,
  members: Members,
  visibility: Visibility,
  slots: Slots,
  path: string,
): Filter {
  const context: FilterContext = {
    visibility,
    slots,
    filter: (input, at, where_, negated) => parseFilter(input, at, where_, negated, context),
    entry: (name, value, at, where_, negated) => parseEntry(name, value, at, where_, negated, context),
  }
  return parseFilter(where, members, path, false, context)
}

function parseFilter(
  input: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  if (!isPlainObject(input)) return refuseShape(path, 'a filter object', input)
  const parts: Filter[] = []
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) {
      parts.push(parseEntry(name, value, members, `${path}.${name}`, negated, context))
    }
  }
  return together(parts, negated)
}

function parseEntry(
  name: string,
  value: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  switch (name) {
    case '$and':
      return together(parseList(value, members, path, negated, context), negated)
    case '$or': {
      const parts = parseList(value, members, path, negated, context)
      return negated ? allOf(...parts) : anyOf(...parts)
    }
    case '$not':
      return parseFilter(value, members, path, !negated, context)
    case '$link':
      if (members.link) return parseFilter(value, members.link, path, negated, context)
      return refuseOperator(name, members.words, logic, path)
    default:
      return parseMember(name, value, members, path, negated, context)
  }
}

function parseList(
  value: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter[] {
  if (!Array.isArray(value)) return refuseShape(path, 'a list of filters', value)
  return value.map((part, index) => parseFilter(part, members, `${path}[${index}]`, negated, context))
}

function parseMember(
  name: string,
  value: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  const field = members.fields.get(name)
  const edge = members.ends.get(name)
  if (edge) {
    const shown = field && isShownHere(field) ? field : null
    return parseEnd({ edge, field: shown, members }, value, path, negated, context)
  }
  if (field) return parseField(field, value, members, path, negated, context)
  if (name.startsWith('$')) return refuseOperator(name, members.words, logic, path)
  const candidates = new Set([...members.fields.keys(), ...members.ends.keys()])
  return unknownName('KIN_UNKNOWN_FIELD', {
    word: name,
    kind: 'field',
    where: members.words,
    candidates,
    path,
  })
}

function parseField(
  field: Field,
  value: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  if (field.edge && !field.item) {
    return parseReference({ edge: field.edge, field, members }, value, path, negated, context)
  }
  if (field.item) return parseArray(field, field.item, value, members, path, negated, context)
  if (field.fields) return parseObject(field, value, members, path, negated, context)
  const subject = fieldSubject(operandOf(field, members), members)
  const testing = {
    subject,
    slots: context.slots,
    words: `field "${field.name}" (${field.kind})`,
    operators: operatorsOf[field.kind],
  }
  return field.kind === 'json'
    ? parseJson(value, testing, path, negated)
    : parseTests(value, testing, path, negated)
}

/** An embedded object: null, a test for its presence, or a filter on its members. */
function parseObject(
  field: Field,
  value: unknown,
  members: Members,
  path: string,
  negated: boolean,
  context: FilterContext,
): Filter {
  const operand = operandOf(field, members)
  if (value === null) return { is: 'null', operand, negated }
  if (!isPlainObject(value)) return refuseShape(path, 'a filter object', value)
  const inside = objectMembers(field, members)
  const parts = Object.entries(value)
    .filter(([, given]) => given !== undefined)
    .map(([name, given]): Filter => {
      const at = `${path}.${name}`
      if (name !== '$exists') return context.entry(name, given, inside, at, negated)
      if (typeof given !== 'boolean') return refuseShape(at, 'true or false', given)
      return { is: 'null', operand, negated: given !== negated }
    })
  return together(parts, negated)
}
