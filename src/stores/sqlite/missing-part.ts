import type { Model } from '../../schema/graph.js'
import { storedFields } from '../sql/schema/stored-fields.js'
import type { Connection } from './drivers/driver.js'
import { quote } from './dialect/text.js'

/** A table or column of the graph that a statement speaks of and the database does not have; null where none is missing. */
export function missingPart(
  connection: Connection,
  models: readonly Model[],
  statement: string,
): { readonly table: string; readonly column: string | null } | null {
  const columns = connection.prepare('select name from pragma_table_xinfo(?)')
  for (const model of models) {
    const table = model.collection
    if (!statement.includes(quote(table))) continue
    const names = columns.all([table]).map(([name]) => String(name).toLowerCase())
    if (names.length === 0) return { table, column: null }
    const missing = storedFields(model).find(
      ({ column }) => !names.includes(column.toLowerCase()) && statement.includes(quote(column)),
    )
    if (missing !== undefined) return { table, column: missing.column }
  }
  return null
}
