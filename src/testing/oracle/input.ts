/** Data as a caller gives it becomes checked, normalised input, before anything looks at what is stored. */
import { fail } from '../../errors/index.js'
import {
  type End,
  type Field,
  type Fields,
  type Graph,
  type Id,
  type Members,
  type Model,
  modelOf,
} from './graph.js'
import { addDecimals, defaultOf, idFrom, isPlain, normalise, type Refuse } from './values.js'

/** What a reference or a list entry names: a record that exists, or one to be created. */
export type Target = { readonly id: Id } | { readonly create: NewRecord }

export interface Item {
  readonly target: Target
  /** the payload fields that were given */
  readonly payload: Members
}

/** The wanted content of an end; null unsets the inverse of a one-one. */
export interface EndInput {
  readonly end: End
  readonly items: readonly Item[] | null
}

export interface NewRecord {
  readonly model: Model
  /** null: to be assigned */
  readonly id: Id | null
  /** complete; references are targets */
  readonly values: Members
  readonly ends: readonly EndInput[]
}

export interface Changes {
  readonly model: Model
  /** what was given; references are targets */
  readonly values: Members
  readonly increments: Readonly<Record<string, unknown>>
  readonly ends: readonly EndInput[]
}

const NUMERIC = new Set(['integer', 'bigint', 'number', 'decimal'])

export function invalid(path: string, code: string, message = code): never {
  const details = { model: '', issues: [{ path, code, message }] }
  return fail('KIN_VALIDATION', { path, message: `${path}: ${message}`, details })
}

/** @param filled the reference that nesting fills by itself; the data must not give it */
export function parseCreate(
  graph: Graph,
  name: string,
  data: unknown,
  path: string,
  filled?: string,
): NewRecord {
  const model = modelOf(graph, name)
  const given = membersOf(model, data, path)
  if (filled !== undefined && given[filled] !== undefined)
    return invalid(`${path}.${filled}`, 'filled-by-nesting')
  const values = Object.fromEntries(
    Object.entries(model.fields).map(([field, declared]) => [
      field,
      field === filled ? null : complete(graph, declared, given[field], `${path}.${field}`),
    ]),
  )
  const id = given['id'] === undefined ? null : idIn(model, given['id'], `${path}.id`)
  if (id === null && model.idKind === 'string') return invalid(`${path}.id`, 'required')
  // The inverse of a one-one given as null has nothing to unset on a new record.
  const ends = parseEnds(graph, model, given, path, id).filter((input) => input.items !== null)
  for (const { end, items } of ends) for (const item of items ?? []) completePayload(graph, end, item.payload)
  return { model, id, values, ends }
}

export function parseUpdate(graph: Graph, name: string, data: unknown, path: string): Changes {
  const model = modelOf(graph, name)
  const given = membersOf(model, data, path)
  const values: Members = {}
  const increments: Record<string, unknown> = {}
  if (given['id'] !== undefined) immutable(model, 'id')
  for (const [field, declared] of Object.entries(model.fields)) {
    const value = given[field]
    if (value === undefined) continue
    if (model.immutable.has(field)) immutable(model, field)
    const at = `${path}.${field}`
    if (NUMERIC.has(declared.kind) && isPlain(value) && Object.keys(value).join() === '$inc') {
      increments[field] =
        value['$inc'] === null ? invalid(at, 'type') : accept(graph, declared, value['$inc'], at)
    } else {
      values[field] = accept(graph, declared, value, at)
    }
  }
  return { model, values, increments, ends: parseEnds(graph, model, given, path, null) }
}

function immutable(model: Model, field: string): never {
  return fail('KIN_IMMUTABLE', { path: field, details: { model: model.name, fields: [field] } })
}

/** `{ $inc }`: null stays null; the sum must fit the field like any other value (R4). */
export function increment(field: Field, value: unknown, by: unknown): unknown {
  if (value === null) return null
  const refuse: Refuse = (expected) => invalid('$inc', 'range', expected)
  if (field.kind === 'decimal') return addDecimals(value as string, by as string, field, refuse)
  const sum =
    field.kind === 'bigint' ? (value as bigint) + (by as bigint) : (value as number) + (by as number)
  return field.kind === 'integer' || field.kind === 'bigint' || field.kind === 'number'
    ? normalise(field, sum, refuse)
    : value
}

function membersOf(model: Model, data: unknown, path: string): Members {
  if (!isPlain(data)) return invalid(path, 'type', 'an object')
  for (const name of Object.keys(data)) {
    if (data[name] === undefined || name === 'id') continue
    if (Object.hasOwn(model.system, name)) return invalid(`${path}.${name}`, 'system')
    if (!Object.hasOwn(model.fields, name) && !model.ends.has(name))
      return invalid(`${path}.${name}`, 'unknown')
  }
  return data
}

/** The value of a field of a new record or embedded object. R1: undefined is not given. */
function complete(graph: Graph, field: Field, value: unknown, path: string): unknown {
  if (value !== undefined) return accept(graph, field, value, path)
  if ('default' in field && field.default !== undefined) return accept(graph, field, defaultOf(field), path)
  if ('optional' in field && field.optional) return null
  // An embedded array left out is empty.
  return field.kind === 'array' ? [] : invalid(path, 'required')
}

