import { fail, unknownName } from '../../errors/index.js'
import type { Model } from './graph.js'

export type Query = Readonly<Record<string, unknown>>

/**
 * The names of a record's own members that a query shows: exactly the selected ones, or all that are not hidden
 * without the omitted ones; revealed ones are added (R34).
 */
export function fieldsShown(model: Model, query: Query, path: string): string[] {
  const own = [...Object.keys(model.system), ...Object.keys(model.fields), ...model.lists.keys()]
  // A populated end may be selected; it is shown anyway.
  const known = [...own, ...Object.keys(query['populate'] ?? {})]
  const names = (option: 'select' | 'omit' | 'reveal'): string[] | null => {
    const given = query[option]
    if (given === undefined) return null
    if (!Array.isArray(given)) return fail('KIN_INVALID_QUERY', { path: `${path}.${option}` })
    return given.map((name: unknown) =>
      known.includes(String(name)) ? String(name) : unknown(String(name), option),
    )
  }
  const unknown = (word: string, option: string): never =>
    unknownName('KIN_UNKNOWN_FIELD', {
      word,
      kind: 'field',
      where: `model "${model.name}"`,
      candidates: known,
      path: `${path}.${option}`,
    })
  const select = names('select')
  const omit = names('omit')
  const reveal = names('reveal') ?? []
  if (select !== null && omit !== null) {
    return fail('KIN_INVALID_QUERY', { path, message: 'select and omit exclude each other.' })
  }
  const hidden = (select ?? []).filter((name) => model.hidden.has(name) && !reveal.includes(name))
  if (hidden.length > 0) {
    return fail('KIN_INVALID_QUERY', { path, message: `Hidden, to be revealed: ${hidden.join(', ')}.` })
  }
  const shown =
    select?.filter((name) => own.includes(name)) ??
    own.filter((name) => !model.hidden.has(name) && !omit?.includes(name))
  return [...new Set([...shown, ...reveal])]
}

/** Refuses options that the place does not take. */
export function checkOptions(query: Query, allowed: readonly string[], path: string): void {
  for (const word of Object.keys(query)) {
    if (query[word] === undefined || allowed.includes(word)) continue
    unknownName('KIN_UNKNOWN_OPTION', { word, kind: 'option', where: path, candidates: allowed, path })
  }
}
