import { reservedFields } from '../schema/checks/names.js'
import { NamePool } from './names/name-pool.js'
import type { PulledField, PulledMany, PulledModel } from './pulled-graph.js'
import type { ModelTable } from './sort-tables.js'

/** A model while its fields and ends get their names. */
export interface ModelDraft extends ModelTable {
  readonly name: string
  /** the words of its name */
  readonly words: readonly string[]
  readonly names: NamePool
  /** its fields, by column */
  readonly fields: Map<string, PulledField>
  readonly lists: PulledMany[]
}

export function draftModel(name: string, words: readonly string[], model: ModelTable): ModelDraft {
  const { key, idKind } = model
  return {
    ...model,
    name,
    words,
    names: new NamePool([...reservedFields, 'id']),
    fields: new Map([[key.name, { type: 'id', name: 'id', idKind, column: key.name }]]),
    lists: [],
  }
}

/** The id first, then the columns in their order, then the lists. */
export function finishModel({ name, table, key, fields, lists }: ModelDraft): PulledModel {
  const columns = [key, ...table.columns.filter((column) => column !== key)]
  return {
    name,
    table: table.name,
    fields: [...columns.flatMap((column) => fields.get(column.name) ?? []), ...lists],
    unique: compositeKeys([table.primaryKey, ...table.uniques], fields),
  }
}

/** Keys over several columns that all are fields; of two over the same ones, one. */
function compositeKeys(
  keys: readonly (readonly string[])[],
  fields: ModelDraft['fields'],
): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>()
  for (const columns of keys) {
    const members = columns.map((column) => fields.get(column))
    const fit = members.every((field) => field !== undefined && !isOpaque(field))
    if (columns.length < 2 || !fit) continue
    const names = members.map((field) => field?.name ?? '')
    found.set(names.toSorted().join('\n'), names)
  }
  return [...found.values()]
}

const isOpaque = (field: PulledField): boolean => field.type === 'scalar' && field.kind === 'json'

/** A unique index over this column alone. */
export function isUnique({ table }: ModelTable, column: string): boolean {
  return table.uniques.some((columns) => columns.length === 1 && columns[0] === column)
}
