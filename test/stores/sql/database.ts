/** An in-memory SQLite database with hand-made tables for a graph, and the session that the compiler runs on. */
import BetterSqlite from 'better-sqlite3'
import type { Graph, Model } from '../../../src/schema/graph.js'
import type { SqlSession } from '../../../src/stores/sql/session.js'
import { sqliteDialect } from '../../../src/stores/sqlite/dialect.js'
import { functions } from '../../../src/stores/sqlite/dialect/functions.js'
import type { Data } from './naive.js'

/** @param exact the dialect for SQLite 3.53 and newer; otherwise the one for older versions, which works here as well */
export const openDatabase = (graph: Graph, data: Data, exact = true) => {
  const database = new BetterSqlite(':memory:')
  for (const { name, call } of functions) {
    database.function(name, { varargs: true, deterministic: true }, call)
  }
  const dialect = sqliteDialect(exact)

  const create = (model: Model): void => {
    const fields = [...model.fields.values()].filter((field) => field.stored)
    const columns = fields.map((field) => `${dialect.quote(field.column)} ${dialect.columnType(field)}`)
    const key = model.primaryKey.map((name) => dialect.quote(model.fields.get(name)?.column ?? name))
    const table = dialect.quote(model.collection)
    database.exec(`create table ${table} (${columns.join(', ')}, primary key (${key.join(', ')}))`)
    const insert = database.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`)
    for (const row of data.get(model.name) ?? []) {
      insert.run(fields.map((field) => dialect.encode(field)(row[field.name] ?? null)))
    }
  }
  for (const model of [...graph.models.values(), ...graph.joins.values()]) create(model)

  const statements: string[] = []
  const raw = (statement: string) => {
    statements.push(statement)
    return database.prepare(statement).raw()
  }
  const session: SqlSession = {
    inTransaction: false,
    native: database,
    arrays: (statement, parameters) => raw(statement).all(...parameters) as unknown[][],
    row: (statement, parameters) => raw(statement).get(...parameters) as unknown[] | undefined,
    value: (statement, parameters) => (raw(statement).get(...parameters) as unknown[])[0],
    run: () => 0,
    insert: () => [],
  }
  return { dialect, session, statements, database }
}
