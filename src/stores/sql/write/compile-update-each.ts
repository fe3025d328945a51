import type { CompiledLink, InsertRequest } from '../../../store/write.js'
import type { Dialect } from '../dialect.js'
import { after, type Answer, type SqlSession } from '../session.js'
import { byRows } from './by-rows.js'
import { inChunks } from './in-chunks.js'

/** Compiles an update that gives many records values of their own; the first field is the id. */
export function compileUpdateEach(dialect: Dialect, { model, fields }: InsertRequest): CompiledLink {
  const table = dialect.table(model.collection)
  const [id, ...others] = fields.map(({ column }) => dialect.quote(column))
  // The type of such a column is not certain, so the database has to see each value where it goes.
  const single = fields.some(({ codec, kind }) => codec !== null || kind === 'enum')
  const source = dialect.rows(fields)
  const alone = (): string => {
    const set = others.map((column, at) => `${column} = ${dialect.placeholder(at + 1)}`)
    return `update ${table} set ${set.join(', ')} where ${id} = ${dialect.placeholder(0)}`
  }
  const together = (rows: number): string => {
    const set = others.map((column, at) => `${column} = row_.column${at + 2}`)
    return `update ${table} as record_ set ${set.join(', ')} from ${source.from(rows, 'row_')} where record_.${id} = row_.column1`
  }
  const text = byRows(single ? alone : together)
  const encoders = fields.map((field) => dialect.encode(field))
  const encode = (row: readonly unknown[]): readonly unknown[] =>
    encoders.map((convert, at) => convert(row[at]))
  return {
    statement: text(1),
    run: (session, given) => {
      const run = (chunk: readonly (readonly unknown[])[]): Answer<number> => {
        const rows = chunk.map(encode)
        return (session as SqlSession).run(
          text(rows.length),
          single ? [...rows[0]!] : source.bindFrom(rows),
          true,
        )
      }
      return after(inChunks(given, single ? () => 1 : source.most, run), (counts) =>
        counts.reduce((sum, count) => sum + count, 0),
      )
    },
  }
}
