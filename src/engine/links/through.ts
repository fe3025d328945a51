/** Pairs kept as records in between: the join layout, seen from either end, symmetric ones included. */
import { allOf, anyOf } from '../../plan/combine.js'
import { equals, fieldAt, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { unrestricted, visible } from '../../plan/visibility.js'
import type { Edge, Field, Through } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import type { OrderTerm } from '../../store/read.js'
import { completeRow } from '../write/complete-row.js'
import type { Maybe } from '../maybe.js'
import type { Unit } from '../write/unit.js'
import { canonical } from './canonical.js'
import { contentKey } from './content-key.js'
import { groupBy } from './group-by.js'
import { type Pair, type PairWriter, turned } from './pair.js'

export const through: PairWriter = {
  async read(unit, edge, owners, targets, bare = false) {
    const ends = bare ? { ...endsOf(edge), payload: [] } : endsOf(edge)
    // Equality finds pairs by both parts of their key, where a list finds them by the first (measured: 32
    // instead of 52 µs).
    const asked = owners.length === 1 ? equals : within
    const { rows } = await unit.read(
      `through:${asked.name}:${edge.association}:${edge.holder}:${targets !== undefined}:${bare}`,
      () => {
        const near = seenFrom(ends, asked, targets !== undefined)
        const where = edge.symmetric
          ? anyOf(near, seenFrom(swapped(ends), asked, targets !== undefined))
          : near
        const position = ends.position
        const fields = [ends.near, ends.far, ...(bare ? [] : edge.payload.values())]
        return plainRead(
          plainNode(ends.model, fields, where, {
            // A declared record in between that is soft-deleted pairs nobody.
            scope: visible(unrestricted, ends.model, 'exclude'),
            order: [ascending(position ?? ends.far)],
          }),
        )
      },
      [asked === equals ? owners[0] : owners, targets],
    )
    const pairs = rows.map((row) => pairOf(ends, row))
    return edge.symmetric ? fromBothSides(pairs, owners, targets) : pairs
  },

  async add(unit, edge, pairs, fresh = false) {
    // Positions are the holder's to give.
    if (!edge.holder) return through.add(unit, edge.reverse, pairs.map(turned), fresh)
    const ends = endsOf(edge)
    const given = [ends.near, ends.far, ...(ends.position ? [ends.position] : []), ...edge.payload.values()]
    const last = ends.position && !fresh ? await lastPositions(unit, edge, pairs) : new Map<unknown, number>()
    const next = ends.position ? countOn(last) : null
    const rows = canonical(edge, pairs).map((pair) => {
      const values: unknown[] = [pair.owner, pair.target]
      if (next) values.push(next(pair.owner))
      for (const name of edge.payload.keys()) values.push(pair.payload?.[name] ?? null)
      return values
    })
    const complete = completeRow(unit, ends.model, given)
    await unit.insert(ends.model, complete.fields, rows.map(complete.row))
  },

  async remove(unit, edge, pairs) {
    for (const [owner, group] of groupBy(canonical(edge, pairs), (pair) => pair.owner)) {
      await unlink(
        unit,
        edge,
        owner,
        group.map((pair) => pair.target),
      )
    }
  },

  async cut(unit, edge, owners, targets) {
    const ends = endsOf(edge)
    await unit.remove(
      `through:cut:${edge.association}:${edge.holder}`,
      () => {
        const near = seenFrom(ends, within, true)
        return {
          model: ends.model,
          where: edge.symmetric ? anyOf(near, seenFrom(swapped(ends), within, true)) : near,
        }
      },
      [owners, targets],
    )
  },

  async merge(unit, edge, pairs) {
    const ends = endsOf(edge)
    const groups = [...groupBy(canonical(edge, pairs), (pair) => contentKey(pair.payload)).values()]
    for (const group of groups.flatMap((same) => [...groupBy(same, (pair) => pair.owner).values()])) {
      const [{ owner, payload }] = group as [Pair]
      const names = Object.keys(payload ?? {})
      await unit.write(
        `through:merge:${edge.association}:${edge.holder}:${names.join()}`,
        () => ({
          model: ends.model,
          where: allOf(
            equals(ends.near, slot(0)),
            within(ends.far, slot(1)),
            visible(unrestricted, ends.model, 'exclude'),
          ),
          changes: names.map((name, index) => ({
            at: { path: [name], field: fieldAt(ends.model, [name]) },
            op: 'set',
            value: slot(index + 2),
          })),
        }),
        [owner, group.map((pair) => pair.target), ...names.map((name) => payload![name])],
      )
    }
  },

  async order(unit, edge, owner, targets) {
    const pairs = new Map((await through.read(unit, edge, [owner])).map((pair) => [pair.target, pair]))
    const named = targets.flatMap((target) => pairs.get(target) ?? [])
    const first = new Set(named)
    const others = [...pairs.values()].filter((pair) => !first.has(pair))
    await unlinkAll(unit, edge, [owner])
    await through.add(unit, edge, [...named, ...others], true)
  },
}

/** Removes pairs of one owner as they are written down; @returns how many there were */
export function unlink(unit: Unit, edge: Edge, owner: unknown, targets: readonly unknown[]): Maybe<number> {
  const { model, near, far } = endsOf(edge)
  const where = allOf(equals(near, slot(0)), within(far, slot(1)))
  return unit.remove(`through:remove:${edge.association}:${edge.holder}`, () => ({ model, where }), [
    owner,
    targets,
  ])
}

/** Removes every pair of these owners, in one statement. */
export function unlinkAll(unit: Unit, edge: Edge, owners: readonly unknown[]): Maybe<number> {
  const { model, near, far } = endsOf(edge)
  const owned = within(near, slot(0))
  const where = edge.symmetric ? anyOf(owned, within(far, slot(0))) : owned
  return unit.remove(`through:clear:${edge.association}:${edge.holder}`, () => ({ model, where }), [owners])
}

interface Ends {
  readonly model: Through['model']
  readonly near: Field
  readonly far: Field
  readonly position: Field | null
  /** names of the payload's fields */
  readonly payload: readonly string[]
}

const known = new WeakMap<Edge, Ends>()

/** The fields of the record in between, as seen from the edge's `from`. */
export function endsOf(edge: Edge): Ends {
  let ends = known.get(edge)
  if (!ends) known.set(edge, (ends = findEnds(edge)))
  return ends
}

function findEnds(edge: Edge): Ends {
  const { model, near, far, position } = edge.through!
  return {
    model,
    near: fieldAt(model, [near[0]!]),
    far: fieldAt(model, [far[0]!]),
    position: position === null || !edge.ordered ? null : fieldAt(model, [position]),
    payload: [...edge.payload.keys()],
  }
}

const swapped = (ends: Ends): Ends => ({ ...ends, near: ends.far, far: ends.near })

const seenFrom = (ends: Ends, asked: typeof equals, targeted: boolean): Filter =>
  targeted ? allOf(asked(ends.near, slot(0)), within(ends.far, slot(1))) : asked(ends.near, slot(0))

const ascending = (field: Field): OrderTerm => ({
  direction: 'asc',
  via: [],
  by: { of: 'record', path: [field.name], field },
})

function pairOf({ near, far, payload }: Ends, row: Record<string, unknown>): Pair {
  const owner = row[near.name]
  const target = row[far.name]
  if (payload.length === 0) return { owner, target, payload: null }
  const values: Record<string, unknown> = {}
  for (const name of payload) values[name] = row[name]
  return { owner, target, payload: values }
}

/** A symmetric pair belongs to both its records: it is given once for each owner that asked. */
function fromBothSides(
  pairs: readonly Pair[],
  owners: readonly unknown[],
  targets?: readonly unknown[],
): Pair[] {
  const asked = new Set(owners)
  const wanted = targets && new Set(targets)
  return pairs
    .flatMap((pair) => [pair, turned(pair)])
    .filter((pair) => asked.has(pair.owner) && (!wanted || wanted.has(pair.target)))
    .sort((a, b) => compareIds(a.target, b.target))
}

async function positions(unit: Unit, edge: Edge, owners: readonly unknown[]) {
  const { model, near, far, position } = endsOf(edge)
  const { rows } = await unit.read(
    `through:positions:${edge.association}`,
    () =>
      plainRead(
        plainNode(model, [near, far, position!], within(near, slot(0)), { order: [ascending(position!)] }),
      ),
    [owners],
  )
  return rows
}

async function lastPositions(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<Map<unknown, number>> {
  const { near, position } = endsOf(edge)
  const rows = await positions(unit, edge, [...new Set(pairs.map((pair) => pair.owner))])
  return new Map(rows.map((row) => [row[near.name], row[position!.name] as number]))
}

/** Counts on from the last position of each owner. */
function countOn(last: Map<unknown, number>): (owner: unknown) => number {
  return (owner) => {
    const place = (last.get(owner) ?? -1) + 1
    last.set(owner, place)
    return place
  }
}
