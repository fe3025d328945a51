import type { Resource } from '../resource.js'
import { type Parameter, refuseParameter, refuseUnknown, several } from './parameter.js'

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
