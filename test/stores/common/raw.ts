/** The store contract by hand: short ways to write, read and change records of one model. */
import type { Field, Graph, Model } from '../../../src/schema/graph.js'
import { always, type Filter, type Operand } from '../../../src/store/filter.js'
import type { ReadNode, Session } from '../../../src/store/read.js'
import type { BoundStore } from '../../../src/store/store.js'
import type { Change, Place } from '../../../src/store/write.js'

export type Values = Readonly<Record<string, unknown>>

export function modelOf(graph: Graph, name: string): Model {
  const model = graph.models.get(name) ?? graph.joins.get(name) ?? graph.system.get(name)
  if (!model) throw new Error(`no model ${name}`)
  return model
}

export function fieldOf(model: Model, path: readonly string[]): Field {
  let fields: ReadonlyMap<string, Field> | null | undefined = model.fields
  let found: Field | undefined
  for (const name of path) {
    found = fields?.get(name)
    fields = found?.fields ?? found?.item?.fields ?? found?.edge?.payload
  }
  if (!found) throw new Error(`no field ${path.join('.')}`)
  return found
}

export function place(model: Model, ...path: string[]): Place {
  return { path, field: fieldOf(model, path) }
}

export function record(model: Model, ...path: string[]): Operand {
  return { of: 'record', path, field: fieldOf(model, path) }
}

export function equals(operand: Operand, value: unknown, negated = false): Filter {
  return { is: 'compare', operand, op: 'eq', value: { fixed: value }, negated }
}

export function whereId(model: Model, id: unknown): Filter {
  return equals(record(model, 'id'), id)
}

/** A raw record: every stored field, null where nothing is given. */
export function insert(store: BoundStore, session: Session, model: Model, rows: readonly Values[]) {
  const fields = [...model.fields.values()].filter(
    (field) =>
      field.stored && !(field === model.id && field.idKind === 'integer' && !('id' in (rows[0] ?? {}))),
  )
  return store.compileInsert({ model, fields }).run(
    session,
    rows.map((row) => fields.map(({ name }) => row[name] ?? null)),
  )
}

export function create(store: BoundStore, model: Model, ...rows: Values[]) {
  return store.transaction({}, async (session) => insert(store, session, model, rows))
}

function node(model: Model, where: Filter = always): ReadNode {
  return {
    model,
    fields: [...model.fields.values()].filter(({ stored }) => stored),
    scope: always,
    where,
    order: model.id === null ? [] : [{ direction: 'asc', via: [], by: record(model, 'id') }],
    limit: null,
    offset: null,
    counts: null,
    children: [],
    lock: null,
  }
}

/** Lists whose entries have a payload: records show their ids only. */
function entryLists(model: Model): Field[] {
  return [...model.fields.values()].filter(({ stored, edge }) => stored && (edge?.payload.size ?? 0) > 0)
}

function compileAll(store: BoundStore, model: Model, where: Filter = always) {
  const carry = entryLists(model).map((list) => ({ at: [], fields: [list] }))
  return store.compileRead({ node: node(model, where), by: null, link: [], carry, counting: false })
}

/** Records with every stored field as it is stored. */
export async function readAll(store: BoundStore, model: Model, where: Filter = always, session?: Session) {
  const result = await compileAll(store, model, where).run(session ?? (await store.reader()), [], [])
  return result.rows.map((row, at) => {
    const entries = entryLists(model).map(({ name }, list) => [name, result.carried[list]?.[at]])
    return { ...row, ...Object.fromEntries(entries) }
  })
}

export function change(
  store: BoundStore,
  model: Model,
  where: Filter,
  changes: readonly Change[],
  values: readonly unknown[] = [],
) {
  return store.transaction({}, async (session) =>
    store.compileWrite({ model, where, changes }).run(session, values),
  )
}

export function remove(store: BoundStore, model: Model, where: Filter) {
  return store.transaction({}, async (session) => store.compileDelete({ model, where }).run(session, []))
}

export function oid(number: number): string {
  return number.toString(16).padStart(24, '0')
}
