import { type Declaration, declarationOf, type Shape } from './declaration.js'
import type { Path } from './graph.js'

/** A member of a shape, at any depth. */
export interface Member {
  readonly path: Path
  /** what the user put there; null where it is no builder */
  readonly declaration: Declaration | null
  /** inside an object or an array */
  readonly embedded: boolean
  /** an array is crossed on the way, or the member is an array's element */
  readonly inArray: boolean
  /** an array's element itself: it has its array's path */
  readonly element: boolean
  /** an array directly inside an array is crossed on the way */
  readonly nestedArrays: boolean
}

/** Every member of a shape, outer ones before inner ones. */
export function* walkShape(shape: Shape, within: Path = []): Generator<Member> {
  for (const [name, value] of Object.entries(shape)) {
    yield* walkMember(value, {
      path: [...within, name],
      embedded: within.length > 0,
      inArray: false,
      element: false,
      nestedArrays: false,
    })
  }
}

function* walkMember(value: unknown, place: Omit<Member, 'declaration'>): Generator<Member> {
  const declaration = declarationOf(value)
  yield { ...place, declaration }
  if (declaration?.kind === 'object') {
    for (const [name, member] of Object.entries(declaration.shape)) {
      yield* walkMember(member, { ...place, path: [...place.path, name], embedded: true, element: false })
    }
  }
  if (declaration?.kind === 'array') {
    const nestedArrays = place.nestedArrays || place.element
    yield* walkMember(declaration.item, {
      ...place,
      embedded: true,
      inArray: true,
      element: true,
      nestedArrays,
    })
  }
}
