import type { Field, Path } from '../../../schema/graph.js'
import { hasPayload, keyOf } from '../values.js'
import type { Expression } from './document.js'
import { fieldsInside } from './scope.js'

const orNone = (list: Expression): Expression => ({ $ifNull: [list, []] })

/** Ids as an expression: a list of them, or one. */
export interface Held {
  readonly ids: Expression
  readonly many: boolean
}

/** All ids at a path of names that crosses arrays or ends in a list, as one list in their order. */
export const heldIds = (fields: ReadonlyMap<string, Field>, path: Path, from: string, depth = 0): Held => {
  let inside: ReadonlyMap<string, Field> | null = fields
  let at = from
  for (const [index, name] of path.entries()) {
    const field: Field | undefined = inside?.get(name)
    if (field === undefined) break
    at = `${at}${at.endsWith('$') ? '' : '.'}${index === 0 && depth === 0 ? keyOf(field) : field.column}`
    const element = `e${depth}`
    if (field.kind === 'list') {
      const ids = hasPayload(field)
        ? { $map: { input: orNone(at), as: element, in: `$$${element}.id` } }
        : orNone(at)
      return { ids, many: true }
    }
    if (field.kind === 'array') return throughElements(field, path.slice(index + 1), at, depth)
    inside = field.fields
  }
  return { ids: at, many: false }
}

const throughElements = (array: Field, rest: Path, at: string, depth: number): Held => {
  const { item } = array
  if (item?.kind === 'array') {
    const inner = throughElements(item, rest, `$$e${depth}`, depth + 1)
    return { ids: joined(at, depth, inner.ids), many: true }
  }
  if (rest.length === 0) return { ids: orNone(at), many: true }
  const inner = heldIds(fieldsInside(array), rest, `$$e${depth}`, depth + 1)
  if (inner.many) return { ids: joined(at, depth, inner.ids), many: true }
  return { ids: { $map: { input: orNone(at), as: `e${depth}`, in: inner.ids } }, many: true }
}

const joined = (at: string, depth: number, inner: Expression): Expression => ({
  $reduce: {
    input: { $map: { input: orNone(at), as: `e${depth}`, in: inner } },
    initialValue: [],
    in: { $concatArrays: ['$$value', '$$this'] },
  },
})

/** The path by which a filter finds the ids that are held in a key, in a list, or inside embedded arrays. */
export const heldPath = (fields: ReadonlyMap<string, Field>, path: Path): string => {
  const keys: string[] = []
  let inside: ReadonlyMap<string, Field> | null = fields
  for (const name of path) {
    let field: Field | undefined = inside?.get(name)
    if (field === undefined) break
    keys.push(keys.length === 0 ? keyOf(field) : field.column)
    if (field.kind === 'list' && hasPayload(field)) keys.push('id')
    while (field.item !== null) field = field.item
    inside = field.fields
  }
  return keys.join('.')
}
