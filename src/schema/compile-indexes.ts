import type { Edge, Path } from './graph.js'
import type { MutableField, MutableModel } from './mutable.js'
import type { PairNames } from './compile-joins.js'
import type { ModelDraft } from './draft.js'

/**
 * Unique keys and indexes of a model: chained ones, composite ones, and one for every reference at the top
 * level.
 */
export function compileIndexes(model: MutableModel, draft: ModelDraft, pair: PairNames | null): void {
  const addUnique = (fields: readonly string[], edge: Edge | null): void => {
    model.uniques.push({ fields, name: indexName(model.collection, fields), edge })
  }
  const singles: string[][] = []
  for (const { path, field } of markedFields(model.fields)) {
    if (field.unique) addUnique([path.join('.')], field.edge)
    else if (field.index || (field.kind === 'reference' && path.length === 1)) singles.push([path.join('.')])
  }
  if (pair) addUnique([pair.near, pair.far], null)
  for (const fields of draft.unique) addUnique([...fields], null)
  for (const fields of draft.indexes) model.indexes.push([...fields])
  // A longer key that begins with the field serves its look-ups as well.
  const begun = new Set([
    ...model.uniques.map(({ fields }) => fields[0]),
    ...model.indexes.map(([first]) => first),
  ])
  model.indexes.push(...singles.filter(([name]) => !begun.has(name)))
}

const indexName = (collection: string, fields: readonly string[]): string =>
  [collection, ...fields.map((name) => name.replaceAll('.', '_')), 'unique'].join('_')

/** Fields that can carry an index: those of the record and of objects in it, not of arrays. */
function* markedFields(
  fields: ReadonlyMap<string, MutableField>,
  within: Path = [],
): Generator<{ path: Path; field: MutableField }> {
  for (const field of fields.values()) {
    const path = [...within, field.name]
    yield { path, field }
    if (field.fields) yield* markedFields(field.fields, path)
  }
}
