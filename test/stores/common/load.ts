/** Loads a tree of nodes through the compiler: a small stand-in for the engine that knows the contract only. */
import type { Edge, Field } from '../../../src/schema/graph.js'
import type {
  Carry,
  ChildNode,
  CompiledRead,
  ReadNode,
  ReadRequest,
  Session,
} from '../../../src/store/read.js'

type Row = Record<string, unknown>

/** How a store under test reads. */
export interface Reading {
  readonly compile: (request: ReadRequest) => CompiledRead
  readonly session: Session
}

interface Batch {
  readonly child: ChildNode
  readonly at: readonly string[]
}

const batchesBelow = (node: ReadNode, at: readonly string[] = []): readonly Batch[] =>
  node.children.flatMap((child) => {
    if (child.strategy === 'batch') return [{ child, at }]
    return child.strategy === 'join' ? batchesBelow(child.node, [...at, ...child.path]) : []
  })

/** Its ids sit inside embedded structures of the parent. */
const isInside = (edge: Edge): boolean => edge.embedded && edge.holder

const carryOf = ({ child: { edge }, at }: Batch): Carry => {
  const paths = edge.fromKey.many || isInside(edge) ? [['id']] : edge.fromKey.paths
  return { at, fields: paths.map(([name = '']) => edge.from.fields.get(name) as Field) }
}

/** Replaces what stands at a path, arrays crossed. */
const replace = (held: unknown, path: readonly string[], by: (id: unknown) => unknown): unknown => {
  if (held === null || held === undefined)
    return held === undefined ? undefined : path.length === 0 ? by(null) : null
  if (Array.isArray(held)) {
    const replaced = held.map((entry) => replace(entry, path, by))
    return path.length === 0 ? replaced.filter((target) => target !== null) : replaced
  }
  const [name, ...rest] = path
  if (name === undefined) return by(held)
  const record = held as Row
  record[name] = replace(record[name], rest, by)
  return record
}

const idsAt = (held: unknown, path: readonly string[]): readonly unknown[] => {
  if (held === null || held === undefined) return []
  if (Array.isArray(held)) return held.flatMap((entry) => idsAt(entry, path))
  const [name, ...rest] = path
  return name === undefined ? [held] : idsAt((held as Row)[name], rest)
}

export const loader = ({ compile, session }: Reading, values: readonly unknown[]) => {
  const load = async (
    node: ReadNode,
    by: Edge | null,
    link: readonly Field[],
    keys: readonly unknown[],
  ): Promise<{ rows: Row[]; keys: readonly unknown[] }> => {
    const batches = batchesBelow(node)
    const carry = batches.map(carryOf)
    const compiled = compile({ node, by, link, carry, counting: false })
    const read = await compiled.run(session, values, keys)
    for (const [index, { child, at }] of batches.entries()) {
      const parents = read.rows.map((row) =>
        at.reduce<Row | null>((of, name) => (of?.[name] as Row) ?? null, row),
      )
      await fill(child, parents, read.carried[index] ?? [])
    }
    return { rows: read.rows, keys: read.keys ?? [] }
  }

  const fill = async (child: ChildNode, parents: readonly (Row | null)[], carried: readonly unknown[]) => {
    const { edge, node, link, path } = child
    const sent = isInside(edge) ? parents.flatMap((parent) => idsAt(parent, path)) : carried
    const wanted = sent.filter((key, at) => key !== null && (isInside(edge) || parents[at]))
    const keys = [...new Map(wanted.map((key) => [JSON.stringify(key), key])).values()]
    const found = await load(node, edge, link, keys)
    const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
    const of = (key: unknown) => found.rows.filter((_, at) => key !== null && same(found.keys[at], key))
    for (const [at, parent] of parents.entries()) {
      if (parent === null) continue
      if (isInside(edge)) replace(parent, path, (id) => of(id)[0] ?? null)
      else parent[path.join('.')] = edge.many ? of(carried[at]) : (of(carried[at])[0] ?? null)
    }
  }

  return async (node: ReadNode): Promise<readonly Row[]> => (await load(node, null, [], [])).rows
}
