import type { Change, CompiledWrite, WriteRequest } from '../../../store/write.js'
import { where } from '../condition.js'
import type { Dialect } from '../dialect.js'
import { compileFilter } from '../filter.js'
import { type Fragment, joined, sql } from '../fragment.js'
import { rowSource } from '../source.js'
import { beginStatement } from '../statement.js'
import { applyChange } from './apply-change.js'
import { compiledWrite } from './compiled-write.js'
import type { ChangeContext } from './parameters.js'

/** Compiles changes to all the records that a filter finds, in one statement. */
export function compileWrite(dialect: Dialect, request: WriteRequest): CompiledWrite {
  const { model, changes } = request
  const statement = beginStatement(dialect)
  const alias = statement.alias()
  const record = rowSource(dialect, alias, model.fields)
  const scope = { record, link: null, element: null }
  const context = { statement, scope, fields: model.fields }
  const assignments = [...changesByColumn(model.fields, changes)].map(([column, own]) => {
    const name = dialect.quote(column)
    return sql`${name} = ${foldChanges(context, `${alias}.${name}`, own)}`
  })
  const condition = compileFilter(statement, request.where, scope, null)
  const table = dialect.table(model.collection)
  return compiledWrite(
    dialect,
    sql`update ${table} as ${alias} set ${joined(assignments, ', ')}${where(condition)}`,
    changes.some((change) => isUnique(model, change)),
  )
}

/** The change may make a value that another record has. */
function isUnique({ uniques, primaryKey }: WriteRequest['model'], { at }: Change): boolean {
  const [name = ''] = at.path
  return (
    primaryKey.includes(name) ||
    uniques.some(({ fields }) => fields.some((path) => path === name || path.startsWith(`${name}.`)))
  )
}

/** Changes to places inside of one column are one assignment. */
function changesByColumn(
  fields: WriteRequest['model']['fields'],
  changes: readonly Change[],
): ReadonlyMap<string, readonly Change[]> {
  const columns = new Map<string, Change[]>()
  for (const change of changes) {
    const column = fields.get(change.at.path[0] ?? '')?.column ?? ''
    columns.set(column, [...(columns.get(column) ?? []), change])
  }
  return columns
}

/** Each change works on what the one before it made. */
function foldChanges(context: ChangeContext, column: string, changes: readonly Change[]): Fragment {
  let current: Fragment = [column]
  for (const change of changes) current = applyChange(context, current, change)
  return current
}
