import { pullGraph } from '../../src/introspect/pull-graph.js'
import type { PulledField, PulledGraph } from '../../src/introspect/pulled-graph.js'
import { plainSql } from '../examples/plain-sql.js'
import { temporaryFile, testStore } from '../helpers/sqlite.js'

/** A file with these tables, made without kinship. */
export function madeWith(statements: string): string {
  const file = temporaryFile('found.db')
  const plain = plainSql(file)
  plain.run(statements)
  plain.close()
  return file
}

/** What is pulled from a SQLite file. */
export async function pulled(file: string): Promise<PulledGraph> {
  const store = testStore({ file, readOnly: true })
  if (store.describe === undefined) throw new TypeError('A SQLite store can describe its database')
  return pullGraph(await store.describe())
}

/** A field, as `model.field`. */
export function fieldOf(graph: PulledGraph, path: string): PulledField {
  const [model, name] = path.split('.')
  const field = graph.models.find((each) => each.name === model)?.fields.find((each) => each.name === name)
  if (field === undefined) throw new Error(`There is no ${path}`)
  return field
}

/** Every association in a line: `album.artist: one artist, inverse albums`. */
export function associationsOf(graph: PulledGraph): string[] {
  return graph.models.flatMap(({ name: model, fields }) =>
    fields.flatMap((field) => {
      if (field.type !== 'one' && field.type !== 'many') return []
      const tie = field.onDelete === null ? '' : `, ${field.onDelete}`
      return [`${model}.${field.name}: ${kindOf(field)} ${field.target}, inverse ${field.inverse}${tie}`]
    }),
  )
}

function kindOf(field: PulledField & { type: 'one' | 'many' }): string {
  if (field.type === 'one') return field.unique ? 'one-one' : 'one'
  if ('through' in field.pairs) return `many through ${field.pairs.through} to`
  return field.pairs.payload.length > 0 ? 'many with payload' : 'many'
}
