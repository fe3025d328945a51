import type { Note, PulledGraph } from '../introspect/pulled-graph.js'

/** What was found in a database, for people: how much, and what is not as it is there. */
export function describePulled({ models, left, notes }: PulledGraph, location: string): string {
  const ends = models.flatMap(({ fields }) => fields.filter(({ type }) => type === 'one' || type === 'many'))
  return [
    `${count(models.length, 'model')} and ${count(ends.length, 'association')} from ${location}.`,
    ...list('Left out:', left),
    ...list('Worth knowing:', notes),
    '',
  ].join('\n')
}

function list(title: string, notes: readonly Note[]): readonly string[] {
  if (notes.length === 0) return []
  return [
    title,
    ...notes.map(({ table, column, text }) => `  ${table}${column === null ? '' : `.${column}`} ${text}`),
  ]
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
