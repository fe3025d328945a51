/** The closure of a delete: what every tie does to every record that it reaches (design §6, R22 to R25). */
import type { Tie } from './description.js'
import { type Association, type Graph, type Id, type Model, modelOf, tieOf } from './graph.js'
import { keyOf } from './operation.js'
import { type Path, referencesIn } from './references.js'
import { type Named, pairsOf, recordOf, sortedRecords, type Stored, type World } from './world.js'

/** What becomes of a record. */
export type Fate = 'soft' | 'hard'

/** A reference of a record, at its top level or embedded, with its tie. */
export interface TiedReference {
  readonly holder: Named
  readonly target: Named
  readonly path: Path
  readonly optional: boolean
  readonly tie: Tie
  readonly onHolderDelete: Fate | null
  /** `holderModel.field`; the path's names for an embedded one */
  readonly association: string
}

/** One record deleted because another one is. */
export interface Hit {
  readonly from: Named
  readonly to: Named
}

export interface Block {
  readonly association: string
  readonly model: string
  readonly id: Id
}

export interface Closure {
  readonly roots: readonly Named[]
  /** a root was to be soft-deleted, whatever becomes of it */
  readonly soft: boolean
  /** by `keyOf` */
  readonly fates: ReadonlyMap<string, Fate>
  readonly hits: readonly Hit[]
  readonly blocks: readonly Block[]
}

export function fateOf(closure: Pick<Closure, 'fates'>, named: Named): Fate | undefined {
  return closure.fates.get(keyOf(named.model, named.id))
}

/** Every reference that is stored, soft-deleted holders and dangling targets included. */
export function allReferences(graph: Graph, world: World): TiedReference[] {
  return [...graph.models.values()].flatMap((model) =>
    sortedRecords(world, model.name).flatMap((stored) => referencesOf(model, stored)),
  )
}

export function referencesOf(model: Model, stored: Stored): TiedReference[] {
  return referencesIn(model.fields, stored.values).map(({ declared, path, value }) => ({
    holder: { model: model.name, id: stored.id },
    target: { model: declared.target, id: value as Id },
    path,
    optional: declared.optional ?? false,
    tie: tieOf(declared),
    onHolderDelete: declared.onHolderDelete === undefined ? null : fateByTie[declared.onHolderDelete],
    association: [model.name, ...path.filter((part) => typeof part === 'string')].join('.'),
  }))
}

const fateByTie: Record<'strong' | 'soft', Fate> = { strong: 'hard', soft: 'soft' }

/** Computes the closure by going over all references until nothing changes: fates only grow (R22), so it ends. */
export function closureOf(graph: Graph, world: World, roots: ReadonlyMap<Named, Fate>): Closure {
  const fates = new Map<string, Fate>()
  for (const [root, fate] of roots) grow(fates, root, fate)
  const references = allReferences(graph, world)
  let hits: (Hit & { fate: Fate })[] = []
  let changed = true
  while (changed) {
    hits = references.flatMap((reference) => [
      ...hitOnHolder(world, fates, reference),
      ...hitOnTarget(world, fates, reference),
    ])
    changed = hits.map(({ to, fate }) => grow(fates, to, fate)).includes(true)
  }
  const blocks = [...blockingReferences(world, fates, references), ...blockingPairs(graph, world, fates)]
  return { roots: [...roots.keys()], soft: [...roots.values()].includes('soft'), fates, hits, blocks }
}

/** @returns whether the fate grew: none, soft, hard */
function grow(fates: Map<string, Fate>, { model, id }: Named, fate: Fate): boolean {
  const key = keyOf(model, id)
  const old = fates.get(key)
  if (old === 'hard' || old === fate) return false
  fates.set(key, fate)
  return true
}

/**
 * `onDelete`: what the delete of the target does to the holder. A soft delete reaches live holders only; a hard one
 * also those soft-deleted before, which strong hard-deletes (R24) and soft leaves as they are.
 */
