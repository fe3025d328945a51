import type { Field } from '../../schema/graph.js'
import { type Members, membersAt, membersIn } from './members.js'
import { type Parameter, refuseParameter, refuseUnknown, several } from './parameter.js'
import type { ReadContext } from './read-context.js'

const unordered: ReadonlySet<string> = new Set(['json', 'binary', 'object', 'array', 'list'])

/** `-name,author.email,posts.$size`: orders, the first one first. A minus turns one around. */
export function readSort(parameter: Parameter, members: Members, context: ReadContext): unknown[] {
  return several(parameter, 10).map((word) => {
    const descending = word.startsWith('-')
    const path = word.replace(/^[-+ ]/, '').split('.')
    return readTerm(path, descending ? 'desc' : 'asc', members, parameter.name, context)
  })
}

function readTerm(
  [name = '', ...rest]: readonly string[],
  direction: 'asc' | 'desc',
  members: Members,
  parameter: string,
  context: ReadContext,
): Record<string, unknown> {
  const beyond = (inside: Members): Record<string, unknown> => ({
    [name]: readTerm(rest, direction, inside, parameter, context),
  })
  if (name === '$link' && members.link) return beyond(members.link)
  const end = members.ends.get(name)
  const field = members.fields.get(name)
  if (end?.edge.many) {
    context.touch(end.target, 'list')
    if (rest.join('.') === '$size') return { [name]: { $size: direction } }
    return refuseParameter(
      parameter,
      `"${name}" leads to many records.`,
      `Sort by their number: ${name}.$size.`,
    )
  }
  if (rest.length === 0 && field && !unordered.has(field.kind)) return { [name]: direction }
  if (end && rest.length > 0) {
    context.touch(end.target, 'list')
    return beyond(membersAt(end))
  }
  if (field?.fields && rest.length > 0) return beyond(membersIn(field, members.all))
  return refuseTerm(name, field ?? null, end !== undefined, members, parameter)
}

function refuseTerm(
  word: string,
  field: Field | null,
  isEnd: boolean,
  members: Members,
  parameter: string,
): never {
  if (isEnd) return refuseParameter(parameter, `"${word}" is a record.`, `Sort by a field of it: ${word}.id.`)
  if (field) return refuseParameter(parameter, `Values of "${word}" have no order, or no members to sort by.`)
  return refuseUnknown(parameter, {
    code: 'KIN_UNKNOWN_FIELD',
    word,
    kind: 'field',
    where: members.words,
    candidates: new Set([...members.fields.keys(), ...members.ends.keys()]),
  })
}
