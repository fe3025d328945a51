import { fail, unknownName } from '../errors/index.js'
import type { Edge, Field } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import { always } from '../store/filter.js'
import type { OrderTerm } from '../store/read.js'
import { isShownHere, type Members, objectMembers, operandOf, targetMembers } from './members.js'
import { refuseOperator, refuseShape } from './refuse.js'
import { targetKey } from './subject.js'
import { callerScope, isScoped, visibleOver, type Visibility } from './visibility.js'

type Via = OrderTerm['via']

/** Kinds whose values have no order. */
const unordered: ReadonlySet<string> = new Set(['json', 'binary', 'object', 'array', 'list'])

/** An order as terms of the store: an object, its keys in order, or a list of such. The id is not added here. */
export function parseOrder(
  order: unknown,
  members: Members,
  visibility: Visibility,
  path: string,
): OrderTerm[] {
  if (!Array.isArray(order)) return parseTree(order, members, [], visibility, path)
  return order.flatMap((part, index) => parseTree(part, members, [], visibility, `${path}[${index}]`))
}

function parseTree(
  tree: unknown,
  members: Members,
  via: Via,
  visibility: Visibility,
  path: string,
): OrderTerm[] {
  if (!isPlainObject(tree)) return refuseShape(path, `an object such as { id: 'asc' }`, tree)
  return Object.entries(tree)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => parseTerm(name, value, members, via, visibility, `${path}.${name}`))
}

function parseTerm(
  name: string,
  value: unknown,
  members: Members,
  via: Via,
  visibility: Visibility,
  path: string,
): OrderTerm[] {
  if (name === '$link' && members.link) return parseTree(value, members.link, via, visibility, path)
  const field = members.fields.get(name)
  const edge = members.ends.get(name) ?? (field?.item ? null : field?.edge)
  if (edge) {
    const shown = field && isShownHere(field) ? field : null
    return edge.many
      ? [parseSize(edge, value, via, visibility, path)]
      : parseToOne(edge, shown, value, members, via, visibility, path)
  }
  if (field?.fields) return parseTree(value, objectMembers(field, members), via, visibility, path)
  if (field) return [parseField(field, value, members, via, path)]
  const candidates = new Set([...members.fields.keys(), ...members.ends.keys()])
  return unknownName('KIN_UNKNOWN_FIELD', {
    word: name,
    kind: 'field',
    where: members.words,
    candidates,
    path,
  })
}

function parseField(field: Field, value: unknown, members: Members, via: Via, path: string): OrderTerm {
  if (unordered.has(field.kind)) {
    return fail('KIN_INVALID_QUERY', {
      message: `Values of "${field.name}" (${field.kind}) have no order.`,
      path,
    })
  }
  return { direction: direction(value, path), via, by: operandOf(field, members) }
}

/** By the stored id, or by what lies beyond the end. */
function parseToOne(
  edge: Edge,
  field: Field | null,
  value: unknown,
  members: Members,
  via: Via,
  visibility: Visibility,
  path: string,
): OrderTerm[] {
  const follow = (scope: Via[number]['scope']): Via => {
    if (members.of === 'record') return [...via, { edge, scope }]
    return fail('KIN_INVALID_QUERY', {
      message: `References in ${members.words} can be ordered by id only, not followed.`,
      path,
    })
  }
  if (isPlainObject(value)) {
    const beyond = follow(visibleOver(visibility, edge, 'exclude'))
    return parseTree(value, targetMembers(edge), beyond, visibility, path)
  }
  if (!field) return refuseShape(path, `an order of "${edge.to.name}"`, value)
  if (!isScoped(visibility, edge.to)) return [parseField(field, value, members, via, path)]
  // An id outside of the caller's scope reads as null (R35), in an order too.
  const beyond = follow(callerScope(visibility, edge.to))
  return [{ direction: direction(value, path), via: beyond, by: targetKey(edge) }]
}

function parseSize(edge: Edge, value: unknown, via: Via, visibility: Visibility, path: string): OrderTerm {
  const words = `the to-many end "${edge.path.join('.')}"`
  if (!isPlainObject(value)) return refuseShape(path, `{ $size: 'asc' } or { $size: 'desc' }`, value)
  const names = Object.keys(value).filter((name) => value[name] !== undefined)
  const wrong = names.find((name) => name !== '$size')
  if (wrong !== undefined) return refuseOperator(wrong, `an order by ${words}`, ['$size'], `${path}.${wrong}`)
  const scope = visibleOver(visibility, edge, 'exclude')
  return { direction: direction(value['$size'], `${path}.$size`), via, by: { edge, scope, where: always } }
}

function direction(value: unknown, path: string): OrderTerm['direction'] {
  if (value === 'asc' || value === 'desc') return value
  if (typeof value !== 'string') return refuseShape(path, `'asc' or 'desc'`, value)
  return unknownName('KIN_UNKNOWN_OPTION', {
    word: value,
    kind: 'direction',
    where: 'an order',
    candidates: ['asc', 'desc'],
    path,
  })
}
