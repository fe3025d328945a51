/** The calls of one model, as `db.user` has them, without promises. */
import { fail } from '../../errors/index.js'
import { type ArrayHandle, arrayHandle } from './embedded-handle.js'
import { carryOut, type DeletePlan, type DeleteReport, planOf } from './delete.js'
import { checkOptions, type Query } from './fields-shown.js'
import { endOf, type Id, type Members, type Model, modelOf } from './graph.js'
import { type ManyHandle, manyHandle, type OneHandle, oneHandle } from './handles.js'
import { type Changes, invalid, parseCreate, parseUpdate } from './input.js'
import { compileCount, compileNode, compilePopulate, matching, type Node, OPTIONS } from './load.js'
import { type Operation, ownerOf } from './operation.js'
import { findPage, type Page } from './page.js'
import { restore, type RestoreReport } from './restore.js'
import { type Session, writeAndShow } from './session.js'
import { type Closure, closureOf, rootsOf } from './ties.js'
import { isPlain, normaliseId } from './values.js'
import { recordOf, sortedRecords, type Stored, type World } from './world.js'
import { changeRecord, changeRecords, createRecords } from './write.js'

export class OracleModel {
  readonly #session: Session
  readonly #model: Model

  constructor(session: Session, name: string) {
    this.#session = session
    this.#model = modelOf(session.graph, name)
  }

