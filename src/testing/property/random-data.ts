/** Data for creates, updates and handles, drawn from small pools so that values collide and records meet. */
import type {
  ArrayDescription,
  EmbeddedDescription,
  FieldDescription,
  GraphDescription,
  Id,
  ModelDescription,
  Oracle,
} from '../oracle/index.js'
import { type End, endsOf, type Payload } from './random-ends.js'
import { randomScalar } from './random-scalar.js'
import type { Random } from './random.js'

type Members = Record<string, unknown>

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
    if (from.length === 0 || this.random.chance(0.02)) return this.newId(model)
    return this.random.pick(from).id
  }

  /** Data of a new record; ids are always given, so that they are the same everywhere. */
  record(model: string, depth = 0, filled: string | null = null): Members {
    const data: Members = { id: this.newId(model) }
    for (const [name, field] of Object.entries(this.described(model).fields)) {
      if (name === filled || field.kind === 'many') continue
      if (field.kind === 'one') {
        const left = field.optional && this.random.chance(this.isEmpty(field.target) ? 0.9 : 0.4)
        if (!left) data[name] = this.target(field.target, {}, depth, null)
      } else if (!omissible(field) || this.random.chance(0.7)) data[name] = this.value(field)
    }
    for (const end of this.otherEnds(model, filled)) {
      if (!this.random.chance(depth === 0 ? 0.3 : 0.1)) continue
      data[end.name] = end.many ? this.targets(end, depth) : this.target(end.target, {}, depth, end.fills)
    }
    return data
  }

  changes(model: string): Members {
    const data: Members = {}
    for (const [name, field] of this.random.some(Object.entries(this.described(model).fields), 3)) {
      if (field.kind === 'many') continue
      if (field.kind === 'one') {
        const unset = this.random.chance(field.optional === true ? 0.3 : 0.02)
        data[name] = unset ? null : this.target(field.target, {}, 1, null)
      } else if (field.kind === 'integer' && this.random.chance(0.4)) {
        data[name] = { $inc: this.random.below(5) - 2 }
      } else if (field.kind === 'decimal' && this.random.chance(0.4)) {
        data[name] = { $inc: this.random.pick(['0.1', '-2', '0.05']) }
      } else data[name] = this.value(field)
    }
    for (const end of this.otherEnds(model, null)) {
      if (!this.random.chance(0.15)) continue
      if (end.many) data[end.name] = this.targets(end, 1)
      else data[end.name] = this.random.chance(0.3) ? null : this.target(end.target, {}, 1, end.fills)
    }
    return data
  }

  /** What `updateMany` takes. */
  sharedChanges(model: string): Members {
    const fields = Object.entries(this.described(model).fields).filter(([, field]) => isShared(field))
    const data: Members = {}
    for (const [name, field] of this.random.some(fields, 2)) {
      if (field.kind === 'integer' && this.random.chance(0.3)) data[name] = { $inc: this.random.below(3) }
      else data[name] = this.value(field as EmbeddedDescription)
    }
    return data
  }

  targets(end: End, depth = 1): unknown[] {
    return Array.from({ length: this.random.below(4) }, () =>
      this.target(end.target, end.payload, depth, end.fills),
    )
  }

  target(model: string, payload: Payload, depth: number, fills: string | null): unknown {
    const { random } = this
    const link = Object.keys(payload).length > 0 && random.chance(0.5) ? { $link: this.payload(payload) } : {}
    if (depth < 2 && random.chance(this.isEmpty(model) ? 0.9 : 0.2))
      return { $create: this.record(model, depth + 1, fills), ...link }
    const id = this.id(model)
    return '$link' in link || random.chance(0.2) ? { id, ...link } : id
  }

  payload(fields: Payload): Members {
    const given = Object.entries(fields).filter(() => this.random.chance(0.6))
    return Object.fromEntries(given.map(([name, field]) => [name, this.value(field)]))
  }

  value(field: EmbeddedDescription): unknown {
    if ('optional' in field && field.optional && this.random.chance(this.isVoid(field) ? 0.9 : 0.25))
      return null
    switch (field.kind) {
      case 'one':
        return this.id(field.target)
      case 'array':
        return this.elements(field)
      case 'object':
        return Object.fromEntries(
          Object.entries(field.fields).map(([name, member]) => [name, this.value(member)]),
        )
      default:
        return randomScalar(this.random, field)
    }
  }

  elements({ item }: ArrayDescription): unknown[] {
    if (this.isVoid(item) && this.random.chance(0.9)) return []
    return Array.from({ length: this.random.below(4) }, () => this.value(item))
  }

  /** It can name nothing yet. */
  isVoid(field: EmbeddedDescription): boolean {
    if (field.kind === 'one') return this.isEmpty(field.target)
    if (field.kind !== 'object') return false
    return Object.values(field.fields).some((member) => !omissible(member) && this.isVoid(member))
  }

  isEmpty(model: string): boolean {
    return (this.oracle.world.records[model]?.size ?? 0) === 0
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

  /** All but the model's own references. */
  otherEnds(model: string, filled: string | null): End[] {
    return this.ends(model).filter((end) => end.name !== filled && (end.many || !end.holder))
  }
}

const omissible = (field: EmbeddedDescription): boolean =>
  field.kind === 'array' || ('optional' in field && field.optional) || 'default' in field

/** Scalars, and references that many records may have alike (R33). */
function isShared(field: FieldDescription): boolean {
  if (field.kind === 'one') return field.unique !== true
  return field.kind !== 'many' && field.kind !== 'array' && field.kind !== 'object' && field.unique !== true
}
