import type {
  ColumnDescription,
  Content,
  DatabaseDescription,
  ForeignKeyDescription,
  TableDescription,
} from '../store/description.js'
import type { Note } from './pulled-graph.js'

/** A table whose rows can be records. */
export interface ModelTable {
  readonly table: TableDescription
  readonly key: ColumnDescription
  readonly idKind: NonNullable<Content['id']>
}

/** A foreign key of one column that names the key of a table whose rows are records. */
export interface Reference {
  readonly column: ColumnDescription
  readonly target: ModelTable
  readonly onDelete: ForeignKeyDescription['onDelete']
}

/** A table whose rows are pairs. */
export interface PairTable {
  readonly table: TableDescription
  readonly near: Reference
  readonly far: Reference
}

export interface SortedTables {
  readonly models: ReadonlyMap<string, ModelTable>
  /** of every table, by its name */
  readonly references: ReadonlyMap<string, readonly Reference[]>
  readonly pairs: readonly PairTable[]
  /** tables of records that are pairs as well: they live and die with both their ends */
  readonly throughs: readonly PairTable[]
  readonly left: readonly Note[]
}

type Models = SortedTables['models']

/** Tells tables of records from tables of pairs, and both from what can be neither. */
export function sortTables({ tables, others }: DatabaseDescription): SortedTables {
  const models = new Map<string, ModelTable>()
  for (const table of tables) {
    const model = modelTable(table)
    if (model) models.set(table.name, model)
  }
  const references = new Map(tables.map((table) => [table.name, referencesOf(table, models)]))
  const found = tables.flatMap((table) => pairTable(table, references.get(table.name) ?? []) ?? [])
  const pairs = found.filter(({ table }) => !models.has(table.name))
  const rest = tables.filter(
    (table) => !models.has(table.name) && !pairs.some((pair) => pair.table === table),
  )
  return {
    models,
    references,
    pairs,
    throughs: found.filter((pair) => models.has(pair.table.name) && servesBoth(pair)),
    left: [
      ...rest.map((table) => ({ table: table.name, column: null, text: whyNot(table, models) })),
      ...others.map(({ name, what }) => ({
        table: name,
        column: null,
        text: `is a ${what}, and has no key of its own`,
      })),
    ],
  }
}

/** Its primary key, or else a unique column that can do its work. */
function modelTable(table: TableDescription): ModelTable | null {
  const primary = table.primaryKey.length === 1 ? columnOf(table, table.primaryKey[0]) : undefined
  if (primary?.content?.id) return { table, key: primary, idKind: primary.content.id }
  if (pairColumns(table) !== null) return null
  const foreign = new Set(table.foreignKeys.flatMap(({ columns }) => columns))
  for (const [name, second] of table.uniques) {
    const column = second === undefined ? columnOf(table, name) : undefined
    const idKind = column?.content?.id
    if (column?.required && idKind && !foreign.has(column.name)) return { table, key: column, idKind }
  }
  return null
}

/** The key, or else a unique index, that is made of two foreign keys of one column each. */
function pairColumns(table: TableDescription): readonly [string, string] | null {
  const single = new Set(
    table.foreignKeys.filter(({ columns }) => columns.length === 1).map(({ columns }) => columns[0]),
  )
  for (const [first, second, third] of [table.primaryKey, ...table.uniques]) {
    if (first === undefined || second === undefined || third !== undefined) continue
    if (single.has(first) && single.has(second)) return inOrder(table, first, second)
  }
  return null
}

/** A table called `PlaylistTrack` pairs playlists with tracks, in whichever order its columns come. */
function inOrder(table: TableDescription, first: string, second: string): readonly [string, string] {
  const at = (column: string): number => {
    const target = table.foreignKeys.find(
      ({ columns }) => columns.length === 1 && columns[0] === column,
    )?.table
    const place = table.name.toLowerCase().indexOf((target ?? '').toLowerCase().replace(/s$/, ''))
    return place < 0 ? Number.MAX_SAFE_INTEGER : place
  }
  return at(second) < at(first) ? [second, first] : [first, second]
}

/** The two references that the rows of a table of pairs consist of; null for any other table. */
function pairTable(table: TableDescription, references: readonly Reference[]): PairTable | null {
  const [first, second] = pairColumns(table) ?? []
  const near = references.find(({ column }) => column.name === first)
  const far = references.find(({ column }) => column.name === second)
  return near?.column.required && far?.column.required ? { table, near, far } : null
}

function servesBoth({ table, near, far }: PairTable): boolean {
  const alone = table.uniques.some(
    (columns) =>
      columns.length === 1 &&
      columns[0] !== undefined &&
      [near.column.name, far.column.name].includes(columns[0]),
  )
  return !alone && near.onDelete === 'cascade' && far.onDelete === 'cascade'
}

/** The foreign keys of a table that can be references; of two on one column the first counts. */
function referencesOf(table: TableDescription, models: Models): readonly Reference[] {
  const references = new Map<string, Reference>()
  for (const { columns, table: targetName, references: keys, onDelete } of table.foreignKeys) {
    const target = models.get(targetName)
    const column = columns.length === 1 ? columnOf(table, columns[0]) : undefined
    if (!target || !column || column.generated || keys.length !== 1 || keys[0] !== target.key.name) continue
    if (fits(column.content, target.idKind) && !references.has(column.name)) {
      references.set(column.name, { column, target, onDelete })
    }
  }
  return [...references.values()]
}

/** All ids but integers are texts, and an empty column does not tell which. */
function fits(content: Content | null, idKind: ModelTable['idKind']): boolean {
  return (
    content?.id !== null && content?.id !== undefined && (content.id === 'integer') === (idKind === 'integer')
  )
}

function columnOf(table: TableDescription, name: string | undefined): ColumnDescription | undefined {
  return table.columns.find((column) => column.name === name)
}

function whyNot(table: TableDescription, models: Models): string {
  const { primaryKey } = table
  const pair = pairColumns(table)
  if (pair !== null) {
    const missing = table.foreignKeys.find(({ columns, table: target }) => {
      return columns.length === 1 && pair.includes(columns[0] ?? '') && !models.has(target)
    })
    return missing
      ? `holds pairs with ${missing.table}, which is no model`
      : `holds pairs of ${pair.join(' and ')}, which may be null or do not name the keys of the other tables`
  }
  if (primaryKey.length > 1)
    return `has a key of ${primaryKey.length} columns (${primaryKey.join(', ')}); an id is one`
  const key = columnOf(table, primaryKey[0])
  if (key) return `has the key ${key.name} (${key.words}), which cannot be an id`
  return 'has no primary key, and no unique column that is an integer or a text and never null'
}
