import { reservedFields } from '../schema/checks/names.js'
import type { ModelDraft } from './model-draft.js'
import { fieldName, NamePool } from './names/name-pool.js'
import { camelCase, plural, singular, without, words } from './names/words.js'
import { stemOf } from './pull-references.js'
import { pullScalar } from './pull-scalar.js'
import type { Note, PulledMany, PulledScalar } from './pulled-graph.js'
import type { PairTable } from './sort-tables.js'

/** Adds the many-many of a table of pairs to the model that its near reference names. */
export function pullPairs(pair: PairTable, holder: ModelDraft, target: ModelDraft, notes: Note[]): void {
  const { table, near, far } = pair
  const ends = endsOf(pair, holder, target)
  holder.lists.push({
    ...ends,
    onDelete: tieOf(pair, notes),
    columns: { holder: near.column.name, target: far.column.name },
    pairs: {
      table: table.name,
      payload: payloadOf(pair, [holder.name, target.name, ends.name, ends.inverse], notes),
    },
  })
}

/** Adds the many-many that goes through a model whose records are pairs. */
export function pullThrough(
  pair: PairTable,
  through: string,
  holder: ModelDraft,
  target: ModelDraft,
  columns: PulledMany['columns'],
): void {
  holder.lists.push({ ...endsOf(pair, holder, target), onDelete: null, columns, pairs: { through } })
}

function endsOf(
  { table, near, far }: PairTable,
  holder: ModelDraft,
  target: ModelDraft,
): Pick<PulledMany, 'type' | 'name' | 'target' | 'inverse'> {
  const nearStem = stemOf(near, holder.words)
  const farStem = stemOf(far, target.words)
  const whole = singular(words(table.name))
  const rest = without(whole, holder.words) ?? whole
  const name = holder.names.take(
    camelCase(plural(farStem)),
    camelCase(plural(rest)),
    camelCase(plural(whole)),
  )
  const itself = holder === target && camelCase(nearStem) === holder.name
  const inverse = target.names.take(
    ...(itself ? [camelCase([...singular(farStem), 'of'])] : [camelCase(plural(nearStem))]),
    camelCase([...singular(words(name)), ...plural(holder.words)]),
  )
  return { type: 'many', name, target: target.name, inverse }
}

function tieOf({ table, near, far }: PairTable, notes: Note[]): PulledMany['onDelete'] {
  if (near.onDelete === 'restrict') {
    const text = `restricts the delete of a row of ${near.target.table.name}; here its pairs go with it`
    notes.push({ table: table.name, column: near.column.name, text })
  }
  return far.onDelete === 'restrict' ? 'restrict' : null
}

/**
 * The other columns of a table of pairs.
 *
 * @param sides what the two records are called, which no other field can be
 */
function payloadOf(
  { table, near, far }: PairTable,
  sides: readonly string[],
  notes: Note[],
): readonly PulledScalar[] {
  const names = new NamePool([...reservedFields, 'id', ...sides])
  return table.columns.flatMap((column) => {
    if (column === near.column || column === far.column) return []
    if (table.foreignKeys.some(({ columns }) => columns.includes(column.name))) {
      const text = 'is a foreign key in a table of pairs; it is a plain field of each pair'
      notes.push({ table: table.name, column: column.name, text })
    }
    return pullScalar(table.name, column, false, notes, () => fieldName(names, column.name)) ?? []
  })
}
