import type { Graph } from '../schema/graph.js'
import type { DeletePlan, DeleteReport, LinkReport, Page, RestoreReport } from '../types/reports.js'

/** A record as it is read: plain data by field name. */
export type Row = Record<string, unknown>

/** A query of the engine, made of parameters that were read before. */
export type Query = Readonly<Record<string, unknown>>

interface Abortable {
  readonly signal?: AbortSignal
}

/** The handle of one end of one record; those of to-one ends have `get`, the others `list` and `count`. */
export interface ServedEnd {
  list(query: Query): Promise<Row[]>
  count(query: Query): Promise<number>
  get(query: Query): Promise<Row | null>
  add(targets: unknown): Promise<LinkReport<string | number>>
  set(targets: unknown): Promise<LinkReport<string | number>>
  remove(targets: unknown): Promise<LinkReport<string | number>>
}

/** A repository as the routes use it: which model it is of is known at run time only. */
export interface ServedRepository {
  findById(id: unknown, query: Query): Promise<Row | null>
  findPage(query: Query): Promise<Page<Row>>
  count(query: Query): Promise<number>
  exists(query: Query): Promise<boolean>
  create(data: unknown, options: Abortable): Promise<Row>
  createMany(list: readonly unknown[], options: Abortable): Promise<Row[]>
  update(id: unknown, data: unknown, options: Abortable & { readonly ifVersion?: number }): Promise<Row>
  delete(id: unknown, options: DeleteOptions): Promise<DeleteReport>
  deleteMany(choice: DeleteOptions & { readonly ids: readonly unknown[] }): Promise<DeleteReport>
  planDelete(id: unknown, options: Abortable & { readonly hard: boolean }): Promise<DeletePlan>
  restore(id: unknown, options: Abortable): Promise<RestoreReport>
  at(id: unknown): Readonly<Record<string, ServedEnd>>
}

interface DeleteOptions extends Abortable {
  readonly hard?: boolean
  readonly plan?: { readonly hash: string; readonly hard: boolean }
}

/** The database as the routes use it, scoped or inside of a transaction or neither. */
export interface ServedDb {
  readonly graph: Graph
  scoped(scopes: object): ServedDb
  transaction<T>(body: (tx: ServedDb) => Promise<T>, options: Abortable & { isolation?: string }): Promise<T>
}

export const repositoryOf = (db: ServedDb, model: string): ServedRepository =>
  (db as unknown as Readonly<Record<string, ServedRepository>>)[model]!
