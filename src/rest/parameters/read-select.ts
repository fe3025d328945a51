import type { Resource } from '../resource.js'
import type { Query } from '../served-db.js'
import { integer, type Parameter, refuseParameter, refuseUnknown, several } from './parameter.js'
import type { ReadContext } from './read-context.js'

/** The fields to show; the id always is, because every other address needs it. */
export function readSelect(parameter: Parameter, { name, fields, ends }: Resource): string[] {
  const words = several(parameter, 200)
  for (const word of words) {
    if (fields.has(word)) continue
    if (ends.has(word))
      refuseParameter(parameter.name, `"${word}" is an association.`, `Ask for it with $embed=${word}.`)
    refuseUnknown(parameter.name, {
      code: 'KIN_UNKNOWN_FIELD',
      word,
      kind: 'field',
      where: `model "${name}"`,
      candidates: fields.keys(),
    })
  }
  return [...new Set(['id', ...words])]
}

/** The to-many ends whose targets are counted. */
export function readCount(parameter: Parameter, { name, ends }: Resource): string[] {
  const counted = [...ends.values()].filter((end) => end.edge.many).map((end) => end.name)
  return several(parameter, 50).map((word) => {
    if (counted.includes(word)) return word
    return refuseUnknown(parameter.name, {
      code: 'KIN_UNKNOWN_ASSOCIATION',
      word,
      kind: 'to-many association',
      where: `model "${name}"`,
      candidates: counted,
    })
  })
}

/** The numbers of these ends' targets, as the engine is asked for them. */
export function countTree(names: readonly string[], { ends }: Resource, context: ReadContext): Query {
  for (const name of names) {
    const end = ends.get(name)
    if (end) context.touch(end.target, 'list')
  }
  return Object.fromEntries(names.map((name) => [name, true]))
}

/** @throws RequestFault where it is beyond the most */
export function readLimit(parameter: Parameter, most: number): number {
  const limit = integer(parameter, 1)
  return limit <= most
    ? limit
    : refuseParameter(parameter.name, `"${parameter.name}" may be ${most} at most.`)
}

const modes: readonly string[] = ['exclude', 'include', 'only']

/** Which soft-deleted records are seen. */
export function readDeleted(parameter: Parameter): string {
  const [word = ''] = several(parameter, 1)
  if (modes.includes(word)) return word
  return refuseUnknown(parameter.name, {
    code: 'KIN_UNKNOWN_OPTION',
    word,
    kind: 'value',
    where: `"${parameter.name}"`,
    candidates: modes,
  })
}
