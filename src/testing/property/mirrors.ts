/** What the two ends of a mirror keep, compared: each pair of stored records at both, with the same payload. */
import { fieldAt, plainNode, plainRead } from '../../plan/conditions.js'
import type { Edge, Graph } from '../../schema/graph.js'
import { keptAtBothEnds } from '../../schema/kept-at-both-ends.js'
import type { CompiledRead } from '../../store/read.js'
import type { BoundStore, Store } from '../../store/store.js'

/** Looks at every record of mirrored associations. @returns what is not in step, in words */
export type CompareMirrors = () => Promise<string[]>

/** @returns null where the graph has no mirrors */
export async function mirrorsOf(store: Store, graph: Graph): Promise<CompareMirrors | null> {
  const edges = graph.associations.filter(keptAtBothEnds)
  if (edges.length === 0) return null
  const bound = await store.bind(graph, { log: null })
  const sides = edges.map((edge) => ({ near: sideOf(bound, edge), far: sideOf(bound, edge.reverse) }))
  return async () => {
    const words: string[] = []
    for (const { near, far } of sides) words.push(...compareSides(await near(), await far()))
    return words
  }
}

interface Side {
  readonly edge: Edge
  /** what each record keeps: the other's id as text, and the entry */
  readonly kept: ReadonlyMap<string, readonly (readonly [string, string])[]>
}

function sideOf(bound: BoundStore, edge: Edge): () => Promise<Side> {
  const field = fieldAt(edge.from, edge.fromKey.paths[0] ?? [])
  const read = bound.compileRead(plainRead(plainNode(edge.from, [fieldAt(edge.from, ['id']), field])))
  return async () => {
    const rows = await rowsOf(bound, read)
    return { edge, kept: new Map(rows.map((row) => [text(row['id']), entriesIn(edge, row[field.name])])) }
  }
}

async function rowsOf(bound: BoundStore, read: CompiledRead): Promise<readonly Record<string, unknown>[]> {
  return (await read.run(await bound.reader(), [], [])).rows
}

function entriesIn({ payload }: Edge, stored: unknown): (readonly [string, string])[] {
  const entries = (Array.isArray(stored) ? stored : [stored ?? []].flat()) as readonly unknown[]
  return entries.map((entry) => {
    if (payload.size === 0) return [text(entry), '']
    const { id, ...fields } = entry as Record<string, unknown>
    return [text(id), text([...payload.keys()].map((name) => fields[name] ?? null))]
  })
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))

function compareSides(near: Side, far: Side): string[] {
  return [...oddPairs(near, far), ...oddPairs(far, near)]
}

/** What one side keeps and the other, where its record is stored, does not; ids that name nothing have no other side. */
function oddPairs({ edge, kept }: Side, other: Side): string[] {
  const words: string[] = []
  for (const [id, entries] of kept) {
    const ids = new Set(entries.map(([target]) => target))
    if (ids.size < entries.length) words.push(`${edge.from.name} ${id} keeps a pair twice (${edge.name})`)
    for (const [target, payload] of entries) {
      const back = other.kept.get(target)?.filter(([owner]) => owner === id)
      if (!back && edge.holder) continue
      if (back?.some(([, known]) => known === payload)) continue
      words.push(`${edge.from.name} ${id} keeps ${target} (${edge.name}), which is not kept there`)
    }
  }
  return words
}
