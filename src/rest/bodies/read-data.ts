import type { ValidationIssue } from '../../errors/index.js'
import { fail, nearest } from '../../errors/index.js'
import type { Field, Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { ReadContext } from '../parameters/read-context.js'
import { type EndResource, type Resource, shownMembers } from '../resource.js'
import { fromJson } from './from-json.js'

/**
 * Data as a caller sends it, as the engine takes it. Names are looked up here, among those that the caller may know; values
 * are the engine's to check.
 */
export class DataReader {
  readonly issues: ValidationIssue[] = []
  readonly #context: ReadContext
  #records = 0

  constructor(context: ReadContext) {
    this.#context = context
  }

  /** The data of one record. @param path its place in the body */
  record(data: unknown, resource: Resource, path = ''): unknown {
    const { limits } = this.#context
    if (++this.#records > limits.items) {
      fail('KIN_BODY_TOO_LARGE', { message: `A request may hold ${limits.items} records, no more.`, path })
    }
    if (!isPlainObject(data)) return data
    const read: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(data)) {
      const at = join(path, name)
      const end = resource.writable.get(name)
      const field = givenField(resource.model, name)
      if (end) read[name] = this.#end(value, end, at)
      else if (field && !isRefused(field, resource)) read[name] = this.#value(value, field, resource, at)
      else this.#unknown(name, toldWords(resource), resource.model, at)
    }
    return read
  }

  /** The payload of a pairing. */
  payload(data: unknown, fields: ReadonlyMap<string, Field>, resource: Resource, path: string): unknown {
    return isPlainObject(data) ? this.#members(data, fields, resource, path) : data
  }

  /** @throws KIN_VALIDATION with everything that is wrong so far */
  refuseIssues(model: Model): void {
    const { issues } = this
    const [first] = issues
    if (!first) return
    const lines = issues.map(({ path, message }) => `${path}: ${message}`)
    fail('KIN_VALIDATION', {
      message: `The data does not fit model "${model.name}": ${lines.join(' ')}`,
      path: first.path,
      details: { model: model.name, issues },
    })
  }

  #end(value: unknown, end: EndResource, path: string): unknown {
    this.#context.touch(end.target, 'link')
    if (!Array.isArray(value)) return this.#item(value, end, path)
    return value.map((item, index) => this.#item(item, end, `${path}[${index}]`))
  }

  #item(value: unknown, end: EndResource, path: string): unknown {
    if (!isPlainObject(value)) return value
    const { edge, target } = end
    const { $link, $create, ...data } = value
    const link =
      $link !== undefined && edge.payload.size > 0
        ? { $link: this.payload($link, edge.payload, target, join(path, '$link')) }
        : {}
    if ($create !== undefined) return { $create: this.#new($create, target, join(path, '$create')), ...link }
    if (value['id'] !== undefined) return { id: value['id'], ...link }
    return { ...(this.#new(data, target, path) as object), ...link }
  }

  #new(data: unknown, target: Resource, path: string): unknown {
    if (!target.allow.create) {
      this.#refuse(path, 'not-allowed', `Records of "${target.name}" cannot be created here; give an id.`)
    }
    this.#context.touch(target, 'create')
    return this.record(data, target, path)
  }

  #value(value: unknown, field: Field, resource: Resource, path: string): unknown {
    if (value === null) return null
    if (field.edge && !field.item) return this.#reference(value, field, resource, path)
    if (field.item) {
      const { item } = field
      if (!Array.isArray(value)) return value
      return value.map((element, index) => this.#value(element, item, resource, `${path}[${index}]`))
    }
    if (field.fields) return isPlainObject(value) ? this.#members(value, field.fields, resource, path) : value
    if (isPlainObject(value) && '$inc' in value) return { ...value, $inc: fromJson(field, value['$inc']) }
    return fromJson(field, value)
  }

  /** A reference that is no end of its own: hidden, or inside of an embedded structure. */
  #reference(value: unknown, { edge, hidden }: Field, resource: Resource, path: string): unknown {
    const target = edge && !hidden ? resource.all.get(edge.to) : undefined
    if (!isPlainObject(value)) return value
    const { $create, id, ...data } = value
    if (id !== undefined) return id
    if (target && $create !== undefined) return { $create: this.#new($create, target, join(path, '$create')) }
    if (target) return this.#new(data, target, path)
    this.#refuse(path, 'id', 'Expected an id.')
    return value
  }

  #members(
    data: Readonly<Record<string, unknown>>,
    fields: ReadonlyMap<string, Field>,
    resource: Resource,
    path: string,
  ): Record<string, unknown> {
    const read: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(data)) {
      const field = fields.get(name)
      const at = join(path, name)
      if (field) read[name] = this.#value(value, field, resource, at)
      else this.#unknown(name, [...shownMembers(fields).keys()], null, at)
    }
    return read
  }

  #unknown(name: string, words: readonly string[], model: Model | null, path: string): void {
    if (model?.fields.get(name)?.system && !model.fields.get(name)?.hidden) {
      this.#refuse(path, 'system', `"${name}" is written by the server.`)
      return
    }
    const near = nearest(name, words).map((word) => `"${word}"`)
    const guess = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Known here: ${words.join(', ')}.`
    this.#refuse(path, 'unknown', `There is no field "${name}". ${guess}`)
  }

  #refuse(path: string, code: string, message: string): void {
    this.issues.push({ path, code, message })
  }
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** A field that takes a value in data: none of the server's own, none that is one side of an association with two ends. */
export function givenField({ fields }: Model, name: string): Field | null {
  const field = fields.get(name)
  if (!field || field.system || field.kind === 'list' || (field.edge && !field.edge.holder)) return null
  return field
}

/** A reference whose end is switched off is not to be written either; a hidden one has no end, and takes ids. */
function isRefused(field: Field, { model, routed, writable }: Resource): boolean {
  const end = model.ends.get(field.name)
  if (!end || end.hidden || writable.has(field.name)) return false
  return routed.some((known) => known.name === field.name)
}

/** Those of them that are told to callers: hidden fields can be written by those who know them. */
const toldWords = (resource: Resource): string[] =>
  wordsOf(resource).filter(
    (name) => resource.model.fields.get(name)?.hidden !== true || resource.writable.has(name),
  )

/** Every name that data of a model may have. */
export function wordsOf(resource: Resource): string[] {
  const { model, writable } = resource
  const fields = [...model.fields.values()].filter(
    (field) => givenField(model, field.name) && !isRefused(field, resource),
  )
  return [...new Set([...fields.map((field) => field.name), ...writable.keys()])]
}
