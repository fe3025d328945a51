import type { CompiledInsert, InsertRequest } from '../../../store/write.js'
import type { Dialect } from '../dialect.js'
import type { SqlSession } from '../session.js'
import { byRows, rowsOfPlaces } from './rows-of-places.js'

/** Compiles an insert of rows, which are sent as many at a time as the store finds best. */
export function compileInsert(dialect: Dialect, { model, fields }: InsertRequest): CompiledInsert {
  const { id } = model
  const assigned = id !== null && id.idKind === 'integer' && !fields.includes(id) ? id.column : null
  // A row without values of its own still names a column: null there makes the database assign the id.
  const columns = fields.length > 0 ? fields.map(({ column }) => column) : [id?.column ?? '']
  const encoders = fields.map((field) => dialect.encode(field))
  const encode = (row: readonly unknown[]): readonly unknown[] =>
    fields.length > 0 ? encoders.map((convert, at) => convert(row[at])) : [null]
  const table = dialect.quote(model.collection)
  const names = columns.map((column) => dialect.quote(column)).join(', ')
  const statement = byRows(
    (rows) => `insert into ${table} (${names}) values ${rowsOfPlaces(dialect, rows, columns.length)}`,
  )
  return {
    statement: statement(1),
    run: (session, rows) => (session as SqlSession).insert(statement, rows.map(encode), assigned),
  }
}
