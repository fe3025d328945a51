/** Data for creates, updates and handles, drawn from small pools so that values collide and records meet. */
import type { ArrayDescription, EmbeddedDescription, GraphDescription, Id, ModelDescription, Oracle } from '../oracle/index.js'
import type { Random } from './random.js'

export interface End {
  readonly name: string
  readonly target: string
  readonly many: boolean
  readonly required: boolean
  /** the reference or list is declared on this model */
  readonly holder: boolean
  readonly payload: readonly string[]
  /** field of the target that this end fills when it creates (inverse of a `one`) */
  readonly fills: string | null
}

/** Every end at the top level of a model, inverses of other models' associations included. */
export function endsOf(graph: GraphDescription, model: string): End[] {
  const ends: End[] = []
  for (const [holder, { fields }] of Object.entries(graph.models)) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.kind !== 'one' && field.kind !== 'many') continue
      const payload = field.kind === 'many' ? Object.keys(field.payload ?? {}) : []
      const many = field.kind === 'many'
      if (holder === model) {
        ends.push({ name, target: field.target, many, required: !many && field.optional !== true, holder: true, payload, fills: null })
      }
      if (field.target === model && field.inverse !== undefined) {
        const one = field.kind === 'one'
        ends.push({ name: field.inverse, target: holder, many: !(one && field.unique === true), required: false, holder: false, payload, fills: one ? name : null })
      }
    }
  }
  return ends
}

export class RandomData {
  readonly graph: GraphDescription
  readonly oracle: Oracle
  readonly random: Random
  /** makes ids that no record has yet */
  readonly newId: (model: string) => Id

  constructor(graph: GraphDescription, oracle: Oracle, random: Random, newId: (model: string) => Id) {
    this.graph = graph
    this.oracle = oracle
    this.random = random
    this.newId = newId
  }

  /** An id of the model: mostly of a live record, sometimes of a deleted one, rarely of none. */
  id(model: string): unknown {
    const stored = [...(this.oracle.world.records[model]?.values() ?? [])]
    const live = stored.filter((record) => record.deletedAt === null)
    const from = this.random.chance(0.9) && live.length > 0 ? live : stored
    if (from.length === 0 || this.random.chance(0.03)) return this.newId(model)
    return this.random.pick(from).id
  }

  /** Data of a new record; ids are always given, so that they are the same everywhere. */
  record(model: string, depth = 0, filled: string | null = null): Record<string, unknown> {
    const described = this.graph.models[model]!
    const data: Record<string, unknown> = { id: this.newId(model) }
    for (const [name, field] of Object.entries(described.fields)) {
      if (name === filled || field.kind === 'many') continue
      if (field.kind === 'one') {
        const left = field.optional === true && this.random.chance(0.4)
        if (!left) data[name] = this.target(field.target, [], depth, null)
      } else if (!omissible(field) || this.random.chance(0.7)) data[name] = this.value(field)
    }
    for (const end of this.ends(model)) {
      if (end.name === filled || (end.holder && !end.many) || !this.random.chance(depth === 0 ? 0.3 : 0.1)) continue
      data[end.name] = end.many ? this.targets(end, depth) : this.target(end.target, [], depth, end.fills)
    }
    return data
  }

  changes(model: string): Record<string, unknown> {
    const { fields } = this.graph.models[model]!
    const data: Record<string, unknown> = {}
    for (const [name, field] of this.random.some(Object.entries(fields), 3)) {
      if (field.kind === 'many') continue
      if (field.kind === 'one') {
        data[name] = this.random.chance(field.optional ? 0.3 : 0.02) ? null : this.target(field.target, [], 1, null)
      } else if (field.kind === 'integer' && this.random.chance(0.4)) data[name] = { $inc: this.random.below(5) - 2 }
      else data[name] = this.value(field)
    }
    for (const end of this.ends(model)) {
      if ((end.holder && !end.many) || !this.random.chance(0.15)) continue
      if (end.many) data[end.name] = this.targets(end, 1)
      else data[end.name] = this.random.chance(0.3) ? null : this.target(end.target, [], 1, end.fills)
    }
    return data
  }

  targets(end: End, depth = 1): unknown[] {
    const count = this.random.below(4)
    return Array.from({ length: count }, () => this.target(end.target, end.payload, depth, end.fills))
  }

  target(model: string, payload: readonly string[], depth: number, fills: string | null): unknown {
    const link = payload.length > 0 && this.random.chance(0.5) ? { $link: this.payload(payload) } : {}
    if (depth < 2 && this.random.chance(0.2)) return { $create: this.record(model, depth + 1, fills), ...link }
    const id = this.id(model)
    return '$link' in link || this.random.chance(0.2) ? { id, ...link } : id
  }

  payload(names: readonly string[]): Record<string, unknown> {
    const data: Record<string, unknown> = {}
    if (names.includes('since') && this.random.chance(0.6)) data['since'] = this.random.below(4)
    if (names.includes('role') && this.random.chance(0.6)) data['role'] = this.random.pick(['a', 'b', null])
    return data
  }

  value(field: EmbeddedDescription): unknown {
    const { random } = this
    if (field.optional === true && random.chance(0.25)) return null
    switch (field.kind) {
      case 'string':
      case 'text':
        return random.pick(['', 'a', 'B', 'ab', 'aB%', 'z_\\', 'é', '😀', '\uffee'])
      case 'integer':
        return random.pick([-2, -1, 0, 1, 2, 3, 9_007_199_254_740_991])
      case 'bigint':
        return random.pick([-1n, 0n, 5n, 9_223_372_036_854_775_807n])
      case 'number':
        return random.pick([-1.5, 0, 0.1, 0.30000000000000004, 1e300, 5e-324])
      case 'decimal':
        return random.pick(['0.00', '-1.50', '1.5', '10', '99999999.99'])
      case 'boolean':
        return random.chance(0.5)
      case 'date':
        return new Date(random.pick(['0001-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '2024-02-29T12:00:00.000Z', '9999-12-31T23:59:59.999Z']))
      case 'json':
        return random.pick([{ a: 1, b: [true, null] }, { b: [true, null], a: 1 }, [], 'x', 0])
      case 'binary':
        return new Uint8Array([random.below(3), 255])
      case 'enum':
        return random.pick(field.values!)
      case 'one':
        return this.id(field.target)
      case 'array':
        return this.elements(field)
      case 'object':
        return Object.fromEntries(Object.entries(field.fields).map(([name, member]) => [name, this.value(member)]))
    }
  }

  elements(field: ArrayDescription): unknown[] {
    return Array.from({ length: this.random.below(4) }, () => this.value(field.item))
  }

  ends(model: string): End[] {
    return endsOf(this.graph, model)
  }

  model(): string {
    return this.random.pick(Object.keys(this.graph.models))
  }

  described(model: string): ModelDescription {
    return this.graph.models[model]!
  }
}

const omissible = (field: EmbeddedDescription): boolean =>
  field.optional === true || field.kind === 'array' || ('default' in field && field.default !== undefined)
