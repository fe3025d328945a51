import type { GraphFault } from '../../errors/index.js'
import { joinNames, pairingNames } from '../compile-joins.js'
import type { Declaration } from '../declaration.js'
import type { AssociationDraft, ModelDraft } from '../draft.js'
import type { Path } from '../graph.js'
import { type Check, fault } from './fault.js'

/** Tables and columns must differ in more than case, which some databases do not tell apart. */
export const checkDatabaseNames: Check = function* ({ models, associations }) {
  const tables = new Map<string, string>()
  for (const { name, collection } of models.values()) {
    yield* tableFaults(tables, name, null, name, collection)
  }
  for (const association of associations) {
    const { name, model, path, many, layout, through, table } = association
    if (!many || layout !== 'join' || through !== null) continue
    yield* tableFaults(tables, model.name, path, name, table)
    yield* columnFaults(model.name, path, joinColumns(association))
  }
  // Lists in a join layout have no column of their own.
  const elsewhere = new Set(
    associations.filter(({ layout }) => layout === 'join').map(({ declaration }) => declaration),
  )
  for (const model of models.values()) {
    for (const [within, columns] of columnsOf(model, elsewhere))
      yield* columnFaults(model.name, within, columns)
  }
}

function* tableFaults(
  tables: Map<string, string>,
  model: string,
  path: Path | null,
  owner: string,
  table: string,
): Generator<GraphFault> {
  const other = tables.get(table.toLowerCase())
  tables.set(table.toLowerCase(), other ?? owner)
  // A model's own name is told by the check of names.
  if (table !== owner && table.toLowerCase().startsWith('kinship_')) {
    yield fault(
      'reserved-name',
      model,
      path,
      `The table name "${table}" begins with "kinship_", as kinship's own tables do.`,
      'Give it another name with `table`.',
    )
  }
  if (other !== undefined) {
    yield fault(
      'same-table',
      model,
      path,
      `${owner} and ${other} would share the table "${table}".`,
      'Give one of them another name with `table`.',
    )
  }
}

interface Named {
  readonly field: string
  readonly column: string
}

function* columnFaults(model: string, within: Path | null, columns: readonly Named[]): Generator<GraphFault> {
  const seen = new Map<string, string>()
  for (const { field, column } of columns) {
    const other = seen.get(column.toLowerCase())
    seen.set(column.toLowerCase(), other ?? field)
    if (other === undefined) continue
    yield fault(
      'same-column',
      model,
      [...(within ?? []), field],
      `"${field}" and "${other}" would share the column "${column}".`,
      'Give one of them another name, with `.column()` or `columns`.',
    )
  }
}

/** Columns of a model, and the keys of each embedded object, by the place they are in. */
function columnsOf(model: ModelDraft, elsewhere: ReadonlySet<Declaration>): (readonly [Path, Named[]])[] {
  const places = new Map<string, readonly [Path, Named[]]>()
  const at = (path: Path): Named[] => {
    const known = places.get(path.join('.')) ?? ([path, []] as const)
    places.set(path.join('.'), known)
    return known[1]
  }
  if (!model.members.has('id')) at([]).push({ field: 'id', column: 'id' })
  for (const { path, declaration, element } of model.places) {
    const field = path.at(-1)
    if (element || field === undefined || !declaration || elsewhere.has(declaration)) continue
    if (path.length === 1 && model.system.some(({ name }) => name === field)) continue
    at(path.slice(0, -1)).push({ field, column: declaration.column ?? field })
  }
  for (const { name, column } of model.system) at([]).push({ field: name, column })
  return [...places.values()]
}

function joinColumns(association: AssociationDraft): Named[] {
  const { columns, payload } = association
  const taken = pairingNames(association)
  const { near, far } = joinNames(association)
  const named = (option: string, field: string): Named => {
    const column = columns[option]
    return { field, column: typeof column === 'string' ? column : field }
  }
  return [
    named('holder', near),
    named('target', far),
    ...(association.ordered ? [named('position', 'position')] : []),
    ...[...payload]
      .filter(([field]) => !taken.includes(field))
      .map(([field, { column }]) => ({ field, column: column ?? field })),
  ]
}
