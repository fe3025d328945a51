import type { Field } from '../../schema/graph.js'
import type { EndResource, Resource } from '../resource.js'
import type { Query } from '../served-db.js'
import { type Members, membersAt, membersIn, membersOf } from './members.js'
import { equality, operatorsOf, quantifiers, sizes } from './operators.js'
import {
  flag,
  integer,
  type Parameter,
  refuseParameter,
  refuseUnknown,
  several,
  single,
} from './parameter.js'
import type { ReadContext } from './read-context.js'
import { readValue } from './read-value.js'

/** Parameters that name fields and ends as a filter. Hidden ones are unknown here. */
export function readFilter(
  parameters: Iterable<readonly [string, Parameter]>,
  members: Members,
  context: ReadContext,
): Query {
  const filter: Record<string, unknown> = {}
  for (const [name, parameter] of parameters) filter[name] = readEntry(name, parameter, members, context)
  return filter
}

function readEntry(name: string, parameter: Parameter, members: Members, context: ReadContext): unknown {
  switch (name) {
    case '$and':
    case '$or':
      return readParts(parameter, members, context)
    case '$not':
      return readFilter(nested(parameter), members, context)
    case '$link':
      if (members.link) return readFilter(nested(parameter), members.link, context)
  }
  const end = members.ends.get(name)
  if (end)
    return end.edge.many ? readToMany(end, parameter, context) : readToOne(end, members, parameter, context)
  const field = members.fields.get(name)
  if (field) return readField(field, parameter, members, context)
  return refuseUnknown(parameter.name, {
    code: name.startsWith('$') ? 'KIN_UNKNOWN_OPERATOR' : 'KIN_UNKNOWN_FIELD',
    word: name,
    kind: name.startsWith('$') ? 'operator' : 'field',
    where: members.words,
    candidates: name.startsWith('$')
      ? ['$and', '$or', '$not']
      : new Set([...members.fields.keys(), ...members.ends.keys()]),
  })
}

/** What stands inside of a parameter that takes no value itself. */
function nested({ name, values, members }: Parameter): ReadonlyMap<string, Parameter> {
  if (values.length === 0) return members
  return refuseParameter(name, `"${name}" takes no value.`, `Say of which member: ${name}[…].`)
}

/** `$or[0][name]=a&$or[1][name]=b`. */
function readParts(parameter: Parameter, members: Members, context: ReadContext): Query[] {
  return [...nested(parameter)].map(([index, part]) =>
    /^\d{1,3}$/.test(index)
      ? readFilter(nested(part), members, context)
      : refuseParameter(part.name, 'Parts are numbered.', `Write ${parameter.name}[0][…]=….`),
  )
}

function readField(field: Field, parameter: Parameter, members: Members, context: ReadContext): unknown {
  if (field.edge && !field.item) {
    const target = members.all.get(field.edge.to) ?? null
    if (field.kind === 'list')
      return readTests(parameter, { $contains: () => readValue(field, single(parameter), parameter.name) })
    return readReference(field, target, parameter, context)
  }
  if (field.item) return readArray(field, field.item, parameter, members, context)
  if (!field.fields) return readScalar(field, parameter)
  const inside = membersIn(field, members.all)
  return Object.fromEntries(
    [...nested(parameter)].map(([name, test]) => [
      name,
      name === '$exists' ? flag(test) : readEntry(name, test, inside, context),
    ]),
  )
}

/** How the tests of one operand are read, by operator. */
type Readers = Readonly<Record<string, (test: Parameter) => unknown>>

/** The operators inside of a parameter; a value of its own is to be equalled. */
function readTests({ name, values, listed, members }: Parameter, readers: Readers): Query {
  const tests: Record<string, unknown> = {}
  if (values.length > 0) {
    const operator = values.length === 1 && !listed ? '$eq' : '$in'
    const read = readers[operator]
    if (!read) return refuseParameter(name, `"${name}" takes no value.`, `Operators here: ${words(readers)}.`)
    tests[operator] = read({ name, values, listed: true, members: new Map() })
  }
  for (const [operator, test] of members) tests[operator] = readTest(operator, test, readers, `"${name}"`)
  return tests
}

