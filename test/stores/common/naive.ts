/** The meaning of filters and nodes, evaluated over plain objects: slow, short, and independent of any SQL. */
import { isDeepStrictEqual } from 'node:util'
import type { Edge, Field, Model } from '../../../src/schema/graph.js'
import type { Comparison, Filter, Operand, Value } from '../../../src/store/filter.js'
import type { ChildNode, CountTerm, OrderTerm, ReadNode } from '../../../src/store/read.js'

export type Row = Readonly<Record<string, unknown>>
export type Data = ReadonlyMap<string, readonly Row[]>

/** What is in scope of a filter. */
interface Scope {
  readonly record: Row
  readonly link: Row | null
  readonly element: unknown
  /** names that lead to the element, from the record */
  readonly inside: readonly string[]
}

interface Pair {
  readonly target: Row
  readonly link: Row
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const member = (value: unknown, name: string): unknown =>
  value === null || value === undefined ? null : ((value as Row)[name] ?? null)
const at = (value: unknown, path: readonly string[]): unknown => path.reduce(member, value ?? null)

/** All values at a path, arrays crossed. */
const allAt = (value: unknown, path: readonly string[]): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap((entry) => allAt(entry, path))
  const [name, ...rest] = path
  return name === undefined ? [value] : allAt(member(value, name), rest)
}

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

/** Less than, equal or greater; null is the smallest (R9), text goes by code point (R3). */
const compareValues = (left: unknown, right: unknown, field: Field): number => {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  if (field.kind === 'decimal') {
    return Math.sign(
      Number(BigInt((left as string).replace('.', '')) - BigInt((right as string).replace('.', ''))),
    )
  }
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right)
  if (typeof left === 'string' && typeof right === 'string') return Buffer.compare(utf8(left), utf8(right))
  const [a, b] = [left, right] as [number, number]
  if (a.valueOf() === b.valueOf()) return 0
  return a < b ? -1 : 1
}

const ascii = (of: string): string => of.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

const like = (text: string, pattern: string): boolean => {
  let source = ''
  for (const part of pattern.matchAll(/\\(.)|(.)/gsu)) {
    if (part[2] === '%') source += '.*'
    else if (part[2] === '_') source += '.'
    else source += `\\u{${(part[1] ?? part[2] ?? '').codePointAt(0)?.toString(16)}}`
  }
  return new RegExp(`^${source}$`, 'su').test(text)
}

export class Naive {
  readonly data: Data
  readonly values: readonly unknown[]

  constructor(data: Data, values: readonly unknown[]) {
    this.data = data
    this.values = values
  }

  rows(model: Model): readonly Row[] {
    return this.data.get(model.name) ?? []
  }

  value(value: Value): unknown {
    return 'slot' in value ? this.values[value.slot] : value.fixed
  }

  operand({ of, path }: Operand, scope: Scope): unknown {
    return at(scope[of], path) ?? null
  }

