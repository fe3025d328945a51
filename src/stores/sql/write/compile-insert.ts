import type { CompiledInsert, InsertRequest } from '../../../store/write.js'
import type { Dialect } from '../dialect.js'
import { after, type SqlSession } from '../session.js'
import { byRows } from './by-rows.js'
import { inChunks } from './in-chunks.js'

/** Compiles an insert of rows, which are sent as many at a time as the database finds best. */
export function compileInsert(dialect: Dialect, { model, fields }: InsertRequest): CompiledInsert {
  const { id } = model
  const table = dialect.table(model.collection)
  const columnOf = (name: string): string => dialect.quote(model.fields.get(name)?.column ?? name)
  const target = {
    table,
    key: model.primaryKey.map(columnOf),
    assigned: id !== null && id.idKind === 'integer' && !fields.includes(id),
  }
  const source = dialect.rows(fields)
  const names = fields.map(({ column }) => dialect.quote(column)).join(', ')
  const empty = fields.length === 0
  const statement = byRows((rows) =>
    empty
      ? `insert into ${table} ${dialect.emptyRow(columnOf(id?.name ?? ''))}`
      : `insert into ${table} (${names}) ${source.values(rows)}`,
  )
  const encoders = fields.map((field) => dialect.encode(field))
  const encode = (row: readonly unknown[]): readonly unknown[] =>
    encoders.map((convert, at) => convert(row[at]))
  return {
    statement: statement(1),
    run: (session, rows) =>
      after(
        inChunks(rows, empty ? () => 1 : source.most, (chunk) => {
          const parameters = empty ? [] : source.bindValues(chunk.map(encode))
          return (session as SqlSession).insert(statement(chunk.length), parameters, chunk.length, target)
        }),
        (ids) => ids.flat(),
      ),
  }
}
