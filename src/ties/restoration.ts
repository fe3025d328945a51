/**
 * Computes which records a restore brings back (R26): those that one deletion soft-deleted, as far as they lie below the record
 * that is named, and nothing they need stays deleted. Asks its questions as the closure of a delete does.
 */
import type { Edge, Model } from '../schema/graph.js'
import { ByRecord, type Named } from './by-record.js'
import { pairs, records, takenAmong, type Ask } from './question.js'

export interface Restoration {
  readonly returning: ReadonlyMap<Model, readonly unknown[]>
  /** what cannot return, and what hangs below it */
  readonly skipped: ReadonlyMap<Model, readonly unknown[]>
  /** skipped records right below ones that return: from now on they can be named themselves */
  readonly freed: readonly Named[]
  /** why the record that was named cannot return; null where it can */
  readonly obstacle: string | null
}

/** A record that lies below others although no reference says so: what lay between is gone for good. */
export interface Heir {
  readonly child: Named
  readonly causes: readonly Named[]
}

/** A soft-deleted record on the way. There may be very many, and most have nothing below them: no lists are made for nothing. */
interface Node extends Named {
  /** records that were deleted because this one was */
  below: Node[] | null
  /** records that it must not be without */
  needs: Node[] | null
  obstacle: string | null
  returns: boolean
}

type Nodes = ByRecord<Node>

/** @param deletion null where nothing is known of it: then the record returns alone */
export function* restorationOf(
  root: Named,
  deletion: string | null,
  heirs: readonly Heir[],
): Ask<Restoration> {
  const nodes: Nodes = new ByRecord()
  const start = addNode(nodes, root)
  if (deletion !== null) yield* descend(nodes, start, deletion, heirs)
  for (const [model, own] of nodes.models()) yield* findObstacles(nodes, model, own)
  settle(nodes, start)
  return resultOf(nodes, start)
}

function addNode(nodes: Nodes, { model, id }: Named): Node {
  const node: Node = { model, id, below: null, needs: null, obstacle: null, returns: false }
  nodes.set(model, id, node)
  return node
}

/**
 * Finds what the deletion soft-deleted below the root, step by step: soft ties lead there as they did then, because references
 * to soft-deleted records are kept.
 */
function* descend(nodes: Nodes, start: Node, deletion: string, heirs: readonly Heir[]): Ask<void> {
  const heirsOf = byCause(heirs)
  let level = new Map<Model, readonly Node[]>([[start.model, [start]]])
  while (level.size > 0) {
    const found = new ByRecord<Node[]>()
    const hang = (model: Model, id: unknown, parent: Node): void => {
      found.take(model, id, () => []).push(parent)
    }
    for (const [model, parents] of level) {
      const ids = parents.map(({ id }) => id)
      for (const edge of model.inbound.filter(({ onDelete }) => onDelete === 'soft')) {
        for (const { owner, target } of yield* pairs(edge.reverse, ids)) {
          hang(edge.from, target, nodes.get(model, owner)!)
        }
      }
      for (const edge of model.outbound.filter(({ onHolderDelete }) => onHolderDelete === 'soft')) {
        for (const { owner, target } of yield* pairs(edge, ids)) {
          hang(edge.to, target, nodes.get(model, owner)!)
        }
      }
      for (const parent of parents) {
        for (const child of heirsOf.get(model, parent.id) ?? []) hang(child.model, child.id, parent)
      }
    }
    level = yield* adopt(nodes, found, deletion)
  }
}

function byCause(heirs: readonly Heir[]): ByRecord<Named[]> {
  const children = new ByRecord<Named[]>()
  for (const { child, causes } of heirs) {
    for (const { model, id } of causes) children.take(model, id, () => []).push(child)
  }
  return children
}

/** Takes over what the same deletion soft-deleted; @returns what is seen for the first time. */
function* adopt(nodes: Nodes, found: ByRecord<Node[]>, deletion: string): Ask<Map<Model, readonly Node[]>> {
  const level = new Map<Model, readonly Node[]>()
  for (const [model, candidates] of found.models()) {
    const unknown = [...candidates.keys()].filter((id) => !nodes.get(model, id))
    const stored = yield* records(model, unknown, true)
    const same = stored.filter((record) => record.deletion === deletion)
    if (same.length > 0) {
      level.set(
        model,
        same.map(({ id }) => addNode(nodes, { model, id })),
      )
    }
    for (const [id, parents] of candidates) {
      const node = nodes.get(model, id)
      if (node) for (const parent of parents) (parent.below ??= []).push(node)
    }
  }
  return level
}

/** What keeps records from returning: a target that stays deleted, or a unique value that somebody else has by now. */
function* findObstacles(nodes: Nodes, model: Model, own: ReadonlyMap<unknown, Node>): Ask<void> {
  const ids = [...own.keys()]
  for (const edge of model.outbound.filter(binds)) {
    const elsewhere: { readonly node: Node; readonly target: unknown }[] = []
    for (const { owner, target } of yield* pairs(edge, ids)) {
      const node = own.get(owner)!
      const needed = nodes.get(edge.to, target)
      if (needed) (node.needs ??= []).push(needed)
      else elsewhere.push({ node, target })
    }
    const targets = new Set(elsewhere.map(({ target }) => target))
    const stored = yield* records(edge.to, [...targets], true)
    const live = new Set(stored.filter(({ deletion }) => deletion === null).map(({ id }) => id))
    for (const { node, target } of elsewhere) {
      if (!live.has(target)) node.obstacle ??= isDeleted({ model: edge.to, id: target })
    }
  }
  for (const [id, fields] of yield* takenAmong(model, ids)) {
    own.get(id)!.obstacle ??= `its ${fields.join(', ')} is taken`
  }
}

const isDeleted = ({ model, id }: Named): string => `its ${model.name} ${String(id)} is deleted`

/** Ties that do not leave a live record with a deleted target. */
const binds = ({ onDelete }: Edge): boolean => onDelete !== 'weak' && onDelete !== 'dirty'

/** Leaves out what meets an obstacle, what needs it, and what is then no longer below the root, until nothing changes. */
function settle(nodes: Nodes, start: Node): void {
  for (;;) {
    for (const node of nodes.values()) node.returns = false
    const reached = start.obstacle === null ? [start] : []
    start.returns = reached.length > 0
    // The list grows while it is gone through.
    for (const node of reached) {
      for (const child of node.below ?? []) {
        if (child.returns || child.obstacle !== null) continue
        child.returns = true
        reached.push(child)
      }
    }
    let settled = true
    for (const node of reached) {
      const lacking = node.needs?.find(({ returns }) => !returns)
      if (!lacking) continue
      node.obstacle = isDeleted(lacking)
      settled = false
    }
    if (settled) return
  }
}

function resultOf(nodes: Nodes, start: Node): Restoration {
  const returning = new Map<Model, unknown[]>()
  const skipped = new Map<Model, unknown[]>()
  const freed = new Set<Node>()
  for (const node of nodes.values()) {
    const lists = node.returns ? returning : skipped
    const ids = lists.get(node.model)
    if (ids) ids.push(node.id)
    else lists.set(node.model, [node.id])
    if (node.returns) for (const child of node.below ?? []) if (!child.returns) freed.add(child)
  }
  return { returning, skipped, freed: [...freed], obstacle: start.obstacle }
}
