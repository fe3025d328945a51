import type { CommitEvent } from '../../schema/hooks.js'
import type { Field, Model } from '../../schema/graph.js'
import type { ReadRequest, ReadResult, Session } from '../../store/read.js'
import type { LinkRequest, WriteRequest } from '../../store/write.js'
import { insideTransaction, type EngineContext } from '../context.js'
import type { Maybe } from '../maybe.js'
import { RunningTransaction } from '../running-transaction.js'
import type { HookScope, RemoveRequest, Unit } from './unit.js'

/**
 * A unit of writing in the transaction of a session. Its compiled requests are kept for all units of the
 * database.
 */
export function makeUnit(context: EngineContext, session: Session, events: CommitEvent[]): Unit {
  return new StoreUnit(context, session, events)
}

class StoreUnit implements Unit {
  readonly context: EngineContext
  readonly session: Session
  readonly now = new Date()
  readonly #events: CommitEvent[]
  #hooks: HookScope | null = null
  #touched: Map<Model, Set<unknown>> | null = null

  constructor(context: EngineContext, session: Session, events: CommitEvent[]) {
    this.context = context
    this.session = session
    this.#events = events
  }

  get reading(): EngineContext {
    return { ...this.context, session: () => this.session }
  }

  get hooks(): HookScope {
    this.#hooks ??= hookScope(this.context, this.session, this.#events)
    return this.#hooks
  }

  untouched(model: Model, ids: readonly unknown[]): readonly unknown[] {
    this.#touched ??= new Map()
    const touched = this.#touched.get(model) ?? new Set()
    this.#touched.set(model, touched)
    const left = [...new Set(ids)].filter((id) => !touched.has(id))
    for (const id of left) touched.add(id)
    return left
  }

  isTouched(model: Model, id: unknown): boolean {
    return this.#touched?.get(model)?.has(id) ?? false
  }

  note(model: Model, kind: CommitEvent['kind'], id: unknown): void {
    if (model.hooks.afterCommit) this.#events.push({ kind, model: model.name, id })
  }

  read(
    key: string,
    build: () => ReadRequest,
    values: readonly unknown[],
    keys: readonly unknown[] = [],
  ): Maybe<ReadResult> {
    const { store, kept } = this.context
    const { reads } = kept
    let compiled = reads.get(key)
    if (!compiled) reads.set(key, (compiled = store.compileRead(build())))
    return compiled.run(this.session, values, keys)
  }

  write(key: string, build: () => WriteRequest, values: readonly unknown[]): Maybe<number> {
    const { store, kept } = this.context
    const { writes } = kept
    let compiled = writes.get(key)
    if (!compiled) writes.set(key, (compiled = store.compileWrite(build())))
    return compiled.run(this.session, values)
  }

  remove(key: string, build: () => RemoveRequest, values: readonly unknown[]): Maybe<number> {
    const { store, kept } = this.context
    const { writes } = kept
    let compiled = writes.get(key)
    if (!compiled) writes.set(key, (compiled = store.compileDelete(build())))
    return compiled.run(this.session, values)
  }

  insert(
    model: Model,
    fields: readonly Field[],
    rows: readonly (readonly unknown[])[],
  ): Maybe<readonly unknown[]> {
    if (rows.length === 0) return []
    const { store, kept } = this.context
    const { inserts } = kept
    const key = insertKey(model, fields)
    let compiled = inserts.get(key)
    if (!compiled) inserts.set(key, (compiled = store.compileInsert({ model, fields })))
    return compiled.run(this.session, rows)
  }

  updateEach(
    model: Model,
    fields: readonly Field[],
    rows: readonly (readonly unknown[])[],
  ): Maybe<number> | null {
    const { store, kept } = this.context
    if (!store.compileUpdateEach) return null
    const key = `each:${insertKey(model, fields)}`
    let compiled = kept.links.get(key)
    if (!compiled) kept.links.set(key, (compiled = store.compileUpdateEach({ model, fields })))
    return compiled.run(this.session, rows)
  }

  link(key: string, build: () => LinkRequest, rows: readonly (readonly unknown[])[]): Maybe<number> {
    const { store, kept } = this.context
    const { links } = kept
    let compiled = links.get(key)
    if (!compiled) {
      if (!store.compileLink) throw new TypeError('The store cannot insert pairs without looking first')
      links.set(key, (compiled = store.compileLink(build())))
    }
    return compiled.run(this.session, rows)
  }
}

const insertKeys = new WeakMap<readonly Field[], string>()

/** Writers keep their lists of fields, so that the key need not be put together for every insert. */
function insertKey(model: Model, fields: readonly Field[]): string {
  let key = insertKeys.get(fields)
  if (key === undefined) {
    key = `${model.name}(${fields.map((field) => field.name).join()})`
    insertKeys.set(fields, key)
  }
  return key
}

/**
 * What hooks do is part of the unit, but comes in the middle of it: a transaction of its own over the same
 * session.
 */
function hookScope(context: EngineContext, session: Session, events: CommitEvent[]): HookScope {
  const inner = new RunningTransaction(session, events)
  const database = context.databaseOf(insideTransaction(context, inner))
  return {
    run: (body) =>
      context.guard.run(async () => {
        await body(database)
        await inner.settle()
      }),
  }
}
