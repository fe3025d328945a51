import type {
  ColumnDescription,
  DatabaseDescription,
  DeleteAction,
  TableDescription,
} from '../../../store/description.js'
import { quote } from '../dialect/text.js'
import type { Query } from '../introspect.js'
import { catalogue, namespace } from './catalogue.js'
import { type ColumnType, fitContent } from './fit-content.js'
import { initialValue } from './initial-value.js'

interface FoundColumn extends Omit<ColumnType, 'safe' | 'labels'> {
  readonly column: string
  /** in PostgreSQL's words: `character varying(160)` */
  readonly words: string
  readonly required: boolean
  readonly generated: boolean
  readonly identity: boolean
  readonly default: string | null
  /** of an enum */
  readonly labels: readonly string[] | null
  readonly checks: readonly string[] | null
}

/** The catalogue's answer about a table, as JSON, so that it is read alike by every driver. */
interface Found {
  readonly name: string
  readonly kind: 'r' | 'p' | 'v' | 'm' | 'f'
  readonly columns: readonly FoundColumn[] | null
  readonly primaryKey: readonly string[] | null
  readonly uniques: readonly (readonly string[])[] | null
  readonly foreignKeys:
    | readonly {
        readonly columns: readonly string[]
        readonly table: string
        readonly references: readonly string[]
        readonly onDelete: string
      }[]
    | null
}

const others = { v: 'view', m: 'materialized view', f: 'foreign table' }

/** Everything in a namespace of a PostgreSQL database, kinship's tables left out. */
export async function describeDatabase(query: Query, schema: string | null): Promise<DatabaseDescription> {
  const space = schema ?? String((await query(namespace, []))[0]?.[0])
  const found = (await query(catalogue, [space])).map(([text]) => JSON.parse(String(text)) as Found)
  const tables: TableDescription[] = []
  for (const each of found) {
    if (each.kind === 'r' || each.kind === 'p') tables.push(await describeTable(query, space, each))
  }
  return {
    tables,
    others: found.flatMap(({ name, kind }) =>
      kind === 'r' || kind === 'p' ? [] : [{ name, what: others[kind] }],
    ),
  }
}

async function describeTable(query: Query, space: string, found: Found): Promise<TableDescription> {
  const columns = found.columns ?? []
  const unsafe = await unsafeColumns(query, `${quote(space)}.${quote(found.name)}`, columns)
  return {
    name: found.name,
    columns: columns.map((column) => describeColumn(column, !unsafe.has(column.column))),
    primaryKey: found.primaryKey ?? [],
    uniques: found.uniques ?? [],
    foreignKeys: (found.foreignKeys ?? []).map((key) => ({
      ...key,
      onDelete: actions[key.onDelete] ?? 'no action',
    })),
  }
}

const actions: Readonly<Record<string, DeleteAction>> = {
  c: 'cascade',
  n: 'set null',
  d: 'set default',
  r: 'restrict',
}

function describeColumn(found: FoundColumn, safe: boolean): ColumnDescription {
  const { column, words, required, generated, identity } = found
  const labels = found.labels ?? checkedTexts(found.checks ?? [])
  const content = fitContent({ ...found, labels, safe })
  return {
    name: column,
    required,
    generated,
    content,
    initial: identity ? { kind: 'assigned' } : initialValue(found.default, content),
    words,
  }
}

/** How many rows are looked at. */
const ROWS = 100_000
const SAFE = Number.MAX_SAFE_INTEGER

/** Columns with whole numbers that JavaScript's own do not hold. */
async function unsafeColumns(
  query: Query,
  table: string,
  columns: readonly FoundColumn[],
): Promise<ReadonlySet<string>> {
  const long = columns.filter(({ name }) => name === 'int8').map(({ column }) => column)
  if (long.length === 0) return new Set()
  const tests = long.map(
    (column) => `coalesce(bool_or(${quote(column)} not between -${SAFE} and ${SAFE}), false)`,
  )
  const [[text] = []] = await query(
    `select json_build_array(${tests.join(', ')})::text from (select * from ${table} limit ${ROWS}) as looked`,
    [],
  )
  const answers = JSON.parse(String(text)) as readonly boolean[]
  return new Set(long.filter((_, at) => answers[at]))
}

/** `CHECK (((state)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))` */
function checkedTexts(checks: readonly string[]): readonly string[] | null {
  for (const check of checks) {
    const [, list] =
      /^CHECK \(+\w+\)*(?:::text)? = ANY \(+ARRAY\[((?:'(?:[^']|'')*'::[\w ]+(?:, )?)+)\]\)*(?:::text\[\])?\)*$/.exec(
        check,
      ) ?? []
    if (list === undefined) continue
    return [...list.matchAll(/'((?:[^']|'')*)'::/g)].map(([, text = '']) => text.replaceAll("''", "'"))
  }
  return null
}
