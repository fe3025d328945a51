/** Rows on their way into a table. */
import type { Field } from '../../../schema/graph.js'
import type { RowsParameter } from '../../sql/dialect.js'
import { castType } from './raw.js'
import { arrayText } from './text.js'

/** Rows in one statement: more make it no faster, and the server holds all of them at once. */
const MOST = 1000

/**
 * A row travels as its values; more travel as one array for each column, so that the text is the same for any number of rows.
 * Where the type of a column is not certain, because it was made by somebody else, the server is to find it out: then every value is
 * a parameter.
 */
export function rowsParameter(fields: readonly Field[]): RowsParameter {
  const places = (rows: number): string =>
    Array.from({ length: rows }, (_, row) => {
      const values = fields.map((_field, at) => `$${row * fields.length + at + 1}`)
      return `(${values.join(', ')})`
    }).join(', ')
  const arrays = fields.map((field, at) => `$${at + 1}::${castType(field)}[]`).join(', ')
  const columns = fields.map((_, at) => `column${at + 1}`).join(', ')
  const transposed = (rows: readonly (readonly unknown[])[]): unknown[] =>
    fields.map((_, at) => arrayText(rows.map((row) => (row[at] ?? null) as string | null)))
  const certain = fields.every(({ codec, kind }) => codec === null && kind !== 'enum')
  const most = certain ? MOST : Math.floor(MOST / Math.max(fields.length, 1))
  return {
    most: () => most,
    values: (rows) => (rows === 1 || !certain ? `values ${places(rows)}` : `select * from unnest(${arrays})`),
    bindValues: (rows) => (rows.length === 1 || !certain ? rows.flat() : transposed(rows)),
    from: (_rows, alias) => `unnest(${arrays}) as ${alias}(${columns})`,
    bindFrom: transposed,
  }
}
