/** Making and breaking one link, and replacing a list, at any end. */
import { fail } from '../../errors/index.js'
import type { Association, End, Id, Members } from './graph.js'
import { completePayload, refuseSelf } from './input.js'
import type { Operation } from './operation.js'
import { compareIds, same } from './values.js'
import { entriesAt, type Entry, liveEntriesAt, type Pair, pairsOf, recordOf } from './world.js'

/** What handles return; ids in the order given, removed ones of `set` and `clear` ascending. */
export interface LinkReport {
  readonly added: Id[]
  readonly updated: Id[]
  readonly removed: Id[]
  readonly unchanged: Id[]
}

export type Outcome = keyof LinkReport

export interface Link {
  readonly id: Id
  readonly payload: Members
}

export function emptyReport(): LinkReport {
  return { added: [], updated: [], removed: [], unchanged: [] }
}

export function isStored(operation: Operation, end: End, owner: Id, target: Id): boolean {
  return entriesAt(operation.world, end, owner).some((entry) => entry.id === target)
}

export function link(operation: Operation, end: End, owner: Id, { id, payload }: Link): Outcome {
  if (end.association.many) return linkPair(operation, end, owner, id, payload)
  return end.side === 'holder' ? point(operation, end, owner, id) : linkHolder(operation, end, owner, id)
}

/** Sets or unsets a reference of the holder. */
function point(operation: Operation, end: End, holder: Id, target: Id | null): Outcome {
  const { field, required, name } = end.association
  const stored = recordOf(operation.world, end.association.holder, holder)
  if (stored === null || stored.values[field] === target) return 'unchanged'
  if (target === null && required) {
    return fail('KIN_REQUIRED_REFERENCE', { details: { association: name, holders: [holder] } })
  }
  if (end.association.immutable && operation.before.records[end.association.holder]?.has(holder)) {
    return fail('KIN_IMMUTABLE', { details: { model: end.association.holder, fields: [field] } })
  }
  stored.values[field] = target
  return target === null ? 'removed' : 'added'
}

/**
 * R14, from the inverse end: a record of a one-many list moves here; the holder of a one-one moves here and unsets the
 * one that it displaces, which is refused where that one's reference is required.
 */
function linkHolder(operation: Operation, end: End, owner: Id, holder: Id): Outcome {
  if (end.association.unique) {
    const displaced = liveEntriesAt(operation.world, end, owner).filter((entry) => entry.id !== holder)
    for (const { id } of displaced) point(operation, end, id, null)
  }
  if (isStored(operation, end, owner, holder)) return 'unchanged'
  return point(operation, end, holder, owner)
}

/** R13: adding a pair that exists merges its payload. */
function linkPair(operation: Operation, end: End, owner: Id, target: Id, payload: Members): Outcome {
  const { association } = end
  const existing = entriesAt(operation.world, end, owner).find((entry) => entry.id === target)?.pair
  if (existing) {
    const merged = { ...existing.payload, ...payload }
    const unchanged = same(merged, existing.payload)
    existing.payload = merged
    // A record created at this end may have named the owner at its own end: the pair is new all the same.
    if (!entriesAt(operation.before, end, owner).some((entry) => entry.id === target)) return 'added'
    return unchanged ? 'unchanged' : 'updated'
  }
  const complete = completePayload(operation.graph, end, payload)
  pairsOf(operation.world, association).push({
    ...endsOf(association, end, owner, target),
    payload: complete,
  })
  return 'added'
}

/** R16: a symmetric pair is stored once, and no record is paired with itself; other self-associations allow it. */
function endsOf(association: Association, end: End, owner: Id, target: Id): Pick<Pair, 'from' | 'to'> {
  if (association.symmetric) {
    if (owner === target) return refuseSelf(end.name)
    return compareIds(owner, target) < 0 ? { from: owner, to: target } : { from: target, to: owner }
  }
  return end.side === 'holder' ? { from: owner, to: target } : { from: target, to: owner }
}

/** R14: what belongs to someone else is unchanged. A hidden record is not unset; a stored pair goes, hidden or not. */
export function unlink(operation: Operation, end: End, owner: Id, target: Id): Outcome {
  const { association } = end
  if (association.many) {
    const pair = entriesAt(operation.world, end, owner).find((entry) => entry.id === target)?.pair
    if (!pair) return 'unchanged'
    const pairs = pairsOf(operation.world, association)
    pairs.splice(pairs.indexOf(pair), 1)
    return 'removed'
  }
  const shown = liveEntriesAt(operation.world, end, owner).some((entry) => entry.id === target)
  return shown ? point(operation, end, target, null) : 'unchanged'
}

/** R14: remove, set and clear are refused where the list is made of required references. */
export function refuseRequired(end: End): void {
  const { many, required, name } = end.association
  if (!many && required) fail('KIN_REQUIRED_REFERENCE', { details: { association: name, holders: [] } })
}

/**
 * Gives a list its new content and, where it is ordered, its order. R15: this acts on what the list shows, so entries
 * hidden from it stay, after the others; a one-sided list given to `update` is replaced with its hidden entries.
 */
export function replaceList(
  operation: Operation,
  end: End,
  owner: Id,
  links: readonly Link[],
  acts: 'shown' | 'stored',
): LinkReport {
  const report = emptyReport()
  const current: Entry[] = (acts === 'shown' ? liveEntriesAt : entriesAt)(operation.world, end, owner)
  for (const { id } of current) {
    if (!links.some((wanted) => wanted.id === id)) report[unlink(operation, end, owner, id)].push(id)
  }
  for (const wanted of links) report[link(operation, end, owner, wanted)].push(wanted.id)
  if (end.association.ordered && end.side === 'holder') {
    reorder(
      operation,
      end.association,
      owner,
      links.map((wanted) => wanted.id),
    )
  }
  return report
}

/**
 * The entries that this call added to a list stand in the order given, although records created with them may have named the
 * list's owner, from their own end, before; what else was added so comes after them.
 */
export function arrange(operation: Operation, end: End, owner: Id, order: readonly Id[]): void {
  const { association, side } = end
  if (!association.ordered || side !== 'holder') return
  const old = entriesAt(operation.before, end, owner).map((entry) => entry.id)
  reorder(operation, association, owner, [...old, ...order])
}

function reorder(operation: Operation, association: Association, holder: Id, order: readonly Id[]): void {
  const pairs = pairsOf(operation.world, association)
  const own = pairs.filter((pair) => pair.from === holder)
  const rank = (pair: Pair): number => (order.includes(pair.to) ? order.indexOf(pair.to) : order.length)
  const others = pairs.filter((pair) => pair.from !== holder)
  pairs.splice(0, pairs.length, ...others, ...own.sort((a, b) => rank(a) - rank(b)))
}

/** Sets or unsets the one record of a to-one end. */
export function setOne(operation: Operation, end: End, owner: Id, target: Id | null): LinkReport {
  const report = emptyReport()
  const current = (): Id[] =>
    (end.side === 'holder' ? entriesAt : liveEntriesAt)(operation.world, end, owner).map(({ id }) => id)
  const old = current()
  if (target !== null) {
    const outcome = link(operation, end, owner, { id: target, payload: {} })
    report[outcome].push(target)
  } else if (end.side === 'holder') {
    point(operation, end, owner, null)
  } else {
    // Two of them only where the same call has made the record its own holder.
    for (const holder of old) point(operation, end, holder, null)
  }
  const still = current()
  report.removed.push(...old.filter((id) => !still.includes(id)))
  return report
}
