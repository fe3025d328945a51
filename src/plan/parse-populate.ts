import { unknownName } from '../errors/index.js'
import type { Edge, Model } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import type { DraftChild } from './draft.js'
import { type PopulateGuide, populateGuide } from './guide.js'
import { refuseShape } from './refuse.js'

/** What a populate tree asks for. */
export interface Populated {
  readonly children: readonly DraftChild[]
  /** the names asked for, embedded ones with the members on the way */
  readonly names: ReadonlyMap<string, PopulateGuide>
}

export const nothingPopulated: Populated = { children: [], names: new Map() }

/** @param parseChild parses what is asked of one end: `true` or a query */
export function parsePopulate(
  tree: unknown,
  model: Model,
  path: string,
  parseChild: (edge: Edge, value: unknown, path: string) => DraftChild,
): Populated {
  const children: DraftChild[] = []
  const walk = (
    inner: unknown,
    guide: PopulateGuide,
    where: string,
    at: string,
  ): Map<string, PopulateGuide> => {
    if (!isPlainObject(inner)) return refuseShape(at, 'an object of ends to load', inner)
    const names = new Map<string, PopulateGuide>()
    for (const [name, value] of Object.entries(inner)) {
      if (value === undefined) continue
      const place = `${at}.${name}`
      const member = guide.members.get(name) ?? unknownEnd(name, where, guide, place)
      if (member.edge) {
        children.push(parseChild(member.edge, value, place))
        names.set(name, member)
      } else {
        names.set(name, { edge: null, members: walk(value, member, `"${name}"`, place) })
      }
    }
    return names
  }
  const names = walk(tree, populateGuide(model), `model "${model.name}"`, path)
  return { children, names }
}

function unknownEnd(word: string, where: string, guide: PopulateGuide, path: string): never {
  const candidates = guide.members.keys()
  return unknownName('KIN_UNKNOWN_ASSOCIATION', { word, kind: 'association', where, candidates, path })
}
