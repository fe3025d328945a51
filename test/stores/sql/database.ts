/** An in-memory SQLite database with hand-made tables for a graph, and the session that the compiler runs on. */
import type { Graph, Model } from '../../../src/schema/graph.js'
import type { SqlSession } from '../../../src/stores/sql/session.js'
import { sqliteDialect } from '../../../src/stores/sqlite/dialect.js'
import { functions } from '../../../src/stores/sqlite/dialect/functions.js'
import { loadDriver } from '../../../src/stores/sqlite/drivers/load-driver.js'
import { sqliteDriver } from '../../helpers/sqlite.js'
import type { Data } from '../common/naive.js'

const driver = await loadDriver(sqliteDriver)

/** @param exact the dialect for SQLite 3.53 and newer; otherwise the one for older versions, which works here as well */
export const openDatabase = (graph: Graph, data: Data, exact = true) => {
  const database = driver.open(':memory:', false)
  for (const definition of functions) database.define(definition)
  const dialect = sqliteDialect(exact)

  const create = (model: Model): void => {
    const fields = [...model.fields.values()].filter((field) => field.stored)
    const columns = fields.map((field) => `${dialect.quote(field.column)} ${dialect.columnType(field)}`)
    const key = model.primaryKey.map((name) => dialect.quote(model.fields.get(name)?.column ?? name))
    const table = dialect.table(model.collection)
    database.execute(`create table ${table} (${columns.join(', ')}, primary key (${key.join(', ')}))`)
    const insert = database.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`)
    for (const row of data.get(model.name) ?? []) {
      insert.run(fields.map((field) => dialect.encode(field)(row[field.name] ?? null)))
    }
  }
  for (const model of [...graph.models.values(), ...graph.joins.values()]) create(model)

  const statements: string[] = []
  const prepare = (statement: string) => {
    statements.push(statement)
    return database.prepare(statement)
  }
  const session: SqlSession = {
    inTransaction: false,
    native: database,
    arrays: (statement, parameters) => prepare(statement).all(parameters),
    row: (statement, parameters) => prepare(statement).first(parameters),
    value: (statement, parameters) => prepare(statement).first(parameters)?.[0],
    run: () => 0,
    insert: () => [],
  }
  return { dialect, session, statements, database }
}
