import type { GraphDescription, Id } from '../oracle/index.js'

/** Ids that no record has yet, ascending, of each model's kind. */
export function newIdMaker(description: GraphDescription): (model: string) => Id {
  let made = 0
  return (model) => {
    made++
    const hex = made.toString(16).padStart(32, '0')
    switch (description.models[model]?.id ?? 'objectId') {
      case 'integer':
        return made
      case 'string':
        return `s${made}`
      case 'uuid':
        return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      case 'objectId':
        return hex.slice(8)
    }
  }
}