  get #name(): string {
    return this.#model.name
  }

  // Reading (design §4)

  find(query: Query = {}): Members[] {
    const node = this.#node(query, OPTIONS.find)
    const mode = node.mode ?? 'exclude'
    return this.#matching(node, this.#session.world)
      .slice(node.offset, node.offset + node.limit)
      .map((stored) => node.show(this.#session.world, stored, mode))
  }

  findOne(query: Query = {}): Members | null {
    return this.find(query)[0] ?? null
  }

  findById(id: unknown, query: Query = {}): Members | null {
    const node = this.#node(query, OPTIONS.byId)
    const own = normaliseId(this.#model.idKind, id)
    const found = this.#matching(node, this.#session.world).find((stored) => stored.id === own)
    return found === undefined ? null : node.show(this.#session.world, found, node.mode ?? 'exclude')
  }

  findPage(query: Query = {}): Page {
    return findPage(this.#session.world, this.#session.graph, this.#name, query)
  }

  count(query: Query = {}): number {
    return this.#matching(this.#node(query, OPTIONS.count), this.#session.world).length
  }

  exists(query: Query = {}): boolean {
    return this.count(query) > 0
  }

  /** New records: the given ones with the tree loaded, whether they are deleted or not. */
  populate(records: Members | readonly Members[], tree: Query, counts?: Query): Members | Members[] {
    const { graph, world } = this.#session
    const decorations = [
      ...compilePopulate(graph, this.#model, tree, 'populate'),
      ...compileCount(graph, this.#model, counts, 'count'),
    ]
    const load = (record: Members): Members => {
      const shown = structuredClone(record)
      const id = normaliseId(this.#model.idKind, record['id'])
      const stored = recordOf(world, this.#name, id)
      if (stored === null) return fail('KIN_NOT_FOUND', { details: { model: this.#name, ids: [id] } })
      for (const decorate of decorations) decorate(world, stored, 'include', shown)
      return shown
    }
    return Array.isArray(records) ? records.map(load) : load(records as Members)
  }

  // Writing (design §5)

  create(data: unknown, options: Query = {}): Members {
    return this.createMany([data], options)[0] as Members
  }

  createMany(list: readonly unknown[], options: Query = {}): Members[] {
    return this.#writeAndShow(options, (operation) => this.#create(operation, list))
  }

  /** R32: with `ifVersion` the record must still have that version. */
  update(id: unknown, data: unknown, options: Query = {}): Members {
    const { ifVersion, ...shape } = options
    const [updated] = this.#writeAndShow(shape, (operation) => {
      const changes = this.#changes(data)
      if (ifVersion !== undefined && !this.#model.version) {
        return fail('KIN_INVALID_QUERY', { path: 'ifVersion', message: `${this.#name} has no version.` })
      }
      const own = this.#live(operation.world, id)
      const { version: found } = own
      if (ifVersion !== undefined && ifVersion !== found) {
        const details = { model: this.#name, id: own.id, expected: ifVersion as number, found }
        return fail('KIN_VERSION_CONFLICT', { details })
      }
      changeRecord(operation, this.#session.maker, own.id, changes)
      return [own.id]
    })
    return updated as Members
  }

  /** R33: scalars and references that are not unique. */
  updateMany(query: { readonly where?: unknown; readonly data: unknown }): { count: number } {
    const { data, ...rest } = query
    return this.#session.write((operation) => {
      const node = this.#node(rest, ['where'])
      const changes = this.#changes(data)
      this.#refuseNested(changes)
      const refused = Object.keys(changes.values).find((name) => !this.#isBulk(name))
      if (refused !== undefined) return invalid(`data.${refused}`, 'not-in-bulk')
      const list = this.#matching(node, operation.world)
      changeRecords(operation, this.#session.maker, list, changes)
      return { count: list.length }
    })
  }

  /** R33: `where` is a complete, non-null unique key; no nested data. Key fields not given in `create` are taken from it. */
  upsert(input: { where: Members; create: Members; update: unknown }, options: Query = {}): Written {
    const { where, create, update } = input
    return this.#writeOne(options, (operation) => {
      this.#checkKey(where)
      const changes = this.#changes(update)
      this.#refuseNested(changes)
      const data = { ...where, ...create }
      this.#refuseNested(parseCreate(this.#session.graph, this.#name, data, 'create'))
      const [found] = this.#matching(this.#node({ where }, ['where']), operation.world)
      if (found === undefined) return { ids: this.#create(operation, [data]), created: true }
      changeRecord(operation, this.#session.maker, found.id, changes)
      return { ids: [found.id], created: false }
    })
  }

  findOrCreate(input: { where: unknown; create: unknown }, options: Query = {}): Written {
    return this.#writeOne(options, (operation) => {
      parseCreate(this.#session.graph, this.#name, input.create, 'create')
      const [found] = this.#matching(this.#node({ where: input.where }, ['where']), operation.world)
      if (found === undefined) return { ids: this.#create(operation, [input.create]), created: true }
      return { ids: [found.id], created: false }
    })
  }

  // Deleting (design §6)

  /** What a delete would do; nothing is written. */
  planDelete(id: unknown, options: { readonly hard?: boolean } = {}): DeletePlan {
    const { world, graph } = this.#session
    const hard = options.hard ?? false
    return planOf(graph, world, this.#closure(world, [this.#live(world, id).id], hard), hard)
  }

  delete(id: unknown, options: { readonly hard?: boolean; readonly plan?: DeletePlan } = {}): DeleteReport {
    return this.#session.write((operation) => {
      const { world, graph } = operation
      const own = this.#live(world, id)
      const hard = options.hard ?? options.plan?.hard ?? false
      const closure = this.#closure(world, [own.id], hard)
      const { hash: found } = planOf(graph, world, closure, hard)
      if (options.plan !== undefined && options.plan.hash !== found) {
        return fail('KIN_PLAN_STALE', { details: { planned: options.plan.hash, found } })
      }
      return carryOut(operation, closure, this.#session.newDeletion())
    })
  }

  /** R37: every id that is named must exist and be live, in bulk too. With `where` those of them that match go. */
  deleteMany(query: {
    readonly where?: unknown
    readonly ids?: readonly unknown[]
    readonly hard?: boolean
  }): DeleteReport {
    const { where = {}, ids, hard = false, ...rest } = query
    return this.#session.write((operation) => {
      checkOptions(rest, [], 'deleteMany')
      const node = this.#node({ where }, ['where'])
      const named = ids?.map((id) => this.#live(operation.world, id).id)
      const roots = this.#matching(node, operation.world)
        .map((stored) => stored.id)
        .filter((id) => named === undefined || named.includes(id))
      return carryOut(operation, this.#closure(operation.world, roots, hard), this.#session.newDeletion())
    })
  }

  restore(id: unknown): RestoreReport {
    return this.#session.write((operation) =>
      restore(operation, { model: this.#name, id: normaliseId(this.#model.idKind, id) }),
    )
  }

  // Handles (design §5)

  at(id: unknown): {
    many(end: string): ManyHandle
    one(end: string): OneHandle
    array(field: string): ArrayHandle
  } {
    const own: Id = normaliseId(this.#model.idKind, id)
    return {
      many: (end) => manyHandle(this.#session, endOf(this.#model, end, true), own),
      one: (end) => oneHandle(this.#session, endOf(this.#model, end, false), own),
      array: (field) => arrayHandle(this.#session, this.#name, field, own),
    }
  }

  #node(query: Query, options: readonly string[]): Node {
    return compileNode(this.#session.graph, this.#name, query, { path: this.#name, options })
  }

  #matching(node: Node, world: World): Stored[] {
    const entries = sortedRecords(world, this.#name).map(({ id }) => ({ id, pair: null }))
    return matching(world, node, entries, node.mode ?? 'exclude').map(({ stored }) => stored)
  }

  /** R37: an id that is absent or hidden is not found. */
  #live(world: World, id: unknown): Stored {
    return ownerOf(world, this.#name, normaliseId(this.#model.idKind, id))
  }

  #writeAndShow(options: Query, run: (operation: Operation) => Id[]): Members[] {
    return writeAndShow(this.#session, this.#name, options, run)
  }

  #writeOne(options: Query, run: (operation: Operation) => { ids: Id[]; created: boolean }): Written {
    let created = false
    const [record] = this.#writeAndShow(options, (operation) => {
      const done = run(operation)
      created = done.created
      return done.ids
    })
    return { record: record as Members, created }
  }

  #create(operation: Operation, list: readonly unknown[]): Id[] {
    const inputs = list.map((data) => parseCreate(this.#session.graph, this.#name, data, 'data'))
    return createRecords(operation, this.#session.maker, inputs)
  }

  #changes(data: unknown): Changes {
    return parseUpdate(this.#session.graph, this.#name, data, 'data')
  }

  #closure(world: World, ids: readonly Id[], hard: boolean): Closure {
    const { graph } = this.#session
    return closureOf(graph, world, rootsOf(graph, this.#name, ids, hard))
  }

  #isBulk(name: string): boolean {
    const field = this.#model.fields[name]
    return field?.kind !== 'object' && field?.kind !== 'array' && !(field?.kind === 'one' && field.unique)
  }

  #checkKey(where: Members): void {
    const given = Object.keys(where).filter((name) => where[name] !== undefined)
    const keys = [['id'], ...this.#model.uniqueKeys]
    const complete = keys.some(
      (key) => key.length === given.length && key.every((name) => given.includes(name)),
    )
    const plain = given.every((name) => where[name] !== null && !isPlain(where[name]))
    if (complete && plain) return
    fail('KIN_INVALID_QUERY', { path: 'where', message: 'A complete unique key without nulls.' })
  }

  /** R33: neither ends nor records to be created. */
  #refuseNested({ values, ends }: Pick<Changes, 'values' | 'ends'>): void {
    const end = ends[0]?.end.name
    if (end !== undefined) invalid(end, 'nested')
    const create = Object.keys(values).find((name) => {
      const value = values[name]
      return this.#model.fields[name]?.kind === 'one' && isPlain(value) && 'create' in value
    })
    if (create !== undefined) invalid(create, 'nested')
  }
}

export interface Written {
  readonly record: Members
  readonly created: boolean
}