  test(held: unknown, op: Comparison, value: unknown, field: Field): boolean {
    if (held === null || held === undefined) return false
    if (op === 'in') return (value as unknown[]).some((one) => compareValues(held, one, field) === 0)
    if (op === 'like') return like(held as string, value as string)
    if (op === 'ilike') return like(ascii(held as string), ascii(value as string))
    if (['json', 'object', 'array'].includes(field.kind)) return isDeepStrictEqual(held, value)
    const order = compareValues(held, value, field)
    return { eq: order === 0, gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[op]
  }

  /** The targets of an edge with their pairings, in stored order. */
  pairs(
    edge: Edge,
    record: Row,
    element: { readonly value: unknown; readonly inside: readonly string[] } | null,
  ): Pair[] {
    const { through, fromKey, toKey } = edge
    const [fromPath = []] = fromKey.paths
    const [toPath = []] = toKey.paths
    const targets = this.rows(edge.to)
    const named = (id: unknown) => targets.filter((target) => id !== null && at(target, toPath) === id)
    const own = element
      ? allAt(element.value, fromPath.slice(element.inside.length))
      : allAt(record, fromPath)
    if (through) {
      const [near = ''] = through.near
      const [far = ''] = through.far
      const seen = (from: string, to: string) =>
        this.rows(through.model)
          .filter((pair) => own.includes(pair[from]))
          .toSorted((a, b) => Number(a[through.position ?? ''] ?? 0) - Number(b[through.position ?? ''] ?? 0))
          .flatMap((link) => named(link[to]).map((target) => ({ target, link })))
      return edge.symmetric ? [...seen(near, far), ...seen(far, near)] : seen(near, far)
    }
    const entry = (held: unknown): { id: unknown; link: Row } =>
      edge.payload.size > 0 && held !== null && typeof held === 'object'
        ? { id: (held as Row)['id'], link: held as Row }
        : { id: held, link: {} }
    if (toKey.paths.length > 1) {
      const key = (row: Row, paths: Edge['toKey']['paths']) => paths.map((path) => at(row, path))
      const wanted = key(record, fromKey.paths)
      const same = (row: Row) =>
        key(row, toKey.paths).every((part, index) => part !== null && part === wanted[index])
      return targets.filter(same).map((target) => ({ target, link: {} }))
    }
    if (!toKey.many) {
      return own.flatMap((held) =>
        named(entry(held).id).map((target) => ({ target, link: entry(held).link })),
      )
    }
    return targets.flatMap((target) => {
      const found = allAt(target, toPath)
        .map(entry)
        .find(({ id }) => own.includes(id))
      return found ? [{ target, link: found.link }] : []
    })
  }

  related(
    leaf: CountTerm | Extract<Filter, { is: 'related' | 'relatedCount' }>,
    scope: Scope,
  ): readonly Pair[] {
    const element =
      'at' in leaf && leaf.at === 'element' ? { value: scope.element, inside: scope.inside } : null
    return this.pairs(leaf.edge, scope.record, element).filter(
      ({ target, link }) => this.holds(leaf.scope, target, link) && this.holds(leaf.where, target, link),
    )
  }

  holds(filter: Filter, record: Row, link: Row | null = null): boolean {
    return this.matches(filter, { record, link, element: null, inside: [] })
  }

  matches(filter: Filter, scope: Scope): boolean {
    if (filter.is === 'all') return filter.of.every((part) => this.matches(part, scope))
    if (filter.is === 'any') return filter.of.some((part) => this.matches(part, scope))
    return this.leaf(filter, scope) !== filter.negated
  }

  leaf(leaf: Exclude<Filter, { is: 'all' | 'any' }>, scope: Scope): boolean {
    switch (leaf.is) {
      case 'compare':
        return this.test(
          this.operand(leaf.operand, scope),
          leaf.op,
          this.value(leaf.value),
          leaf.operand.field,
        )
      case 'null':
        return this.operand(leaf.operand, scope) === null
      case 'contains': {
        const { field } = leaf.operand
        const value = this.value(leaf.value)
        const held = field.edge ? this.fieldValue(field, scope.record) : this.operand(leaf.operand, scope)
        return list(held).some((entry) => {
          const one = field.edge && field.edge.payload.size > 0 ? member(entry, 'id') : entry
          return one !== null && compareValues(one, value, field.item ?? field) === 0
        })
      }
      case 'related':
        return this.related(leaf, scope).length > 0
      case 'relatedCount':
        return this.testCount(this.related(leaf, scope).length, leaf)
      case 'element': {
        const inside = [...(leaf.operand.of === 'element' ? scope.inside : []), ...leaf.operand.path]
        return list(this.operand(leaf.operand, scope)).some((element) =>
          this.matches(leaf.where, { ...scope, element, inside }),
        )
      }
      case 'elementCount':
        return this.testCount(list(this.operand(leaf.operand, scope)).length, leaf)
    }
  }

  testCount(count: number, { op, value }: { op: Comparison; value: Value }): boolean {
    const given = this.value(value)
    if (op === 'in') return (given as number[]).includes(count)
    const than = given as number
    return { eq: count === than, gt: count > than, gte: count >= than, lt: count < than, lte: count <= than }[
      op as 'eq'
    ]
  }

  orderValue({ via, by }: OrderTerm, record: Row, link: Row | null): unknown {
    let reached: Row | null = record
    for (const { edge, scope } of via) {
      const next: Pair | undefined = reached === null ? undefined : this.pairs(edge, reached, null)[0]
      reached = next && this.holds(scope, next.target) ? next.target : null
    }
    if ('edge' in by) {
      const scope = { record: reached ?? {}, link: null, element: null, inside: [] }
      return reached === null ? 0 : this.related({ ...by, name: '' }, scope).length
    }
    return reached === null
      ? null
      : this.operand(by, { record: reached, link: via.length > 0 ? null : link, element: null, inside: [] })
  }

  /** The pairs that a node shows, in its order. */
  shown(node: ReadNode, pairs: readonly Pair[], stored: boolean): readonly Pair[] {
    const seen = pairs.filter(
      ({ target, link }) => this.holds(node.scope, target, link) && this.holds(node.where, target, link),
    )
    const field = (term: OrderTerm) =>
      ('edge' in term.by ? node.model.fields.get('id') : term.by.field) as Field
    const compare = (a: Pair, b: Pair): number => {
      for (const term of node.order) {
        const values = [a, b].map((pair) => this.orderValue(term, pair.target, pair.link))
        const order = compareValues(values[0], values[1], field(term))
        if (order !== 0) return term.direction === 'asc' ? order : -order
      }
      return 0
    }
    const byId = (a: Pair, b: Pair) =>
      compareValues(a.target['id'], b.target['id'], node.model.fields.get('id') as Field)
    const ordered = node.order.length > 0 ? seen.toSorted(compare) : stored ? seen : seen.toSorted(byId)
    const offset = node.offset === null ? 0 : (this.value(node.offset) as number)
    return node.limit === null
      ? ordered.slice(offset)
      : ordered.slice(offset, offset + (this.value(node.limit) as number))
  }

  read(node: ReadNode): readonly unknown[] {
    const pairs = this.rows(node.model).map((target) => ({ target, link: {} }))
    return this.shown(node, pairs, false).map(({ target }) => this.record(node, target))
  }

  record(node: ReadNode, row: Row, link: Row | null = null, shownLink: readonly Field[] = []): unknown {
    const record: Record<string, unknown> = {}
    for (const field of node.fields) record[field.name] = this.fieldValue(field, row)
    for (const child of node.children) {
      if (child.edge.embedded && child.edge.holder) this.fillEmbedded(child, record)
      else record[child.path.join('.')] = this.child(child, row)
    }
    if (node.counts !== null) {
      const scope = { record: row, link: null, element: null, inside: [] }
      record['$count'] = Object.fromEntries(
        node.counts.map((term) => [term.name, this.related(term, scope).length]),
      )
    }
    if (shownLink.length > 0) {
      record['$link'] = Object.fromEntries(shownLink.map((field) => [field.name, link?.[field.name] ?? null]))
    }
    return record
  }

  fieldValue(field: Field, row: Row): unknown {
    if (field.kind !== 'list') return row[field.name] ?? null
    const { edge } = field
    if (field.stored || !edge?.through) return list(row[field.name])
    const [near = ''] = edge.through.near
    const [far = ''] = edge.through.far
    return this.rows(edge.through.model)
      .filter((pair) => pair[near] === row['id'])
      .toSorted((a, b) => Number(a['position']) - Number(b['position']))
      .map((pair) => pair[far])
  }

  fillEmbedded({ edge, node, path }: ChildNode, record: Record<string, unknown>): void {
    const target = (id: unknown): unknown => {
      const found = this.rows(edge.to).find((row) => id !== null && row['id'] === id)
      const seen = found && this.holds(node.scope, found) && this.holds(node.where, found)
      return seen ? this.record(node, found) : null
    }
    const replaced = (held: unknown, rest: readonly string[]): unknown => {
      if (Array.isArray(held)) {
        const entries = held.map((entry) => replaced(entry, rest))
        return rest.length === 0 ? entries.filter((entry) => entry !== null) : entries
      }
      const [name, ...inner] = rest
      if (name === undefined) return target(held)
      return held === null ? null : { ...(held as Row), [name]: replaced(member(held, name), inner) }
    }
    const [name = '', ...inner] = path
    record[name] = replaced(record[name] ?? null, inner)
  }

  child({ edge, node, link }: ChildNode, row: Row): unknown {
    const pairs = this.shown(node, this.pairs(edge, row, null), edge.ordered && edge.holder)
    const records = pairs.map((pair) => this.record(node, pair.target, pair.link, link))
    return edge.many ? records : (records[0] ?? null)
  }
}
