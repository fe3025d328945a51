import type { CompiledWrite, WriteRequest } from '../../../store/write.js'
import { where } from '../condition.js'
import type { Dialect } from '../dialect.js'
import { compileFilter } from '../filter.js'
import { sql } from '../fragment.js'
import { rowSource } from '../source.js'
import { beginStatement } from '../statement.js'
import { compiledWrite } from './compiled-write.js'

/** Compiles a delete of the records that a filter finds. */
export function compileDelete(dialect: Dialect, request: Omit<WriteRequest, 'changes'>): CompiledWrite {
  const { model } = request
  const statement = beginStatement(dialect)
  const alias = statement.alias()
  const scope = { record: rowSource(dialect, alias, model.fields), link: null, element: null }
  const condition = compileFilter(statement, request.where, scope, null)
  return compiledWrite(
    dialect,
    sql`delete from ${dialect.table(model.collection)} as ${alias}${where(condition)}`,
  )
}