function hitOnHolder(
  world: World,
  fates: Map<string, Fate>,
  reference: TiedReference,
): (Hit & { fate: Fate })[] {
  const { holder, target, tie } = reference
  const cause = fates.get(keyOf(target.model, target.id))
  if (cause === undefined) return []
  const hit = (fate: Fate): (Hit & { fate: Fate })[] => [{ from: target, to: holder, fate }]
  // R25: strong hard-deletes even under a soft delete.
  if (tie === 'strong' && (cause === 'hard' || isLiveNamed(world, holder))) return hit('hard')
  if (tie === 'soft' && isLiveNamed(world, holder)) return hit('soft')
  return []
}

/** `onHolderDelete`: what the delete of the holder does to the target of a one-one. */
function hitOnTarget(
  world: World,
  fates: Map<string, Fate>,
  reference: TiedReference,
): (Hit & { fate: Fate })[] {
  const { holder, target, onHolderDelete } = reference
  const cause = fates.get(keyOf(holder.model, holder.id))
  if (cause === undefined || onHolderDelete === null) return []
  const stored = recordOf(world, target.model, target.id)
  if (stored === null) return []
  const reached = stored.deletedAt === null || (onHolderDelete === 'hard' && cause === 'hard')
  return reached ? [{ from: holder, to: target, fate: onHolderDelete }] : []
}

function isLiveNamed(world: World, { model, id }: Named): boolean {
  return recordOf(world, model, id)?.deletedAt === null
}

/**
 * R22: for a hard delete every stored holder blocks unless it is hard-deleted in the same closure; for a soft delete
 * a live holder blocks unless it is deleted, either way.
 */
function blocksDelete(world: World, fates: ReadonlyMap<string, Fate>, target: Named, holder: Named): boolean {
  const fate = fates.get(keyOf(target.model, target.id))
  const ofHolder = fates.get(keyOf(holder.model, holder.id))
  if (fate === 'hard') return ofHolder !== 'hard'
  return fate === 'soft' && isLiveNamed(world, holder) && ofHolder === undefined
}

function blockingReferences(
  world: World,
  fates: ReadonlyMap<string, Fate>,
  references: readonly TiedReference[],
): Block[] {
  return references
    .filter((r) => r.tie === 'restrict' && blocksDelete(world, fates, r.target, r.holder))
    .map(({ association, holder }) => ({ association, ...holder }))
}

function blockingPairs(graph: Graph, world: World, fates: ReadonlyMap<string, Fate>): Block[] {
  return graph.associations
    .filter((association) => association.many && association.tie === 'restrict')
    .flatMap((association) =>
      holdings(world, association)
        .filter(({ holder, target }) => blocksDelete(world, fates, target, holder))
        .map(({ holder }) => ({ association: association.name, ...holder })),
    )
}

/** Who holds whom in a list. In a symmetric one each of a pair holds the other (R16). */
export function holdings(world: World, association: Association): { holder: Named; target: Named }[] {
  const { holder: model, target: targetModel, symmetric } = association
  return pairsOf(world, association).flatMap(({ from, to }) => {
    const forth = { holder: { model, id: from }, target: { model: targetModel, id: to } }
    return symmetric ? [forth, { holder: forth.target, target: forth.holder }] : [forth]
  })
}

/** The records that were told to go, checked by the caller to exist. A model without softDelete is deleted hard. */
export function rootsOf(graph: Graph, model: string, ids: readonly Id[], hard: boolean): Map<Named, Fate> {
  const fate: Fate = hard || !modelOf(graph, model).softDelete ? 'hard' : 'soft'
  return new Map(ids.map((id) => [{ model, id }, fate]))
}

/** The records of a fate, by model, by ascending id. */
export function recordsWithFate(
  graph: Graph,
  world: World,
  closure: Closure,
  fate: Fate,
): Record<string, Id[]> {
  const lists = [...graph.models.keys()].map((model): [string, Id[]] => [
    model,
    sortedRecords(world, model)
      .map(({ id }) => id)
      .filter((id) => fateOf(closure, { model, id }) === fate),
  ])
  return Object.fromEntries(lists.filter(([, ids]) => ids.length > 0))
}

export function isSame(a: Named, b: Named): boolean {
  return a.model === b.model && a.id === b.id
}

export function isAmong(named: Named, list: readonly Named[]): boolean {
  return list.some((other) => isSame(other, named))
}
