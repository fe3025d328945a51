import type { CompiledInsert, InsertRequest } from '../../../store/write.js'
import type { Dialect } from '../dialect.js'
import type { SqlSession } from '../session.js'

/** Compiles an insert of rows, which are sent as many at a time as the store finds best. */
export function compileInsert(dialect: Dialect, { model, fields }: InsertRequest): CompiledInsert {
  const { id } = model
  const assigned = id !== null && id.idKind === 'integer' && !fields.includes(id) ? id.column : null
  // A row without values of its own still names a column: null there makes the database assign the id.
  const columns = fields.length > 0 ? fields.map(({ column }) => column) : [id?.column ?? '']
  const encoders = fields.map((field) => dialect.encode(field))
  const encode = (row: readonly unknown[]): readonly unknown[] =>
    fields.length > 0 ? encoders.map((convert, at) => convert(row[at])) : [null]
  const statement = insertStatements(dialect, model.collection, columns)
  return {
    statement: statement(1),
    run: (session, rows) => (session as SqlSession).insert(statement, rows.map(encode), assigned),
  }
}

/** The text that inserts so many rows, made once for each number. */
function insertStatements(
  dialect: Dialect,
  table: string,
  columns: readonly string[],
): (rows: number) => string {
  const names = columns.map((column) => dialect.quote(column)).join(', ')
  const made: string[] = []
  const make = (rows: number): string => {
    const places = Array.from({ length: rows }, (_, row) => {
      const own = columns.map((_column, at) => dialect.placeholder(row * columns.length + at))
      return `(${own.join(', ')})`
    })
    return `insert into ${dialect.quote(table)} (${names}) values ${places.join(', ')}`
  }
  return (rows) => (made[rows] ??= make(rows))
}
