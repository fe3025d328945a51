/** What a scoped caller may see (R35): the same world without the rest, as if that were not there. */
import { fail } from '../../errors/index.js'
import { compileWhere } from './filter.js'
import { type Graph, type Members, type Model, modelOf } from './graph.js'
import { OracleModel } from './oracle-model.js'
import type { Session } from './session.js'
import { sortedRecords, view, type World } from './world.js'

/** The calls of a scoped database that only read. */
export interface ScopedOracle {
  model(name: string): OracleModel
}

/** @param scopes filters by model; they see all that is live, soft-deleted records are tested themselves */
export function scopedOracle(session: Session, scopes: Readonly<Record<string, unknown>>): ScopedOracle {
  const world = within(session.graph, session.world, scopes)
  const write = (): never => fail('KIN_INTERNAL', { message: 'A scoped oracle only reads.' })
  const scoped: Session = { graph: session.graph, maker: session.maker, world, write, newDeletion: write }
  return { model: (name) => new OracleModel(scoped, name) }
}

function within(graph: Graph, world: World, scopes: Readonly<Record<string, unknown>>): World {
  const seen = new Map<string, ReadonlySet<unknown>>()
  for (const [name, where] of Object.entries(scopes)) {
    const model = modelOf(graph, name)
    const test = compileWhere(graph, name, null, where, `scopes.${name}`)
    const inside = sortedRecords(world, name).filter((stored) => test(world, view(model, stored), null))
    seen.set(name, new Set(inside.map(({ id }) => id)))
  }
  const isSeen = (model: string, id: unknown): boolean => seen.get(model)?.has(id) ?? true
  const cut = structuredClone(world)
  for (const model of graph.models.values()) {
    for (const [id, stored] of cut.records[model.name] ?? []) {
      if (isSeen(model.name, id)) stored.values = withoutUnseen(model, stored.values, isSeen)
      else cut.records[model.name]?.delete(id)
    }
  }
  for (const { name, holder, target } of graph.associations) {
    const pairs = cut.pairs[name]?.filter(({ from, to }) => isSeen(holder, from) && isSeen(target, to))
    if (pairs) cut.pairs[name] = pairs
  }
  return cut
}

/** A to-one reads null, an array of references leaves the id out. */
function withoutUnseen(
  { fields }: Model,
  values: Members,
  isSeen: (model: string, id: unknown) => boolean,
): Members {
  const strip = (field: Model['fields'][string], value: unknown): unknown => {
    if (value === null) return null
    if (field.kind === 'one') return isSeen(field.target, value) ? value : null
    if (field.kind === 'object') return stripMembers(field.fields, value as Members)
    if (field.kind !== 'array') return value
    const { item } = field
    const elements = (value as unknown[]).map((element) => strip(item, element))
    return item.kind === 'one' ? elements.filter((element) => element !== null) : elements
  }
  const stripMembers = (shape: Model['fields'], members: Members): Members =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => {
        const field = shape[name]
        return [name, field ? strip(field, value) : value]
      }),
    )
  return stripMembers(fields, values)
}
