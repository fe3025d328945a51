import type { CompiledLink, LinkRequest } from '../../../store/write.js'
import { all } from '../condition.js'
import type { Dialect } from '../dialect.js'
import { compileFilter } from '../filter.js'
import { render, sql } from '../fragment.js'
import { rowSource } from '../source.js'
import { beginStatement } from '../statement.js'
import { after, type SqlSession } from '../session.js'
import { byRows } from './by-rows.js'
import { inChunks } from './in-chunks.js'

/** Compiles an insert of those rows whose record is there and that are not there themselves, in one statement. */
export function compileLink(dialect: Dialect, { model, fields, target, among }: LinkRequest): CompiledLink {
  const statement = beginStatement(dialect)
  const [rows, record] = [statement.alias(), statement.alias()]
  const source = rowSource(dialect, record, among.model.fields)
  const { id } = among.model
  if (id === null) throw new TypeError(`"${among.model.name}" has no id to be found by`)
  const found = sql`${source.scalar([id.name], id).expr} = ${rows}.column${String(fields.indexOf(target) + 1)}`
  const scope = { record: source, link: null, element: null }
  const condition = all([found, compileFilter(statement, among.where, scope, null)])
  const { statement: on, parameters } = render(condition, (index) => dialect.placeholder(index))
  if (parameters.length > 0) throw new TypeError('The condition of a link has no parameters')

  const table = dialect.table(model.collection)
  const names = fields.map(({ column }) => dialect.quote(column)).join(', ')
  const values = fields.map((_, at) => `${rows}.column${at + 1}`).join(', ')
  const pairs = dialect.rows(fields)
  const records = `${dialect.table(among.model.collection)} as ${record} on ${on}`
  const text = byRows(
    (count) =>
      `insert into ${table} (${names}) select ${values} from ${pairs.from(count, rows)}` +
      `${dialect.joinInOrder}${records} where true${dialect.lock('link', record)} on conflict do nothing`,
  )
  const encoders = fields.map((field) => dialect.encode(field))
  const encode = (row: readonly unknown[]): readonly unknown[] =>
    encoders.map((convert, at) => convert(row[at]))
  return {
    statement: text(1),
    run: (session, given) =>
      after(
        inChunks(given, pairs.most, (chunk) =>
          (session as SqlSession).run(text(chunk.length), pairs.bindFrom(chunk.map(encode))),
        ),
        (counts) => counts.reduce((sum, count) => sum + count, 0),
      ),
  }
}
