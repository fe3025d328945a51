import type { ColumnDescription } from '../../../store/description.js'
import { quote } from '../dialect/text.js'
import type { Query } from '../introspect.js'
import { type Evidence, fitContent } from './fit-content.js'
import { initialValue } from './initial-value.js'

/** A column as `pragma table_xinfo` tells of it. */
export interface ColumnInfo {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly initial: string | null
  /** it is the rowid, which SQLite assigns */
  readonly assigned: boolean
  readonly generated: boolean
  readonly checked: readonly string[] | null
}

/** How many rows are looked at. */
const ROWS = 100_000
const SAFE = Number.MAX_SAFE_INTEGER

export function describeColumn(query: Query, table: string, info: ColumnInfo): ColumnDescription {
  const { name, type, required, assigned, generated, initial } = info
  const evidence = evidenceOf(query, table, info)
  const content = fitContent(evidence)
  const met = [...evidence.met].join(' and ')
  return {
    name,
    required,
    generated,
    content,
    initial: assigned ? { kind: 'assigned' } : initialValue(initial, content),
    words: `${type || 'no type'}${content === null ? `, holding ${met === '' ? 'no values' : met}` : ''}`,
  }
}

function evidenceOf(query: Query, table: string, { name, type, checked }: ColumnInfo): Evidence {
  const column = quote(name)
  const some = `(select ${column} from ${quote(table)} limit ${ROWS}) where ${column} is not null`
  const [[least, most] = []] = query(
    `select min(${column}) < -${SAFE}, max(${column}) > ${SAFE} from ${some} and typeof(${column}) = 'integer'`,
    [],
  )
  return {
    type: type.toUpperCase(),
    met: new Set(query(`select distinct typeof(${column}) from ${some}`, []).map(([kind]) => String(kind))),
    safe: least !== 1 && most !== 1,
    values: () => query(`select distinct ${column} from ${some}`, []).map(([value]) => value),
    checked,
  }
}