/** A given value in its normal form; references become targets. */
function accept(graph: Graph, field: Field, value: unknown, path: string): unknown {
  if (value === null) return 'optional' in field && field.optional ? null : invalid(path, 'required')
  switch (field.kind) {
    case 'one':
      return parseTarget(graph, field.target, value, path)
    case 'object':
      return parseObject(graph, field.fields, value, path)
    case 'array': {
      const { item } = field
      if (!Array.isArray(value)) return invalid(path, 'type', 'a list')
      return value.map((element: unknown, index) => parseElement(graph, item, element, `${path}.${index}`))
    }
    default:
      return normalise(field, value, (expected) => invalid(path, 'type', expected))
  }
}

export function parseElement(graph: Graph, item: Field, element: unknown, path: string): unknown {
  if (element === null || element === undefined) return invalid(path, 'required')
  return accept(graph, item, element, path)
}

function parseObject(graph: Graph, fields: Fields, value: unknown, path: string): Members {
  const given = onlyKnown(fields, value, path)
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      complete(graph, field, given[name], `${path}.${name}`),
    ]),
  )
}

/** The given members of an embedded object or payload; the others stay as they are. */
export function parsePartial(graph: Graph, fields: Fields, value: unknown, path: string): Members {
  return Object.fromEntries(
    Object.entries(onlyKnown(fields, value, path)).flatMap(([name, part]) => {
      const field = fields[name]
      return part === undefined || field === undefined
        ? []
        : [[name, accept(graph, field, part, `${path}.${name}`)]]
    }),
  )
}

function onlyKnown(fields: Fields, value: unknown, path: string): Members {
  if (!isPlain(value)) return invalid(path, 'type', 'an object')
  const unknown = Object.keys(value).find((name) => value[name] !== undefined && !Object.hasOwn(fields, name))
  return unknown === undefined ? value : invalid(`${path}.${unknown}`, 'unknown')
}

/** R15: a new pair needs the payload fields that have neither default nor `.optional()`. */
export function completePayload(graph: Graph, end: End, given: Members): Members {
  return Object.fromEntries(
    Object.entries(end.association.payload ?? {}).map(([name, field]) => [
      name,
      given[name] === undefined ? complete(graph, field, undefined, `$link.${name}`) : given[name],
    ]),
  )
}

/** An id, a record (its `id` counts), `{ $create }`, or an object without `id`, which is created (design §5). */
function parseTarget(graph: Graph, target: string, value: unknown, path: string, filled?: string): Target {
  if (!isPlain(value)) return { id: idIn(modelOf(graph, target), value, path) }
  if (value['$create'] !== undefined) {
    return { create: parseCreate(graph, target, value['$create'], `${path}.$create`, filled) }
  }
  if (value['id'] !== undefined) return { id: idIn(modelOf(graph, target), value['id'], path) }
  const { $link: _link, ...data } = value
  return { create: parseCreate(graph, target, data, path, filled) }
}

/** R7: a malformed id in data is one of the problems of that data. */
function idIn(model: Model, value: unknown, path: string): Id {
  return idFrom(model.idKind, value) ?? invalid(path, 'id')
}

/** Lists and inverse ends; references of the record's own are among its fields. */
function parseEnds(graph: Graph, model: Model, given: Members, path: string, owner: Id | null): EndInput[] {
  return [...model.ends.values()].flatMap((end) => {
    const value = given[end.name]
    if (value === undefined || (end.side === 'holder' && !end.many)) return []
    const at = `${path}.${end.name}`
    if (end.many) {
      // One target may stand alone.
      const list: unknown[] = Array.isArray(value) ? value : [value]
      return [{ end, items: parseItems(graph, end, list, at, owner) }]
    }
    return [{ end, items: value === null ? null : parseItems(graph, end, [value], at, owner) }]
  })
}

/**
 * R12: a list is a set; a repeated id collapses to its first entry.
 *
 * @param owner the new record whose end it is, where its id is given
 * @param shared the payload of every entry
 */
export function parseItems(
  graph: Graph,
  end: End,
  list: readonly unknown[],
  path: string,
  owner: Id | null,
  shared?: unknown,
): Item[] {
  const { association } = end
  const { payload } = association
  const filled = end.side === 'inverse' && !association.many ? association.field : undefined
  const common = shared === undefined ? {} : parsePartial(graph, payload ?? {}, shared, '$link')
  const items = list.map((value, index): Item => {
    const at = `${path}.${index}`
    const target = parseTarget(graph, end.target, value, at, filled)
    if (association.symmetric && owner !== null && sameId(target, owner)) refuseSelf(at)
    // A loaded record carries the `$link` of the list it came from, which means nothing to a list without payload.
    const link = isPlain(value) && payload !== null ? value['$link'] : undefined
    const own = link === undefined ? {} : parsePartial(graph, payload ?? {}, link, `${at}.$link`)
    return { target, payload: { ...common, ...own } }
  })
  return items.filter(
    (item, index) =>
      index ===
      items.findIndex(
        (other) => other === item || ('id' in item.target && sameId(other.target, item.target.id)),
      ),
  )
}

/** R16: a symmetric association pairs no record with itself. */
export function refuseSelf(path: string): never {
  return invalid(path, 'self', 'A record cannot be paired with itself.')
}

function sameId(target: Target, id: Id): boolean {
  return 'id' in target && target.id === id
}