function readTest(operator: string, test: Parameter, readers: Readers, where: string): unknown {
  if (Object.hasOwn(readers, operator)) return readers[operator]?.(test)
  return refuseUnknown(test.name, {
    code: 'KIN_UNKNOWN_OPERATOR',
    word: operator,
    kind: 'operator',
    where,
    candidates: Object.keys(readers),
  })
}

const words = (readers: Readers): string => Object.keys(readers).join(', ')

/** The tests of values of a field. */
function valueReaders(field: Field, operators: readonly string[]): Readers {
  const readers: Record<string, (test: Parameter) => unknown> = {}
  for (const operator of operators) readers[operator] = valueReader(field, operator, readers)
  return readers
}

function valueReader(field: Field, operator: string, readers: Readers): (test: Parameter) => unknown {
  switch (operator) {
    case '$in':
    case '$nin':
      return (test) => inOrder(test).map((text) => readValue(field, text, test.name))
    case '$exists':
      return flag
    case '$not':
      return (test) => readTests(test, readers)
    case '$like':
    case '$ilike':
      return single
    default:
      return (test) => readValue(field, single(test), test.name)
  }
}

const MOST = 1000

/** Values of a list, which may be numbered: `id[$in][0]=a&id[$in][1]=b`. */
function inOrder(test: Parameter): string[] {
  if (test.members.size === 0) return several(test, MOST)
  return [...test.members.values()].map(single)
}

const readScalar = (field: Field, parameter: Parameter): Query =>
  readTests(parameter, valueReaders(field, operatorsOf(field)))

/** A reference is compared by its id, or its target has to match. */
function readReference(
  field: Field,
  target: Resource | null,
  parameter: Parameter,
  context: ReadContext,
): Query {
  const readers = valueReaders(field, equality)
  if (!target) return readTests(parameter, readers)
  return readTarget(membersOf(target), parameter, context, readers, target)
}

function readTarget(
  members: Members,
  parameter: Parameter,
  context: ReadContext,
  readers: Readers,
  target: Resource,
): Query {
  const tests = readTests({ ...parameter, members: new Map() }, readers)
  const filter: Record<string, unknown> = { ...tests }
  for (const [name, test] of parameter.members) {
    if (Object.hasOwn(readers, name)) filter[name] = readers[name]?.(test)
    else {
      context.touch(target, 'list')
      filter[name] = readEntry(name, test, members, context)
    }
  }
  return filter
}

function readToOne(end: EndResource, members: Members, parameter: Parameter, context: ReadContext): Query {
  const field = members.fields.get(end.name)
  const readers: Readers = field ? valueReaders(field, equality) : { $exists: flag }
  return readTarget(membersAt(end), parameter, context, readers, end.target)
}

function readToMany(end: EndResource, parameter: Parameter, context: ReadContext): Query {
  const { edge, target, owner, name } = end
  const matching = (test: Parameter): Query => {
    context.touch(target, 'list')
    return readFilter(nested(test), membersAt(end), context)
  }
  const field = owner.fields.get(name)
  const readers: Readers = {
    ...Object.fromEntries(quantifiers.map((quantifier) => [quantifier, matching])),
    $size: readSize,
    ...(field?.edge === edge && { $contains: (test) => readValue(field, single(test), test.name) }),
  }
  return readTests(parameter, readers)
}

function readArray(
  field: Field,
  item: Field,
  parameter: Parameter,
  members: Members,
  context: ReadContext,
): Query {
  const inside = membersIn(field, members.all)
  const element = (test: Parameter): unknown =>
    item.edge
      ? readReference(item, members.all.get(item.edge.to) ?? null, test, context)
      : readFilter(nested(test), inside, context)
  const tested =
    item.fields || item.edge ? Object.fromEntries(quantifiers.map((word) => [word, element])) : {}
  const contained: Readers =
    item.fields || item.edge || item.item
      ? {}
      : { $contains: (test) => readValue(item, single(test), test.name) }
  return readTests(parameter, { ...tested, ...contained, $size: readSize, $exists: flag })
}

const sizeReaders: Readers = Object.fromEntries(
  sizes.map((operator) => [operator, (test: Parameter) => integer(test, 0)]),
)

const readSize = (test: Parameter): Query => readTests(test, sizeReaders)
