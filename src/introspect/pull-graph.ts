import { reservedModels } from '../schema/checks/names.js'
import type { DatabaseDescription } from '../store/description.js'
import { draftModel, finishModel, isUnique, type ModelDraft } from './model-draft.js'
import { fieldName, NamePool } from './names/name-pool.js'
import { camelCase, singular, words } from './names/words.js'
import { pullPairs, pullThrough } from './pull-pairs.js'
import { completeReferences, type NamedReference, nameReference } from './pull-references.js'
import { pullScalar } from './pull-scalar.js'
import type { Note, PulledGraph } from './pulled-graph.js'
import { type PairTable, type SortedTables, sortTables } from './sort-tables.js'

/**
 * The models and associations of a database that was made without kinship. What cannot be one is left out and named in
 * the answer, with the reason. Pure.
 */
export function pullGraph(database: DatabaseDescription): PulledGraph {
  const sorted = sortTables(database)
  const notes: Note[] = []
  const drafts = draftModels(sorted)
  const draftOf = (table: string): ModelDraft => drafts.get(table)!
  const endsOf = ({ near, far }: PairTable) =>
    [draftOf(near.target.table.name), draftOf(far.target.table.name)] as const

  // Columns have the first choice of names, then lists, then the inverses of references.
  const named = [...drafts.values()].flatMap((draft) => pullColumns(draft, sorted, draftOf, notes))
  for (const pair of sorted.pairs) pullPairs(pair, ...endsOf(pair), notes)
  for (const pair of sorted.throughs) {
    const [holder, target] = [pair.near, pair.far].map(
      (side) => named.find(({ reference }) => reference === side)?.name ?? '',
    ) as [string, string]
    pullThrough(pair, draftOf(pair.table.name).name, ...endsOf(pair), { holder, target })
  }
  completeReferences(named, new Set(sorted.throughs.flatMap(({ near, far }) => [near, far])), notes)
  return { models: [...drafts.values()].map(finishModel), left: sorted.left, notes }
}

function draftModels({ models }: SortedTables): ReadonlyMap<string, ModelDraft> {
  const names = new NamePool(reservedModels)
  return new Map(
    [...models].map(([table, model]) => {
      const parts = singular(words(table))
      const name = names.take(camelCase(parts), camelCase([...parts, 'record']))
      return [table, draftModel(name, parts, model)]
    }),
  )
}

/** The fields of a model's columns, and its references, which have no inverse yet. */
function pullColumns(
  draft: ModelDraft,
  { references }: SortedTables,
  draftOf: (table: string) => ModelDraft,
  notes: Note[],
): readonly NamedReference[] {
  const { table, key, fields, names } = draft
  const usable = (references.get(table.name) ?? []).filter(({ column }) => column !== key)
  const referring = new Set(usable.map(({ column }) => column))
  for (const column of table.columns) {
    if (column === key || referring.has(column)) continue
    const unique = isUnique(draft, column.name)
    const scalar = pullScalar(table.name, column, unique, notes, () => fieldName(names, column.name))
    if (scalar) fields.set(column.name, scalar)
  }
  noteKeys(
    draft,
    usable.map(({ column }) => column.name),
    notes,
  )
  return usable.map((reference) => nameReference(reference, draft, draftOf(reference.target.table.name)))
}

/** Says what is not as it looks about keys. */
function noteKeys({ table, key, idKind }: ModelDraft, references: readonly string[], notes: Note[]): void {
  const note = (column: string, text: string): void => void notes.push({ table: table.name, column, text })
  if (idKind === 'integer' && key.initial.kind !== 'assigned') {
    note(key.name, 'is not assigned by the database; an id must be given on create')
  }
  if (!table.primaryKey.includes(key.name)) {
    note(key.name, 'takes the place of the primary key, because it is unique and never null')
  }
  for (const { columns, table: target } of table.foreignKeys) {
    const [first = '', second] = columns
    if (second !== undefined) {
      note(
        columns.join(', '),
        `is a foreign key of ${columns.length} columns to ${target}; they are plain fields`,
      )
    } else if (first === key.name) {
      note(first, `is the key and a foreign key to ${target} at once; the association is left out`)
    } else if (!references.includes(first)) {
      note(
        first,
        `is a foreign key to ${target} that names something else than the key of a model; it is a plain field`,
      )
    }
  }
}
